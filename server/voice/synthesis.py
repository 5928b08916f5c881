"""Speech from text, by espeak-ng; each sentence is kept as a file."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

ESPEAK = "espeak-ng"
VOICES = {"zh": "cmn", "en": "en-gb"}
WORDS_PER_MINUTE = {"zh": 150, "en": 140}
TIMEOUT_SECONDS = 10
MOST_BYTES = 200 * 2**20  # some thousand sentences


class VoiceUnavailable(RuntimeError):
    """No speech can be made here; the chime alone is heard."""


def voice_installed() -> bool:
    """Whether this machine can speak."""
    return shutil.which(ESPEAK) is not None


def speech_file(text: str, language: str, folder: Path) -> Path:
    """A WAV file in `folder` that says `text`; made now if it is not there.

    The folder keeps the sentences used last, up to MOST_BYTES. Raises VoiceUnavailable.
    """
    name = hashlib.sha256(f"{VOICES[language]}|{text}".encode()).hexdigest()[:32]
    wav = folder / f"{name}.wav"
    if _use(wav):
        return wav
    program = shutil.which(ESPEAK)
    if program is None:
        raise VoiceUnavailable(f"{ESPEAK} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    command = [program, "-v", VOICES[language], "-s", str(WORDS_PER_MINUTE[language])]
    unfinished = _unfinished_file(folder)
    try:
        subprocess.run(  # noqa: S603 - a fixed program; the text is one argument after `--`
            [*command, "-w", str(unfinished), "--", text],
            check=True,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
        )
        unfinished.replace(wav)
    except (OSError, subprocess.SubprocessError) as error:
        unfinished.unlink(missing_ok=True)
        raise VoiceUnavailable(f"{ESPEAK} did not speak: {error}") from error
    _make_room(folder)
    return wav


def _use(wav: Path) -> bool:
    """Whether the file is there; it is then the one used last."""
    try:
        os.utime(wav)
    except FileNotFoundError:
        return False
    return True


def _unfinished_file(folder: Path) -> Path:
    """A file of our own: two screens may want the same sentence at the same time."""
    handle, name = tempfile.mkstemp(".wav", "unfinished-", folder)
    os.close(handle)
    return Path(name)


def _make_room(folder: Path) -> None:
    """Delete what was not used for longest, until the folder is small enough."""
    total = 0
    for _used_at, size, file in sorted(_files(folder), reverse=True):
        total += size
        if total > MOST_BYTES:
            file.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """When each file was used last and its size; one that goes while we look is passed over."""
    for file in folder.glob("*.wav"):
        with suppress(FileNotFoundError):
            found = file.stat()
            yield found.st_mtime_ns, found.st_size, file

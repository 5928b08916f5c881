"""Speech from text, by espeak-ng; each sentence is synthesised once and kept as a file."""

import hashlib
import shutil
import subprocess
from pathlib import Path

ESPEAK = "espeak-ng"
VOICES = {"zh": "cmn", "en": "en-gb"}
WORDS_PER_MINUTE = {"zh": 150, "en": 140}
TIMEOUT_SECONDS = 10


class VoiceUnavailable(RuntimeError):
    """No speech can be made here; the chime alone is heard."""


def voice_installed() -> bool:
    """Whether this machine can speak."""
    return shutil.which(ESPEAK) is not None


def speech_file(text: str, language: str, folder: Path) -> Path:
    """A WAV file in `folder` that says `text`; made now if it was not made before.

    Raises VoiceUnavailable.
    """
    name = hashlib.sha256(f"{VOICES[language]}|{text}".encode()).hexdigest()[:32]
    wav = folder / f"{name}.wav"
    if wav.exists():
        return wav
    program = shutil.which(ESPEAK)
    if program is None:
        raise VoiceUnavailable(f"{ESPEAK} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = wav.with_suffix(".part")
    command = [program, "-v", VOICES[language], "-s", str(WORDS_PER_MINUTE[language])]
    try:
        subprocess.run(  # noqa: S603 - a fixed program; the text is one argument after `--`
            [*command, "-w", str(unfinished), "--", text],
            check=True,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceUnavailable(f"{ESPEAK} did not speak: {error}") from error
    unfinished.replace(wav)
    return wav

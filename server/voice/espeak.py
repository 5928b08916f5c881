"""Speech by espeak-ng: clear and like a machine's; speaks wherever the natural voice does not."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ESPEAK = "espeak-ng"
# The other Mandarin voice reads many characters (请, 号) as English letters.
VOICES = {"zh": "cmn-latn-pinyin", "en": "en-gb"}
WORDS_PER_MINUTE = {"zh": 150, "en": 140}
TIMEOUT_SECONDS = 10


class VoiceUnavailable(RuntimeError):
    """No speech can be made here; the chime alone is heard."""


def espeak_installed() -> bool:
    """Whether the program is on this machine."""
    return shutil.which(ESPEAK) is not None


def espeak(text: str, language: str, speed: float) -> bytes:
    """A WAV file that says `text`; `speed` 1 is the usual one. Raises VoiceUnavailable."""
    pace = str(round(WORDS_PER_MINUTE[language] * speed))
    with TemporaryDirectory(prefix="hallkeeper-voice-") as folder:
        wav = Path(folder) / "speech.wav"
        _run(["-v", VOICES[language], "-s", pace, "-w", str(wav), "--", text])
        return wav.read_bytes()


def ipa(text: str) -> str:
    """American English in IPA, by which the natural voice speaks it. Raises VoiceUnavailable."""
    return _run(["-q", "--ipa", "-v", "en-us", "--", text]).decode()


def _run(arguments: Sequence[str]) -> bytes:
    program = shutil.which(ESPEAK)
    if program is None:
        raise VoiceUnavailable(f"{ESPEAK} is not installed")
    try:
        return subprocess.run(  # noqa: S603 - a fixed program; the text is one argument after `--`
            [program, *arguments], check=True, capture_output=True, timeout=TIMEOUT_SECONDS
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise VoiceUnavailable(f"{ESPEAK} did not speak: {error}") from error

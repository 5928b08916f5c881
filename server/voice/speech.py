"""The hall's speech: natural where it can be had in time, else by espeak-ng; kept for next time."""

import hashlib
import logging
import re
import time
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from server.voice.clips import Clips
from server.voice.espeak import VoiceUnavailable, espeak, espeak_installed
from server.voice.natural import NaturalVoice, Utterance
from server.voice.wav import joined

log = logging.getLogger(__name__)

# A call is spoken by the other voice rather than later than this; the screens show it at once.
LATE_SECONDS = 2.0
AHEAD_SECONDS = 60.0
PAUSE_SECONDS = 0.18
MACHINE = "espeak"
"""The voice that is espeak-ng."""

# Parts of a sentence, each with the stop that it ends with: the parts of calls come again.
_PARTS = re.compile(r"[^，,；;。.！!？?]+[，,；;。.！!？?]*")


@dataclass(frozen=True, slots=True)
class Manner:
    """Which voice speaks and how fast; `speed` 1 is its own."""

    voice: str = MACHINE
    speed: float = 1.0


def parts_of(sentence: str) -> list[str]:
    """A sentence cut at its stops; whoever speaks pauses there anyway."""
    return [part.strip() for part in _PARTS.findall(sentence)]


class Speech:
    """Says sentences; `natural` is None where the optional packages are not installed."""

    def __init__(self, folder: Path, natural: NaturalVoice | None) -> None:
        self._clips = Clips(folder)
        self.natural = natural

    @property
    def possible(self) -> bool:
        """Whether this machine can speak at all."""
        return self.natural is not None or espeak_installed()

    def say(
        self, sentence: str, language: str, manner: Manner, late: float = LATE_SECONDS
    ) -> bytes:
        """A WAV file of a sentence, within `late` seconds and what espeak-ng takes.

        Raises VoiceUnavailable.
        """
        if manner.voice != MACHINE and self.natural is not None:
            sound = self._natural(self.natural, sentence, language, manner, late)
            if sound is not None:
                return sound
        return self._machine(sentence, language, manner.speed)

    def prepare(self, sentences: Iterable[str], language: str, manner: Manner) -> Iterator[str]:
        """Make what is not there yet of these sentences; yields each part that was made."""
        if manner.voice == MACHINE or self.natural is None:
            return
        for part in dict.fromkeys(part for one in sentences for part in parts_of(one)):
            utterance = Utterance(part, language, manner.voice, manner.speed)
            if self._clips.has(_name(utterance)):
                continue
            job = self.natural.ask(utterance, urgent=False)
            if not job.done.wait(AHEAD_SECONDS) or job.sound is None:
                return
            self._clips.put(_name(utterance), job.sound)
            yield part

    def close(self) -> None:
        """End what speaks."""
        if self.natural is not None:
            self.natural.close()

    def _natural(
        self, natural: NaturalVoice, sentence: str, language: str, manner: Manner, late: float
    ) -> bytes | None:
        """Its parts, joined; None when one is not there in time."""
        until = time.monotonic() + late
        utterances = [
            Utterance(part, language, manner.voice, manner.speed) for part in parts_of(sentence)
        ]
        kept = {one: self._clips.get(_name(one)) for one in utterances}
        jobs = {one: natural.ask(one, urgent=True) for one, sound in kept.items() if sound is None}
        for one, job in jobs.items():
            job.done.wait(max(0.0, until - time.monotonic()))
            if job.sound is None:
                log.warning("the natural voice is late or fails", extra={"why": natural.trouble})
                return None
            self._clips.put(_name(one), job.sound)
            kept[one] = job.sound
        try:
            return joined([kept[one] or b"" for one in utterances], PAUSE_SECONDS)
        except (wave.Error, EOFError, ValueError):
            log.exception("a natural sentence cannot be joined")
            return None

    def _machine(self, sentence: str, language: str, speed: float) -> bytes:
        name = _name(Utterance(sentence, language, MACHINE, speed))
        sound = self._clips.get(name)
        if sound is None:
            sound = espeak(sentence, language, speed)
            self._clips.put(name, sound)
        return sound


def _name(utterance: Utterance) -> str:
    """Names a clip by all that it depends on."""
    described = f"{utterance.voice}|{utterance.language}|{utterance.speed:g}|{utterance.text}"
    return hashlib.sha256(described.encode()).hexdigest()[:32]


__all__ = ["MACHINE", "Manner", "Speech", "VoiceUnavailable", "parts_of"]

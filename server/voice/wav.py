"""Recorded sound in memory: mono, 16 bits a sample, in a WAV file."""

import io
import wave
from array import array
from collections.abc import Sequence
from itertools import pairwise

SAMPLE_BYTES = 2
FADE_SECONDS = 0.02


def wav_of(samples: bytes, rate: int) -> bytes:
    """A WAV file of samples, `rate` a second."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(SAMPLE_BYTES)
        sound.setframerate(rate)
        sound.writeframes(samples)
    return file.getvalue()


def joined(clips: Sequence[bytes], pause_seconds: float) -> bytes:
    """One WAV file of several, with a pause between; each end is faded so that nothing clicks.

    Raises wave.Error and EOFError for what is no WAV file, ValueError where the rates differ.
    """
    if len(clips) == 1:
        return clips[0]
    sounds = [_samples(clip) for clip in clips]
    rate = sounds[0][1]
    if any(other != rate for _, other in sounds):
        raise ValueError("clips of different rates cannot be joined")
    pause = bytes(round(pause_seconds * rate) * SAMPLE_BYTES)
    whole = bytearray(_faded(sounds[0][0], rate))
    for _, (samples, _rate) in pairwise(sounds):
        whole += pause + _faded(samples, rate)
    return wav_of(bytes(whole), rate)


def _samples(clip: bytes) -> "tuple[array[int], int]":
    with wave.open(io.BytesIO(clip)) as sound:
        return array("h", sound.readframes(sound.getnframes())), sound.getframerate()


def _faded(samples: "array[int]", rate: int) -> bytes:
    length = min(round(FADE_SECONDS * rate), len(samples) // 2)
    for index in range(length):
        samples[index] = samples[index] * index // length
        samples[-1 - index] = samples[-1 - index] * index // length
    return samples.tobytes()

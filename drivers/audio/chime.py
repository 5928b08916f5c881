"""The two notes that come before a call."""

import math
import wave
from array import array
from functools import cache
from io import BytesIO

RATE = 22050
NOTES_HZ = (784.0, 587.3)  # G5, D5: a falling fourth, as in waiting rooms everywhere
NOTE_SECONDS = 0.45
DECAY = 5.0
LOUDNESS = 0.6
FULL_SCALE = 32767


@cache
def chime_wav() -> bytes:
    """A WAV file of the chime: 16 bits, one channel."""
    samples = array("h", [_sample(index) for index in range(int(RATE * NOTE_SECONDS * 2))])
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def _sample(index: int) -> int:
    """Each note swings out while the next one begins."""
    at = index / RATE
    sound = 0.0
    for number, hertz in enumerate(NOTES_HZ):
        since = at - number * NOTE_SECONDS
        if since >= 0:
            swing = math.sin(2 * math.pi * hertz * since)
            sound += swing * math.exp(-DECAY * since)
    return int(max(-1.0, min(1.0, sound * LOUDNESS)) * FULL_SCALE)

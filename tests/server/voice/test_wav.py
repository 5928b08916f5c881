import wave
from array import array
from io import BytesIO
from itertools import pairwise

import pytest

from server.voice.wav import joined, wav_of

RATE = 1000
LOUD = array("h", [10_000] * RATE).tobytes()


def samples(sound: bytes) -> "array[int]":
    with wave.open(BytesIO(sound)) as file:
        return array("h", file.readframes(file.getnframes()))


def test_clips_are_joined_with_a_pause() -> None:
    whole = samples(joined([wav_of(LOUD, RATE), wav_of(LOUD, RATE)], 0.1))
    assert len(whole) == 2 * RATE + 100
    assert set(whole[RATE : RATE + 100]) == {0}


def test_no_joint_clicks() -> None:
    whole = samples(joined([wav_of(LOUD, RATE), wav_of(LOUD, RATE)], 0.0))
    steps = [abs(after - before) for before, after in pairwise(whole)]
    assert max(steps) <= 10_000 / 20
    assert max(whole) == 10_000


def test_one_clip_stays_as_it_is() -> None:
    clip = wav_of(LOUD, RATE)
    assert joined([clip], 0.1) is clip


def test_different_rates_are_refused() -> None:
    with pytest.raises(ValueError, match="rates"):
        joined([wav_of(LOUD, RATE), wav_of(LOUD, 2 * RATE)], 0.1)

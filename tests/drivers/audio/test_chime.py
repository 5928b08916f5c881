"""The chime is a sound that one hears."""

import wave
from array import array
from io import BytesIO
from itertools import pairwise

from drivers.audio.chime import NOTE_SECONDS, RATE, chime_wav


def samples() -> "array[int]":
    with wave.open(BytesIO(chime_wav())) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        return array("h", file.readframes(file.getnframes()))


def test_it_lasts_for_two_notes() -> None:
    assert len(samples()) == int(2 * NOTE_SECONDS * RATE)


def test_it_is_loud_at_first_and_fades_without_clipping() -> None:
    sound = samples()
    begin, end = sound[: RATE // 20], sound[-RATE // 20 :]
    assert max(map(abs, begin)) > 15_000
    assert max(map(abs, end)) < max(map(abs, begin)) / 3
    assert max(map(abs, sound)) < 32_767


def test_the_second_note_is_lower() -> None:
    sound = samples()
    half = len(sound) // 2

    def crossings(part: "array[int]") -> int:
        return sum((a < 0) != (b < 0) for a, b in pairwise(part))

    assert crossings(sound[half:]) < crossings(sound[:half])

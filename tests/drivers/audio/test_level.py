import wave
from array import array
from io import BytesIO

import pytest

from drivers.audio.chime import chime_wav
from drivers.audio.level import at_volume


def peak(wav: bytes) -> int:
    with wave.open(BytesIO(wav)) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
    return int(max(samples))


@pytest.mark.parametrize("percent", [0, 10, 50, 99])
def test_a_sound_is_as_loud_as_is_asked_for(percent: int) -> None:
    assert peak(at_volume(chime_wav(), percent)) == peak(chime_wav()) * percent // 100


def test_at_full_volume_it_stays_as_it_is() -> None:
    assert at_volume(chime_wav(), 100) == chime_wav()

"""Makes a sound softer."""

import wave
from array import array
from io import BytesIO

FULL = 100


def at_volume(wav: bytes, percent: int) -> bytes:
    """A WAV file of 16 bits a sample at so many per cent of its loudness."""
    if percent >= FULL:
        return wav
    with wave.open(BytesIO(wav)) as sound:
        parameters = sound.getparams()
        samples = array("h", sound.readframes(sound.getnframes()))
    softer = array("h", (sample * percent // FULL for sample in samples))
    file = BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams(parameters)
        out.writeframes(softer.tobytes())
    return file.getvalue()

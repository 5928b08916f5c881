"""The real natural voice, where its optional packages are installed; said loudly where not."""

import wave
from array import array
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from math import sqrt
from pathlib import Path

import pytest

from server.voice.natural import NaturalVoice, Utterance, natural_installed
from server.voice.settings import EnglishVoice, MandarinVoice
from server.voice.speech import MACHINE, Manner, Speech
from tests.builders.fixtures import speech
from tests.services.programs import ABSENT

__all__ = ["speech"]

CALL = "请 A 0 1 2 号，到 3 号窗口"
ENGLISH = "Number A-0 1 2, please go to counter 3"
PATIENCE = 60.0
VOICES = [("zh", one.value, CALL) for one in MandarinVoice if one.value != MACHINE]
VOICES += [("en", one.value, ENGLISH) for one in EnglishVoice if one.value != MACHINE]

pytestmark = pytest.mark.usefixtures("speech", "packages")


@pytest.fixture
def packages(pytestconfig: pytest.Config) -> None:
    if not natural_installed():
        pytestconfig.stash.setdefault(ABSENT, set()).add("hallkeeper[voice]")
        pytest.skip("the natural voice is not installed: python3 bootstrap.py install --voice")


@pytest.fixture(scope="module")
def natural() -> Iterator[NaturalVoice]:
    with closing(NaturalVoice()) as voice:
        yield voice


def samples(sound: bytes) -> "tuple[array[int], int]":
    with wave.open(BytesIO(sound)) as file:
        return array("h", file.readframes(file.getnframes())), file.getframerate()


def loudness(part: "array[int]") -> float:
    return sqrt(sum(sample * sample for sample in part) / len(part)) / 2**15


@pytest.mark.parametrize(("language", "voice", "sentence"), VOICES)
def test_each_voice_speaks_a_call_whole_evenly_and_without_silence_at_its_ends(
    natural: NaturalVoice, tmp_path: Path, language: str, voice: str, sentence: str
) -> None:
    sound, rate = samples(
        Speech(tmp_path, natural).say(sentence, language, Manner(voice), PATIENCE)
    )
    assert rate == 24_000, "espeak-ng spoke instead"
    assert 1.5 < len(sound) / rate < 6
    assert max(map(abs, sound)) < 0.95 * 2**15
    assert 0.06 < loudness(sound) < 0.15
    edge = rate // 10
    assert min(loudness(sound[:edge]), loudness(sound[-edge:])) > 0.001


def test_a_slower_voice_takes_longer(natural: NaturalVoice) -> None:
    paces = [
        natural.ask(Utterance("到 3 号窗口", "zh", "zf_xiaoxiao", speed), urgent=True)
        for speed in (0.7, 1.3)
    ]
    assert all(job.done.wait(PATIENCE) for job in paces)
    slow, fast = (len(job.sound or b"") for job in paces)
    assert slow > 1.3 * fast > 0


def test_damaged_packages_are_told_of_and_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from server.voice import model  # noqa: PLC0415 - needs the optional packages

    real = model.package_folder

    def cut(name: str) -> Path:
        if not name.endswith("_4"):
            return real(name)
        (tmp_path / "part.bin").write_bytes((real(name) / "part.bin").read_bytes()[:-1])
        return tmp_path

    monkeypatch.setattr(model, "package_folder", cut)
    with pytest.raises(model.ModelBroken, match="damaged"):
        model.Model()

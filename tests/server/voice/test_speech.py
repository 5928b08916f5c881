"""A sentence is always spoken: naturally in time, or by espeak-ng."""

import time
import wave
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest

from server.voice.espeak import VoiceUnavailable, espeak
from server.voice.natural import NaturalVoice
from server.voice.speech import Manner, Speech, parts_of
from tests.builders.fixtures import speech
from tests.server.voice import engines

__all__ = ["speech"]

pytestmark = pytest.mark.usefixtures("speech")

CALL = "请 A 0 1 2 号，到 3 号窗口"
NATURAL = Manner("zf_xiaoxiao")


@pytest.fixture
def opened() -> Iterator[list[Speech]]:
    made: list[Speech] = []
    yield made
    for one in made:
        one.close()


def speech_by(
    opened: list[Speech], command: Sequence[str], folder: Path, hangs_after: float = 5.0
) -> Speech:
    opened.append(Speech(folder, NaturalVoice(command, hangs_after=hangs_after)))
    return opened[-1]


def seconds(sound: bytes) -> float:
    with wave.open(BytesIO(sound)) as file:
        return float(file.getnframes() / file.getframerate())


def by_machine(sentence: str) -> bytes:
    return espeak(sentence, "zh", 1.0)


def test_a_sentence_is_cut_at_its_stops() -> None:
    assert parts_of(CALL) == ["请 A 0 1 2 号，", "到 3 号窗口"]
    assert parts_of("您好") == ["您好"]


def test_the_parts_of_a_call_are_joined(opened: list[Speech], tmp_path: Path) -> None:
    said = speech_by(opened, engines.SPEAKS, tmp_path).say(CALL, "zh", NATURAL, 20)
    assert seconds(said) == pytest.approx(2 * 0.5 + 0.18, abs=0.01)


def test_what_was_made_ahead_needs_no_engine(opened: list[Speech], tmp_path: Path) -> None:
    ahead = speech_by(opened, engines.SPEAKS, tmp_path)
    calls = ["请 A 0 1 2 号，到 1 号窗口", "请 A 0 1 3 号，到 3 号窗口"]
    assert len(list(ahead.prepare(calls, "zh", NATURAL))) == 4
    assert list(ahead.prepare([CALL], "zh", NATURAL)) == []
    later = speech_by(opened, engines.IS_NOT_THERE, tmp_path)
    assert seconds(later.say(CALL, "zh", NATURAL)) == pytest.approx(1.18, abs=0.01)


@pytest.mark.parametrize(
    "command",
    [engines.HANGS, engines.FAILS, engines.DIES, engines.BABBLES, engines.CANNOT_START],
    ids=["hangs", "fails", "dies in mid-sentence", "babbles", "cannot start"],
)
def test_where_the_natural_voice_goes_wrong_the_call_is_spoken_all_the_same(
    opened: list[Speech], tmp_path: Path, command: Sequence[str]
) -> None:
    said = speech_by(opened, command, tmp_path, 1.0).say(CALL, "zh", NATURAL)
    assert said == by_machine(CALL)


def test_nobody_waits_for_a_voice_that_hangs(opened: list[Speech], tmp_path: Path) -> None:
    hanging = speech_by(opened, engines.HANGS, tmp_path, 60.0)
    hanging.say("您好", "zh", Manner())
    started = time.monotonic()
    assert hanging.say("您好", "zh", NATURAL, 0.3) == by_machine("您好")
    assert time.monotonic() - started < 2


def test_a_damaged_clip_is_made_again(opened: list[Speech], tmp_path: Path) -> None:
    voice = speech_by(opened, engines.SPEAKS, tmp_path)
    first = voice.say(CALL, "zh", NATURAL, 20)
    for clip in tmp_path.glob("*.clip"):
        clip.write_bytes(clip.read_bytes()[:-100])
    assert voice.say(CALL, "zh", NATURAL, 20) == first


def test_without_room_on_the_disk_the_call_is_spoken(opened: list[Speech], tmp_path: Path) -> None:
    blocked = tmp_path / "voice"
    blocked.touch()
    voice = speech_by(opened, engines.SPEAKS, blocked)
    assert seconds(voice.say(CALL, "zh", NATURAL, 20)) == pytest.approx(1.18, abs=0.01)
    assert voice.say(CALL, "zh", Manner()) == by_machine(CALL)


def test_without_the_optional_packages_the_machine_speaks(tmp_path: Path) -> None:
    assert Speech(tmp_path, None).say(CALL, "zh", NATURAL) == by_machine(CALL)


def test_a_sentence_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Speech(tmp_path, None)
    first = voice.say(CALL, "zh", NATURAL)
    monkeypatch.setenv("PATH", "")
    assert voice.say(CALL, "zh", NATURAL) == first
    assert not voice.possible
    with pytest.raises(VoiceUnavailable):
        voice.say("另一句", "zh", NATURAL)

"""The real espeak-ng speaks."""

import os
import wave
from pathlib import Path

import pytest

from server.voice import synthesis
from server.voice.synthesis import VoiceUnavailable, speech_file
from tests.builders.crowd import together
from tests.builders.fixtures import speech

__all__ = ["speech"]

pytestmark = pytest.mark.usefixtures("speech")


def seconds(wav: Path) -> float:
    with wave.open(str(wav)) as sound:
        return float(sound.getnframes() / sound.getframerate())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh", "请 A 0 1 2 号，到 3 号窗口"), ("en", "Number A 0 1 2, please go to counter 3")],
)
def test_a_call_is_spoken_in_a_few_seconds(tmp_path: Path, language: str, sentence: str) -> None:
    assert 1 < seconds(speech_file(sentence, language, tmp_path)) < 10


def test_a_sentence_is_synthesised_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = speech_file("您好", "zh", tmp_path)
    monkeypatch.setenv("PATH", "")
    assert speech_file("您好", "zh", tmp_path) == first


def test_two_screens_that_want_a_sentence_at_once_get_it_whole(tmp_path: Path) -> None:
    sentence = "请 A 0 1 2 号，到 3 号窗口"
    alone = speech_file(sentence, "zh", tmp_path / "alone")
    both = together(2, lambda _number: speech_file(sentence, "zh", tmp_path / "both"))
    assert [wav.read_bytes() for wav in both] == [alone.read_bytes()] * 2


def test_what_was_not_used_for_longest_makes_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, used = (speech_file(text, "zh", tmp_path) for text in ("您好", "再见"))
    for age, wav in enumerate([used, old]):
        os.utime(wav, (age, age))
    speech_file("再见", "zh", tmp_path)
    monkeypatch.setattr(synthesis, "MOST_BYTES", 2 * used.stat().st_size)
    new = speech_file("请坐", "zh", tmp_path)
    assert {*tmp_path.iterdir()} == {used, new}


def test_each_language_has_a_voice_of_its_own(tmp_path: Path) -> None:
    assert speech_file("3", "zh", tmp_path) != speech_file("3", "en", tmp_path)


def test_a_text_that_looks_like_an_option_is_spoken(tmp_path: Path) -> None:
    assert seconds(speech_file("--help", "en", tmp_path)) > 0


def test_where_nothing_can_speak_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VoiceUnavailable, match="not installed"):
        speech_file("您好", "zh", tmp_path)


@pytest.mark.parametrize("script", ["exit 1", "exec sleep 60"], ids=["fails", "hangs"])
def test_a_voice_that_breaks_leaves_no_half_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setenv("PATH", f"{broken_voice(tmp_path, script)}:/bin:/usr/bin")
    monkeypatch.setattr(synthesis, "TIMEOUT_SECONDS", 0.2)
    with pytest.raises(VoiceUnavailable, match="did not speak"):
        speech_file("您好", "zh", tmp_path / "voice")
    assert list((tmp_path / "voice").glob("*.wav")) == []


def broken_voice(folder: Path, script: str) -> Path:
    """A folder with an espeak-ng that does this instead of speaking."""
    program = folder / "bin" / synthesis.ESPEAK
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho noise > "$6"\n{script}\n', encoding="ascii")
    program.chmod(0o755)
    return program.parent

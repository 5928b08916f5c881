"""The real espeak-ng speaks."""

import wave
from io import BytesIO
from pathlib import Path

import pytest

from server.voice import espeak as module
from server.voice.espeak import VoiceUnavailable, espeak, ipa
from tests.builders.fixtures import speech

__all__ = ["speech"]

pytestmark = pytest.mark.usefixtures("speech")


def seconds(sound: bytes) -> float:
    with wave.open(BytesIO(sound)) as file:
        return float(file.getnframes() / file.getframerate())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh", "请 A 0 1 2 号，到 3 号窗口"), ("en", "Number A-0 1 2, please go to counter 3")],
)
def test_a_call_is_spoken_in_a_few_seconds(language: str, sentence: str) -> None:
    assert 1 < seconds(espeak(sentence, language, 1.0)) < 10


def test_characters_are_spoken_in_mandarin_and_not_spelled_in_english() -> None:
    """The sounds of 请 and 号, not of the letters of their pinyin."""
    said = module._run(["-q", "--ipa", "-v", module.VOICES["zh"], "--", "请 A 0 幺 2 号"]).decode()
    assert "(en)" not in said
    assert said.split()[0].startswith("tɕh")
    assert said.split()[3].startswith("jˈɑu")


def test_a_slower_voice_takes_longer() -> None:
    assert seconds(espeak("请坐", "zh", 0.7)) > seconds(espeak("请坐", "zh", 1.3))


def test_each_language_has_a_voice_of_its_own() -> None:
    assert espeak("3", "zh", 1.0) != espeak("3", "en", 1.0)


def test_a_text_that_looks_like_an_option_is_spoken() -> None:
    assert seconds(espeak("--help", "en", 1.0)) > 0


def test_english_is_put_into_sounds() -> None:
    assert "kˈaʊntɚ" in ipa("counter")


def test_where_nothing_can_speak_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(VoiceUnavailable, match="not installed"):
        espeak("您好", "zh", 1.0)


@pytest.mark.parametrize("script", ["exit 1", "exec sleep 60"], ids=["fails", "hangs"])
def test_a_voice_that_breaks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = tmp_path / module.ESPEAK
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.2)
    with pytest.raises(VoiceUnavailable, match="did not speak"):
        espeak("您好", "zh", 1.0)

"""What the kiosk says."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from server.voice import espeak
from server.voice.phrases import PROMPTS, prompt_sentence
from tests.builders.fixtures import speech
from tests.builders.site import Site, document

__all__ = ["speech"]

SCREENS = re.compile(r'this\.#show\("(\w+)"\)')
WITHOUT_A_SENTENCE = {"taking"}


@pytest.mark.usefixtures("speech")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_prompt_is_a_sound(site: Site, language: str) -> None:
    answer = site.device("kiosk").get(f"/api/kiosk/prompts/taken.wav?lang={language}")
    with closing(answer):
        assert (answer.status_code, answer.mimetype) == (200, "audio/wav")
        assert answer.data.startswith(b"RIFF")


def test_a_machine_without_a_voice_stays_quiet(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "ESPEAK", "no-such-program")
    answer = site.device("kiosk").get("/api/kiosk/prompts/taken.wav")
    assert (answer.status_code, document(answer)["code"]) == (404, "not-found")


def test_a_screen_that_is_not_there_says_nothing(site: Site) -> None:
    assert site.device("kiosk").get("/api/kiosk/prompts/other.wav").status_code == 404


def test_others_ask_for_nothing(site: Site) -> None:
    assert site.device("display").get("/api/kiosk/prompts/taken.wav").status_code == 403


def test_every_screen_has_its_sentence() -> None:
    shown = set(SCREENS.findall(Path("kiosk/static/kiosk.js").read_text(encoding="utf-8")))
    assert shown - WITHOUT_A_SENTENCE <= set(PROMPTS)


@pytest.mark.parametrize("screen", PROMPTS)
def test_each_is_said_in_english_too(screen: str) -> None:
    assert prompt_sentence(screen, "en").isascii()
    assert prompt_sentence(screen, "zh") == PROMPTS[screen]

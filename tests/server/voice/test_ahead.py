"""Calls are made before they come."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.database import Database
from server.voice.ahead import PARTS_A_ROUND, SpeechAhead
from server.voice.natural import NaturalVoice
from server.voice.phrases import PROMPTS, call_sentence, prompt_sentence
from server.voice.speech import Manner, Speech
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.server.voice import engines
from tests.server.voice.engines import SOUND

ENOUGH_ROUNDS = 40


@pytest.fixture
def hall(sqlite_url: str, clock: HandClock) -> Iterator[BuiltHall]:
    with closing(Database(sqlite_url)) as database:
        yield a_hall().with_queue("A").with_clerks(2).build(database, clock)


def look_until_done(ahead: SpeechAhead) -> list[int]:
    """How many parts each round made."""
    made = []
    for _ in range(ENOUGH_ROUNDS):
        made.append(ahead.look())
        if made[-1] == 0:
            return made
    raise AssertionError("it never ends")


def test_every_number_that_waits_is_ready_for_every_counter(
    hall: BuiltHall, tmp_path: Path
) -> None:
    labels = [hall.take("A").ticket.label for _ in range(2)]
    with closing(Speech(tmp_path, NaturalVoice(engines.SPEAKS))) as speech:
        made = look_until_done(SpeechAhead(hall.workplace, speech))
    assert max(made) == PARTS_A_ROUND

    with closing(Speech(tmp_path, NaturalVoice(engines.IS_NOT_THERE))) as later:
        calls = {
            later.say(call_sentence(label, counter, "zh"), "zh", Manner("zf_xiaoxiao"))
            for label in labels
            for counter in (1, 2)
        }
        assert len(calls) == 1  # joined of the two same clips each
        prompts = [prompt_sentence(screen, "zh") for screen in PROMPTS if screen == "services"]
        assert later.say(prompts[0], "zh", Manner("zf_xiaoxiao")) == SOUND


def test_while_nothing_changes_nothing_is_made(hall: BuiltHall, tmp_path: Path) -> None:
    with closing(Speech(tmp_path, NaturalVoice(engines.SPEAKS))) as speech:
        ahead = SpeechAhead(hall.workplace, speech)
        look_until_done(ahead)
        assert ahead.look() == 0


def test_without_the_optional_packages_nothing_is_made(hall: BuiltHall, tmp_path: Path) -> None:
    assert SpeechAhead(hall.workplace, Speech(tmp_path, None)).look() == 0
    assert list(tmp_path.glob("*.clip")) == []


def test_a_voice_that_fails_holds_nothing_up(hall: BuiltHall, tmp_path: Path) -> None:
    with closing(Speech(tmp_path, NaturalVoice(engines.FAILS))) as speech:
        assert SpeechAhead(hall.workplace, speech).look() == 0

"""The natural voice over real processes and pipes; the programs stand in for the model."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from server.voice.natural import NaturalVoice, Utterance
from tests.server.voice import engines
from tests.services.waiting import wait_until

HELLO = Utterance("您好", "zh", "zf_xiaoxiao", 1.0)
PATIENCE = 20

Make = Callable[..., NaturalVoice]


@pytest.fixture
def natural() -> Iterator[Make]:
    made: list[NaturalVoice] = []

    def make(command: Sequence[str], **options: float) -> NaturalVoice:
        made.append(NaturalVoice(command, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


def said(voice: NaturalVoice) -> bytes | None:
    job = voice.ask(HELLO, urgent=True)
    assert job.done.wait(PATIENCE)
    return job.sound


def test_it_speaks_again_and_again(natural: Make) -> None:
    voice = natural(engines.SPEAKS)
    assert [said(voice), said(voice)] == [engines.SOUND] * 2
    assert voice.trouble == ""


@pytest.mark.parametrize(
    "command",
    [
        engines.HANGS,
        engines.FAILS,
        engines.DIES,
        engines.BABBLES,
        engines.CANNOT_START,
        engines.IS_NOT_THERE,
    ],
    ids=["hangs", "fails", "dies in mid-sentence", "babbles", "cannot start", "is not there"],
)
def test_whatever_goes_wrong_whoever_waits_is_told(natural: Make, command: Sequence[str]) -> None:
    voice = natural(command, hangs_after=1.0)
    assert said(voice) is None
    assert voice.trouble


def test_after_a_failure_it_rests_and_answers_at_once(natural: Make) -> None:
    voice = natural(engines.CANNOT_START, first_rest=60.0)
    said(voice)
    started = time.monotonic()
    assert said(voice) is None
    assert time.monotonic() - started < 0.5


def test_after_its_rest_it_is_begun_anew(natural: Make, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt"
    spoilt.touch()
    program = engines.engine(f"os._exit(1) if os.path.exists({str(spoilt)!r}) else answer(sound)")
    voice = natural(program, first_rest=0.05)
    assert said(voice) is None
    spoilt.unlink()
    wait_until(lambda: said(voice) == engines.SOUND, "the voice")


def test_a_call_goes_before_what_is_made_ahead(natural: Make) -> None:
    voice = natural(engines.SLOW)
    ahead = [voice.ask(HELLO, urgent=False) for _ in range(3)]
    call = voice.ask(HELLO, urgent=True)
    assert call.done.wait(PATIENCE)
    assert not ahead[-1].done.is_set()


def test_in_a_silent_hall_the_process_ends(natural: Make) -> None:
    voice = natural(engines.SPEAKS, idle=0.2)
    said(voice)
    wait_until(lambda: voice.process_id is None, "the end of the process")
    assert said(voice) == engines.SOUND


def test_once_closed_it_says_nothing_and_nobody_waits() -> None:
    with closing(NaturalVoice(engines.SLOW)) as voice:
        waiting = [voice.ask(HELLO, urgent=False) for _ in range(3)]
    assert all(job.done.wait(PATIENCE) for job in waiting)
    assert said(voice) is None
    assert voice.process_id is None

"""A speaker's way through the log of calls."""

from datetime import timedelta

import pytest

from server.database import Database
from server.devices.models import DeviceKind
from server.queueing.speaking import next_to_speak
from server.queueing.undoing import undo
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

FRESH = timedelta(seconds=30)
AGENT, SPEAKER, OTHER = "本机代理", "东侧音箱", "西侧音箱"


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return (
        a_hall()
        .with_queue("A")
        .with_clerks(2)
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.SPEAKER, SPEAKER)
        .with_device(DeviceKind.SPEAKER, OTHER)
        .build(database, clock)
    )


@pytest.fixture
def clerks(hall: BuiltHall) -> tuple[ClerkAtCounter, ClerkAtCounter]:
    for _ in range(3):
        hall.take("A")
    return hall.clerk(1), hall.clerk(2)


def speak(hall: BuiltHall, speaker: str = SPEAKER) -> str | None:
    with hall.work(AGENT) as work:
        call = next_to_speak(work, hall.devices[speaker], FRESH)
        return call.label if call else None


def test_two_calls_in_a_moment_are_both_spoken_in_order(
    hall: BuiltHall, clerks: tuple[ClerkAtCounter, ClerkAtCounter]
) -> None:
    for clerk in clerks:
        clerk.next()
    assert [speak(hall), speak(hall), speak(hall)] == ["A001", "A002", None]


def test_each_speaker_speaks_each_call_once(
    hall: BuiltHall, clerks: tuple[ClerkAtCounter, ClerkAtCounter]
) -> None:
    clerks[0].next()
    assert [speak(hall, name) for name in (SPEAKER, OTHER, SPEAKER, OTHER)] == [
        "A001",
        "A001",
        None,
        None,
    ]


def test_a_call_that_is_half_a_minute_old_is_not_spoken(
    hall: BuiltHall, clerks: tuple[ClerkAtCounter, ClerkAtCounter], clock: HandClock
) -> None:
    clerks[0].next()
    clock.move(seconds=30)
    clerks[1].next()
    assert [speak(hall), speak(hall)] == ["A002", None]


def test_a_recall_is_spoken_again(
    hall: BuiltHall, clerks: tuple[ClerkAtCounter, ClerkAtCounter], clock: HandClock
) -> None:
    clerks[0].next()
    first = speak(hall)
    clock.move(seconds=20)
    clerks[0].recall()
    assert (first, speak(hall)) == ("A001", "A001")


def test_a_call_that_was_taken_back_is_not_spoken(
    hall: BuiltHall, clerks: tuple[ClerkAtCounter, ClerkAtCounter]
) -> None:
    clerk = clerks[0]
    clerk.next()
    version = clerk.version
    with hall.work("clerk1") as work:
        undo(work, clerk.counter_id, version)
    assert speak(hall) is None

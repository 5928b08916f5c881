from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from server.attendance.models import Punch
from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.ingest import Received, receive_punches
from server.attendance.terminals.log import take_in
from server.database import Database
from server.devices.models import DeviceKind
from server.events import EventRow
from server.problems import NotFound
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall

TOLERANCE = timedelta(minutes=10)

RECORD = RawPunch(
    pin="7",
    raw_time=842_576_310,
    terminal_time=datetime(2026, 9, 14, 7, 58, 30),  # noqa: DTZ001 - a terminal has no zone
    verify=1,
    state=0,
    occurrence=0,
    raw=b"\x01\x02\xff",
)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Two agents, each with a terminal."""
    return (
        a_hall()
        .with_device(DeviceKind.AGENT, "first agent")
        .with_device(DeviceKind.TERMINAL, "first terminal")
        .with_device(DeviceKind.AGENT, "second agent")
        .with_device(DeviceKind.TERMINAL, "second terminal")
        .build(database, clock)
    )


def hand_in(
    hall: BuiltHall, *punches: RawPunch, which: str = "first", source: str = "pull"
) -> Received:
    with hall.work(f"{which} agent") as work:
        return receive_punches(
            work, hall.devices[f"{which} terminal"], in_columns(punches), source, TOLERANCE
        )


def stored(hall: BuiltHall) -> list[Punch]:
    with hall.session() as session:
        return session.query(Punch).order_by(Punch.id).all()


def test_a_record_is_kept_as_it_was_with_what_it_means(hall: BuiltHall, clock: HandClock) -> None:
    hand_in(hall, RECORD)
    [punch] = stored(hall)
    assert (punch.pin, punch.raw_time, punch.raw, punch.source) == (
        "7",
        842_576_310,
        b"\x01\x02\xff",
        "pull",
    )
    assert punch.punched_at == datetime(2026, 9, 13, 23, 58, 30, tzinfo=UTC)
    assert (punch.business_date, punch.received_at) == (date(2026, 9, 14), clock())


@pytest.mark.parametrize("source", ["pull", "live"])
def test_the_same_record_by_another_way_is_known(hall: BuiltHall, source: str) -> None:
    hand_in(hall, RECORD, source="live")
    assert hand_in(hall, RECORD, source=source) == Received(stored=0, known=1)
    assert len(stored(hall)) == 1


@pytest.mark.parametrize(
    "other",
    [{"pin": "8"}, {"raw_time": 1}, {"verify": 0}, {"state": 1}, {"occurrence": 1}],
    ids=lambda change: next(iter(change)),
)
def test_a_record_that_differs_is_another_punch(hall: BuiltHall, other: dict[str, object]) -> None:
    assert hand_in(hall, RECORD, replace(RECORD, **other)) == Received(2, 0)  # type: ignore[arg-type]


def test_the_same_number_on_two_terminals_is_two_punches(hall: BuiltHall) -> None:
    hand_in(hall, RECORD)
    assert hand_in(hall, RECORD, which="second") == Received(1, 0)


def test_a_clock_without_real_time_is_kept_without_a_day(hall: BuiltHall) -> None:
    hand_in(hall, replace(RECORD, terminal_time=None))
    [punch] = stored(hall)
    assert (punch.punched_at, punch.business_date, punch.raw_time) == (None, None, 842_576_310)


def test_three_days_offline_are_taken_in_once(hall: BuiltHall) -> None:
    records = [replace(RECORD, raw_time=number) for number in range(2_000)]
    assert hand_in(hall, *records) == Received(2_000, 0)
    assert hand_in(hall, *records) == Received(0, 2_000)


def test_nothing_is_nothing(hall: BuiltHall) -> None:
    assert hand_in(hall) == Received(0, 0)
    assert hall.count(EventRow) == 0


def test_new_punches_are_told_known_ones_are_not(hall: BuiltHall) -> None:
    hand_in(hall, RECORD, replace(RECORD, pin="8"))
    hand_in(hall, RECORD)
    with hall.session() as session:
        [event] = session.query(EventRow).all()
    assert (event.kind, event.payload["stored"]) == ("PunchesReceived", 2)


def test_the_same_batch_twice_at_once_is_stored_once(hall: BuiltHall) -> None:
    records = [replace(RECORD, raw_time=number) for number in range(50)]
    received = together(2, lambda _agent: hand_in(hall, *records))
    assert sorted(answer.stored for answer in received) == [0, 50]
    assert len(stored(hall)) == 50


@pytest.mark.parametrize("device", ["second terminal", "first agent"])
def test_an_agent_hands_in_for_its_own_terminals_alone(hall: BuiltHall, device: str) -> None:
    with pytest.raises(NotFound), hall.work("first agent") as work:
        take_in(work, hall.devices[device], None, in_columns([RECORD]), None, tolerance=TOLERANCE)
    assert stored(hall) == []

"""A read's records and its cursor: equal records that are further punches, and leases."""

from datetime import datetime, timedelta

import pytest

from server.attendance.models import Punch
from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.ingest import receive_punches
from server.attendance.terminals.log import (
    CursorMoved,
    LogState,
    begin_reading,
    take_in,
)
from server.database import Database
from server.devices.models import DeviceKind
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

AGENT, TERMINAL = "agent", "terminal"
TOLERANCE = timedelta(minutes=10)
AT = datetime(2026, 9, 14, 7, 58, 30)  # noqa: DTZ001 - a terminal has no zone
RECORD = RawPunch("7", 842_576_310, AT, 1, 0, 0, b"\x01")


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return (
        a_hall()
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.TERMINAL, TERMINAL)
        .build(database, clock)
    )


def read(hall: BuiltHall, count: int, *punches: RawPunch) -> None:
    """A whole read that found these new for certain."""
    terminal_id = hall.devices[TERMINAL]
    with hall.work(AGENT) as work:
        base = begin_reading(work, terminal_id)
    state = LogState({"count": count}, count, 0, 0, None, None)
    with hall.work(AGENT) as work:
        take_in(
            work, terminal_id, base, in_columns(punches), state, tolerance=TOLERANCE, certain=True
        )


def occurrences(hall: BuiltHall) -> list[int]:
    with hall.session() as session:
        return sorted(punch.occurrence for punch in session.query(Punch))


def test_an_equal_record_of_a_later_read_is_a_further_punch(hall: BuiltHall) -> None:
    read(hall, 1, RECORD)
    read(hall, 2, RECORD)
    assert occurrences(hall) == [0, 1]


def test_a_part_of_a_read_that_broke_off_is_the_same(hall: BuiltHall) -> None:
    terminal_id = hall.devices[TERMINAL]
    with hall.work(AGENT) as work:
        base = begin_reading(work, terminal_id)
        take_in(
            work, terminal_id, base, in_columns([RECORD]), None, tolerance=TOLERANCE, certain=True
        )
    read(hall, 1, RECORD)
    assert occurrences(hall) == [0]


def test_what_was_pushed_before_the_log_was_read_is_the_same(hall: BuiltHall) -> None:
    read(hall, 0)
    with hall.work(AGENT) as work:
        receive_punches(work, hall.devices[TERMINAL], in_columns([RECORD]), "push", TOLERANCE)
    read(hall, 1, RECORD)
    read(hall, 2, RECORD)
    assert occurrences(hall) == [0, 1]


def test_a_read_from_an_old_cursor_is_refused_whole(hall: BuiltHall) -> None:
    read(hall, 1, RECORD)
    with pytest.raises(CursorMoved), hall.work(AGENT) as work:
        take_in(work, hall.devices[TERMINAL], None, in_columns([RECORD]), None, tolerance=TOLERANCE)
    assert occurrences(hall) == [0]

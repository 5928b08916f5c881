"""When a terminal is to be read ahead of its schedule, to the second."""

from datetime import UTC, datetime, timedelta

import pytest

from server.attendance.terminals.rules import reading_due

AHEAD = timedelta(minutes=3)
NOON = datetime(2026, 9, 14, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 9, 14, 18, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NOON - AHEAD - SECOND, False),
        (NOON - AHEAD, True),
        (NOON - SECOND, True),
        (NOON, False),
        (EVENING - AHEAD, True),
    ],
)
def test_it_is_read_in_the_minutes_before_each_deadline(now: datetime, *, due: bool) -> None:
    assert reading_due([NOON, EVENING], None, now, AHEAD) is due


@pytest.mark.parametrize(
    ("asked_at", "due"),
    [(NOON - AHEAD - SECOND, True), (NOON - AHEAD, False), (NOON - SECOND, False)],
)
def test_once_for_each_deadline(asked_at: datetime, *, due: bool) -> None:
    assert reading_due([NOON], asked_at, NOON - SECOND, AHEAD) is due


def test_without_a_deadline_its_schedule_is_enough() -> None:
    assert not reading_due([], None, NOON, AHEAD)

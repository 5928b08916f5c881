from datetime import datetime, time

import pytest

from server.catalogue.rules import OpenSpan, is_open

MORNING = OpenSpan(weekday=0, opens=time(8), closes=time(12))
AFTERNOON = OpenSpan(weekday=0, opens=time(14, 30), closes=time(17, 30))
MONDAY, TUESDAY = 14, 15


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Local time in September 2026."""
    return datetime(2026, 9, day, hour, minute, second)  # noqa: DTZ001 - the hall's wall clock


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (at(MONDAY, 7, 59, 59), False),
        (at(MONDAY, 8), True),
        (at(MONDAY, 11, 59, 59), True),
        (at(MONDAY, 12), False),
        (at(MONDAY, 14, 30), True),
        (at(MONDAY, 17, 30), False),
        (at(TUESDAY, 9), False),
    ],
)
def test_tickets_are_given_from_the_first_to_before_the_last_minute(
    moment: datetime, open_: bool
) -> None:
    assert is_open([MORNING, AFTERNOON], moment) is open_


def test_a_hall_without_hours_is_closed() -> None:
    assert not is_open([], at(MONDAY, 9))

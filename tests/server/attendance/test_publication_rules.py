"""窗口管理制度 五.7 and 五.8: what may be published, and until when one may object."""

from datetime import date

import pytest

from server.attendance.publication_rules import (
    is_objection_valid,
    last_objection_day,
    may_publish,
)
from tests.server.attendance.halls import GOOD_AFTERNOON, GOOD_MORNING

FRIDAY = date(2026, 3, 6)


@pytest.fixture(scope="session")
def is_working(hall):
    """Whether a date is worked in the hall."""
    return lambda day: hall.calendar.is_working(day, (1, 2, 3, 4, 5))


@pytest.mark.parametrize(("as_of", "may"), [("24:00", True), ("18:00", False)])
def test_nothing_pending_is_published(hall, as_of, may):
    judged = hall.judge(*GOOD_MORNING, *GOOD_AFTERNOON, as_of=as_of)

    assert may_publish(judged.verdicts) is may


@pytest.mark.parametrize(
    ("raised", "valid"),
    [
        ("2026-03-05", False),
        ("2026-03-06", True),
        ("2026-03-08", True),
        ("2026-03-09", False),
    ],
)
def test_5_8_two_days_after_publication(hall, is_working, raised, valid):
    rule = hall.preset.attendance.objection[0]

    assert is_objection_valid(date.fromisoformat(raised), FRIDAY, rule, is_working) is valid


def test_a_hall_may_count_working_days(two_punch_hall, is_working):
    rule = two_punch_hall.preset.attendance.objection[0]

    assert last_objection_day(FRIDAY, rule, is_working) == date(2026, 3, 11)


def test_a_calendar_without_working_days_is_an_error(two_punch_hall):
    rule = two_punch_hall.preset.attendance.objection[0]

    with pytest.raises(ValueError, match="no 3 working days"):
        last_objection_day(FRIDAY, rule, lambda _day: False)

"""窗口管理制度 五.1: 上午 8:00–12:00；下午 14:30–17:30(夏令时 15:00–18:00)；节假日和调休."""

import pytest

from server.attendance.reasons import ReasonKey
from tests.server.attendance.halls import GOOD_MORNING, LATE, PENDING, PRESENT, keys


@pytest.mark.parametrize(
    ("day", "arrival", "kind"),
    [
        ("2026-04-30", "14:50:00", PRESENT),
        ("2026-04-30", "14:50:01", LATE),
        ("2026-05-06", "15:20:00", PRESENT),
        ("2026-05-06", "15:20:01", LATE),
        ("2026-09-30", "15:20:01", LATE),
        ("2026-10-08", "14:50:01", LATE),
    ],
)
def test_afternoon_follows_the_season(hall, day, arrival, kind):
    judged = hall.on(day).judge(*GOOD_MORNING, arrival, "18:05")

    assert judged.afternoon.kind is kind


@pytest.mark.parametrize(
    ("day", "half_days"),
    [
        ("2026-03-06", 2),  # Friday
        ("2026-03-07", 0),  # Saturday
        ("2026-02-17", 0),  # Spring Festival, a Tuesday
        ("2026-02-20", 0),  # a Friday off in exchange for 14 February
        ("2026-02-14", 2),  # a Saturday made up
        ("2026-05-09", 2),  # a Saturday made up
    ],
)
def test_only_working_days_are_judged(hall, day, half_days):
    assert len(hall.on(day).judge().verdicts) == half_days


def test_a_year_not_confirmed_is_said_to_be_so(hall):
    judged = hall.on("2027-03-01").judge(*GOOD_MORNING)

    assert [verdict.kind for verdict in judged.verdicts] == [PENDING, PENDING]
    assert keys(judged.morning) == [ReasonKey.CALENDAR_UNCONFIRMED]

"""窗口管理制度 五.2: 以半天为单位；迟到、早退超过 20 分钟；既无签到又无签退."""

import pytest

from server.attendance.reasons import ReasonKey
from tests.server.attendance.halls import ABSENT, EARLY, LATE, PRESENT, keys


@pytest.mark.parametrize(
    ("arrival", "kind", "seconds"),
    [
        ("07:55:00", PRESENT, None),
        ("08:00:00", PRESENT, None),
        ("08:19:59", PRESENT, None),
        ("08:20:00", PRESENT, None),
        ("08:20:01", LATE, 1201),
        ("11:59:59", LATE, 14399),
    ],
)
def test_late_by_more_than_the_grace(hall, arrival, kind, seconds):
    morning = hall.judge(arrival, "12:03").morning

    assert (morning.kind, morning.late and morning.late.seconds) == (kind, seconds)


@pytest.mark.parametrize(
    ("departure", "kind", "seconds"),
    [
        ("17:30:00", PRESENT, None),
        ("17:10:01", PRESENT, None),
        ("17:10:00", PRESENT, None),
        ("17:09:59", EARLY, 1201),
    ],
)
def test_early_by_more_than_the_grace(hall, departure, kind, seconds):
    afternoon = hall.judge("14:20", departure).afternoon

    assert (afternoon.kind, afternoon.early and afternoon.early.seconds) == (kind, seconds)


@pytest.mark.parametrize(
    ("punches", "kind", "reason", "lapses"),
    [
        (("07:55", "12:03"), PRESENT, ReasonKey.PRESENT, 0),
        (("12:03",), LATE, ReasonKey.NO_SIGN_IN, 1),
        (("07:55",), EARLY, ReasonKey.NO_SIGN_OUT, 1),
        ((), ABSENT, ReasonKey.NO_PUNCHES, 0),
    ],
)
def test_missing_punches(hall, punches, kind, reason, lapses):
    morning = hall.judge(*punches).morning

    assert (morning.kind, keys(morning)[0], morning.lapses) == (kind, reason, lapses)


def test_late_and_early_in_one_half_day_count_twice_and_the_kind_is_late(hall):
    morning = hall.judge("08:30", "11:30").morning

    assert (morning.kind, morning.lapses) == (LATE, 2)
    assert keys(morning) == [ReasonKey.LATE, ReasonKey.EARLY_LEAVE]
    assert (morning.late.minutes, morning.early.minutes) == (30, 30)


def test_fractions_of_a_second_are_dropped(hall):
    just_in = hall.punches("08:20:00.999")

    assert hall.judge("12:03", more=just_in).morning.kind is PRESENT


def test_every_reason_carries_the_clause(hall):
    judged = hall.judge("08:30")

    assert judged.morning.clause == "窗口管理制度 五.2"

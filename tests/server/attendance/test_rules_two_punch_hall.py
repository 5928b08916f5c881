"""每天签到、签退各一次；少打一次，那半天没有打卡."""

import pytest

from tests.server.attendance.halls import ABSENT, LATE, ON_LEAVE, PRESENT


@pytest.mark.parametrize(
    ("punches", "morning", "afternoon"),
    [
        (("08:55", "17:05"), PRESENT, PRESENT),
        (("08:55",), PRESENT, ABSENT),
        (("17:05",), ABSENT, PRESENT),
        (("12:30", "17:05"), ABSENT, PRESENT),  # came after the morning was over
        (("08:55", "12:30"), PRESENT, ABSENT),  # left before the afternoon began
        (("08:55", "12:10", "12:50", "17:05"), PRESENT, PRESENT),  # noon is not asked for
        ((), ABSENT, ABSENT),
    ],
)
def test_each_half_day_by_its_own_punch(two_punch_hall, punches, morning, afternoon):
    judged = two_punch_hall.judge(*punches)

    assert (judged.morning.kind, judged.afternoon.kind) == (morning, afternoon)


@pytest.mark.parametrize(("arrival", "kind"), [("09:10:59", PRESENT), ("09:11:00", LATE)])
def test_a_hall_may_count_whole_minutes(two_punch_hall, arrival, kind):
    assert two_punch_hall.judge(arrival, "17:05").morning.kind is kind


@pytest.mark.parametrize(("arrival", "kind"), [("13:10", PRESENT), ("13:11", LATE)])
def test_after_a_morning_on_leave_the_afternoon_is_signed_in(two_punch_hall, arrival, kind):
    leave = two_punch_hall.leave("09:00", "12:00")

    judged = two_punch_hall.judge(arrival, "17:05", leaves=[leave])

    assert (judged.morning.kind, judged.afternoon.kind) == (ON_LEAVE, kind)

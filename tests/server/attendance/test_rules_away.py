"""窗口管理制度 五.2: 未经许可在上班时间外出超过一小时，计旷工一次."""

import pytest

from tests.server.attendance.halls import ABSENT, GOOD_AFTERNOON, GOOD_MORNING, PRESENT


@pytest.mark.parametrize(
    ("since", "until", "kind"),
    [
        ("09:00:00", "09:59:59", PRESENT),
        ("09:00:00", "10:00:00", PRESENT),
        ("09:00:00", "10:00:01", ABSENT),
        ("11:30:00", "15:00:00", PRESENT),  # half an hour of work before noon, half after
        ("07:00:00", "09:00:00", PRESENT),  # only one hour of it in working time
        ("07:00:00", "09:00:01", ABSENT),
    ],
)
def test_out_for_more_than_an_hour_of_working_time(hall, since, until, kind):
    judged = hall.judge(*GOOD_MORNING, *GOOD_AFTERNOON, away=[hall.away(since, until)])

    assert judged.morning.kind is kind


def test_an_absent_half_day_has_no_lapses(hall):
    morning = hall.judge("08:40", "12:03", away=[hall.away("09:00", "11:00")]).morning

    assert (morning.kind, morning.lapses) == (ABSENT, 0)


@pytest.mark.parametrize(
    ("leave_until", "kind"),
    [("09:29:59", ABSENT), ("09:30:00", PRESENT)],
)
def test_time_on_leave_is_no_outing(hall, leave_until, kind):
    judged = hall.judge(
        *GOOD_MORNING,
        away=[hall.away("09:00", "10:30")],
        leaves=[hall.leave("09:00", leave_until)],
    )

    assert judged.morning.kind is kind


def test_findings_that_meet_are_one_outing(hall):
    findings = [hall.away("09:40", "10:10"), hall.away("09:00", "09:40")]

    assert hall.judge(*GOOD_MORNING, away=findings).morning.kind is ABSENT


def test_separate_findings_are_not_added_up(hall):
    findings = [hall.away("08:30", "09:10"), hall.away("10:00", "10:40")]

    assert hall.judge(*GOOD_MORNING, away=findings).morning.kind is PRESENT

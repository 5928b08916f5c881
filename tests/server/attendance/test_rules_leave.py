"""窗口管理制度 五.5: 请假；半天以上须代岗人员先到岗."""

from datetime import timedelta

import pytest

from tests.server.attendance.halls import (
    ABSENT,
    EARLY,
    GOOD_AFTERNOON,
    GOOD_MORNING,
    LATE,
    ON_LEAVE,
    PRESENT,
)


def test_a_half_day_that_is_all_leave(hall):
    judged = hall.judge(*GOOD_AFTERNOON, leaves=[hall.leave("08:00", "12:00")])

    assert (judged.morning.kind, judged.afternoon.kind) == (ON_LEAVE, PRESENT)


def test_two_leaves_that_meet_make_it_all_leave(hall):
    leaves = [hall.leave("10:00", "12:00"), hall.leave("07:00", "10:00")]

    assert hall.judge(leaves=leaves).morning.kind is ON_LEAVE


@pytest.mark.parametrize(("arrival", "kind"), [("09:20:00", PRESENT), ("09:20:01", LATE)])
def test_leave_at_the_start_moves_the_sign_in(hall, arrival, kind):
    leave = hall.leave("08:00", "09:00")

    assert hall.judge(arrival, "12:03", leaves=[leave]).morning.kind is kind


@pytest.mark.parametrize(("departure", "kind"), [("16:10:00", PRESENT), ("16:09:59", EARLY)])
def test_leave_at_the_end_moves_the_sign_out(hall, departure, kind):
    leave = hall.leave("16:30", "24:00")

    assert hall.judge("14:20", departure, leaves=[leave]).afternoon.kind is kind


@pytest.mark.parametrize(
    ("cover", "kind"),
    [
        (None, ABSENT),
        ("07:50:00", ON_LEAVE),
        ("08:20:00", ON_LEAVE),  # a cover has the grace of any sign-in
        ("08:20:01", ABSENT),
    ],
)
def test_the_cover_must_be_on_post_first(hall, cover, kind):
    leave = hall.leave("08:00", "12:00", cover, cover_required=True)

    assert hall.judge(leaves=[leave]).morning.kind is kind


def test_without_cover_the_reason_is_the_cover(hall):
    leave = hall.leave("08:00", "12:00", None, cover_required=True)

    morning = hall.judge("07:55", leaves=[leave]).morning

    assert (morning.kind, morning.clause) == (ABSENT, "窗口管理制度 五.5(3)")


def test_whoever_stays_for_want_of_a_cover_is_present(hall):
    leave = hall.leave("08:00", "12:00", None, cover_required=True)

    assert hall.judge(*GOOD_MORNING, leaves=[leave]).morning.kind is PRESENT


def test_a_cover_that_comes_at_noon_excuses_the_afternoon(hall):
    leave = hall.leave("08:00", "24:00", "14:00", cover_required=True)

    judged = hall.judge(leaves=[leave])

    assert (judged.morning.kind, judged.afternoon.kind) == (ABSENT, ON_LEAVE)


def test_an_early_return_ends_the_leave(hall):
    leave = hall.leave("08:00", "24:00").cut_short(hall.at("12:30"))

    judged = hall.judge("17:35", leaves=[leave])

    assert (judged.morning.kind, judged.afternoon.kind) == (ON_LEAVE, LATE)


def test_a_leave_over_several_days_excuses_each(hall):
    leave = hall.leave("08:00", "12:00")
    long = type(leave)(leave.start - timedelta(days=3), leave.end + timedelta(days=3), leave.kind)

    assert [verdict.kind for verdict in hall.judge(leaves=[long]).verdicts] == [ON_LEAVE, ON_LEAVE]

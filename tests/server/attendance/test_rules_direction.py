"""窗口管理制度 五.2: The direction comes from the time; a punch serves one slot only."""

from datetime import UTC

import pytest

from server.attendance.evidence import PunchStanding
from server.attendance.reasons import ReasonKey
from tests.server.attendance.halls import ABSENT, EARLY, GOOD_MORNING, LATE, PRESENT, keys


def test_two_noon_punches_are_a_sign_out_and_a_sign_in(hall):
    judged = hall.judge("07:55", "12:31", "12:33", "17:35")

    assert judged.morning.signed_out == hall.at("12:31").time()
    assert judged.afternoon.signed_in == hall.at("12:33").time()


@pytest.mark.parametrize(
    ("noon", "morning", "afternoon"),
    [
        ("12:03:00", PRESENT, LATE),  # nearer to 12:00: the sign-out
        ("13:14:59", PRESENT, LATE),
        ("13:15:01", EARLY, PRESENT),  # nearer to 14:30: the sign-in
        ("14:20:00", EARLY, PRESENT),
    ],
)
def test_one_noon_punch_serves_what_it_is_nearest_to(hall, noon, morning, afternoon):
    judged = hall.judge("07:55", noon, "17:35")

    assert (judged.morning.kind, judged.afternoon.kind) == (morning, afternoon)


@pytest.mark.parametrize(
    ("second", "afternoon"),
    [("12:41:00", LATE), ("12:41:01", PRESENT)],
)
def test_punches_within_the_fold_are_one(hall, second, afternoon):
    judged = hall.judge("07:55", "12:40:00", second, "17:35")

    assert judged.afternoon.kind is afternoon


@pytest.mark.parametrize(
    ("early_bird", "kind"),
    [("05:59:59", LATE), ("06:00:00", PRESENT)],
)
def test_sign_in_opens_two_hours_before(hall, early_bird, kind):
    assert hall.judge(early_bird, "11:50").morning.kind is kind


@pytest.mark.parametrize(("late_owl", "kind"), [("23:29:59", PRESENT), ("23:30:00", EARLY)])
def test_sign_out_closes_six_hours_after(hall, late_owl, kind):
    assert hall.judge("14:20", late_owl).afternoon.kind is kind


@pytest.mark.parametrize("standing", [PunchStanding.QUARANTINED, PunchStanding.FLAGGED])
def test_doubtful_punches_do_not_count_and_are_named(hall, standing):
    doubtful = hall.punches("07:55", standing=standing)

    morning = hall.judge("12:03", more=doubtful).morning

    assert keys(morning) == [ReasonKey.NO_SIGN_IN, ReasonKey.PUNCH_EXCLUDED]


def test_punches_of_other_days_do_not_count(hall):
    tuesday = hall.on("2026-03-03").punches("07:55", "12:03")

    assert hall.judge(more=tuesday).morning.kind is ABSENT


def test_punches_in_utc_are_judged_on_the_halls_clock(hall):
    utc = [type(punch)(punch.at.astimezone(UTC)) for punch in hall.punches(*GOOD_MORNING)]

    assert hall.judge(more=utc).morning.kind is PRESENT

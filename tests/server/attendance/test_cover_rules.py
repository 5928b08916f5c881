"""临时顶岗人员管理制度 4: five working days by hand, then by fingerprint, at most one month."""

from datetime import date

import pytest

from server.attendance.cover_rules import (
    Cover,
    charged_to,
    cover_standing,
    enrolment_day,
    is_too_long,
    last_day,
    longest_last_day,
    missing_steps,
)
from server.attendance.evidence import CoverStanding
from server.attendance.presets.cover import Charge, CoverLimit, CoverStep

BY_HAND, BY_FINGERPRINT, OFF_DUTY = CoverStanding
MONDAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def settings(hall):
    """The settings that cover staff are under."""
    return hall.preset.attendance


@pytest.fixture(scope="session")
def is_working(hall):
    """Whether a date is worked in the hall."""
    return lambda day: hall.calendar.is_working(day, (1, 2, 3, 4, 5))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-03-02", "2026-04-01"),  # same day next month, less one
        ("2026-01-01", "2026-01-31"),
        ("2026-01-28", "2026-02-27"),
        ("2026-01-29", "2026-02-28"),  # February has no 29th: its last day
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2028-01-29", "2028-02-28"),
        ("2026-12-15", "2027-01-14"),
    ],
)
def test_4_4_1_at_most_one_month(settings, first, last):
    day = longest_last_day(date.fromisoformat(first), settings.cover_limit[0])

    assert day == date.fromisoformat(last)


def test_4_4_1_another_hall_may_allow_three_months(other_hall):
    limit = other_hall.preset.attendance.cover_limit[0]

    assert longest_last_day(date(2026, 11, 15), limit) == date(2027, 2, 14)


@pytest.mark.parametrize(("last", "too_long"), [("2026-04-01", False), ("2026-04-02", True)])
def test_4_4_1_a_longer_plan_is_refused(settings, last, too_long):
    cover = Cover(MONDAY, date.fromisoformat(last))

    assert is_too_long(cover, settings.cover_limit[0]) is too_long


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2026-03-06", None),  # exactly five working days: by hand
        ("2026-03-08", None),  # the weekend adds none
        ("2026-03-09", "2026-03-09"),  # a sixth working day
        ("2026-03-31", "2026-03-09"),
    ],
)
def test_4_4_3_a_sixth_working_day_needs_a_fingerprint(settings, is_working, last, due):
    cover = Cover(MONDAY, date.fromisoformat(last))

    day = enrolment_day(cover, settings.cover_limit[0], settings.cover_signing[0], is_working)

    assert day == (due and date.fromisoformat(due))


def test_4_4_2_working_days_are_counted_not_calendar_days(settings, is_working):
    over_spring_festival = Cover(date(2026, 2, 12), date(2026, 3, 5))

    day = enrolment_day(
        over_spring_festival, settings.cover_limit[0], settings.cover_signing[0], is_working
    )

    assert day == date(2026, 2, 26)  # 12, 13, 14 (made up), 24, 25 by hand


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        ("2026-03-01", OFF_DUTY),
        ("2026-03-02", BY_HAND),
        ("2026-03-06", BY_HAND),
        ("2026-03-08", BY_HAND),
        ("2026-03-09", BY_FINGERPRINT),
        ("2026-03-20", BY_FINGERPRINT),
        ("2026-03-21", OFF_DUTY),
    ],
)
def test_4_4_how_a_cover_signs_on_each_day(settings, is_working, day, standing):
    assert (
        cover_standing(
            Cover(MONDAY, date(2026, 3, 20)),
            date.fromisoformat(day),
            limit=settings.cover_limit[0],
            signing=settings.cover_signing[0],
            is_working=is_working,
        )
        is standing
    )


@pytest.mark.parametrize(
    ("planned", "ended", "last"),
    [
        ("2026-03-20", None, "2026-03-20"),
        ("2026-03-20", "2026-03-11", "2026-03-11"),  # 4.7: the staff member is back
        ("2026-05-20", None, "2026-04-01"),  # ends by itself at the limit
        ("2026-05-20", "2026-04-10", "2026-04-01"),
    ],
)
def test_4_7_a_cover_ends_by_plan_by_return_or_at_the_limit(settings, planned, ended, last):
    cover = Cover(MONDAY, date.fromisoformat(planned), ended and date.fromisoformat(ended))

    assert last_day(cover, settings.cover_limit[0]) == date.fromisoformat(last)


def test_4_1_and_4_6_what_must_precede_a_cover(settings):
    missing = missing_steps(settings.cover_admission[0], {CoverStep.AGREED, CoverStep.REGISTERED})

    assert missing == (CoverStep.TRAINED, CoverStep.HANDED_OVER)


@pytest.mark.parametrize(("is_cover", "charge"), [(True, Charge.WINDOW), (False, Charge.PERSON)])
def test_4_3_violations_of_cover_staff_are_charged_to_the_window(settings, is_cover, charge):
    assert charged_to(settings.cover_charge[0], is_cover=is_cover) is charge


def test_twelve_months_are_a_year():
    limit = CoverLimit(since=MONDAY, clause="4.4.1", months=12)

    assert longest_last_day(date(2026, 5, 1), limit) == date(2027, 4, 30)

"""Holidays and make-up days: edits undo the confirmation of their year."""

from datetime import date

import pytest

from server.attendance.calendar import Calendar, CalendarEntry, DayKind, working_days
from server.attendance.calendar_seed import seed_year

MON_TO_FRI = (1, 2, 3, 4, 5)
SNOW = CalendarEntry(date(2026, 3, 2), DayKind.HOLIDAY, "大雪停止办公")


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 3, 2), DayKind.WORKDAY),
        (date(2026, 3, 7), DayKind.WEEKEND),
        (date(2026, 2, 17), DayKind.HOLIDAY),
        (date(2026, 2, 14), DayKind.MAKE_UP),
    ],
)
def test_what_a_day_is(hall, day, kind):
    assert hall.calendar.kind(day, MON_TO_FRI) is kind


def test_an_edit_takes_back_the_confirmation_of_its_year_only():
    edited = Calendar().confirmed(2025, 2026).with_entries([SNOW])

    assert edited.confirmed_years == {2025}
    assert not edited.is_working(SNOW.day, MON_TO_FRI)


def test_removing_an_entry_puts_the_day_back_into_the_week():
    calendar = Calendar().with_entries([SNOW]).confirmed(2026).without(SNOW.day)

    assert calendar.is_working(SNOW.day, MON_TO_FRI)
    assert not calendar.is_confirmed(SNOW.day)


def test_working_days_skip_holidays_and_take_make_up_days(hall):
    days = working_days(
        date(2026, 2, 13),
        date(2026, 2, 28),
        lambda day: hall.calendar.is_working(day, MON_TO_FRI),
    )

    assert [day.day for day in days] == [13, 14, 24, 25, 26, 27, 28]


@pytest.mark.parametrize(
    ("year", "make_up"),
    [
        (2025, ["01-26", "02-08", "04-27", "09-28", "10-11"]),
        (2026, ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
    ],
)
def test_an_announced_year_has_its_make_up_days(year, make_up):
    seed = seed_year(year)

    days = [f"{each.day:%m-%d}" for each in seed.entries if each.kind is DayKind.MAKE_UP]

    assert (seed.announced, days) == (True, make_up)


def test_a_year_not_announced_yet_says_so():
    seed = seed_year(2090)

    assert not seed.announced
    assert {each.kind for each in seed.entries} == {DayKind.HOLIDAY}


def test_seeds_come_in_order_with_chinese_names():
    entries = seed_year(2026).entries

    assert [each.day for each in entries] == sorted(each.day for each in entries)
    assert entries[0].name == "元旦"

"""Holidays and make-up days: edits undo the confirmation of their year."""

from datetime import date

import pytest

from server.catalogue.calendar import (
    Calendar,
    CalendarEntry,
    DayKind,
    days_between,
    working_days,
)

MON_TO_FRI = (1, 2, 3, 4, 5)
SNOW = CalendarEntry(date(2026, 3, 2), DayKind.HOLIDAY, "大雪停止办公")
SPRING_FESTIVAL = Calendar().with_entries(
    [
        *(
            CalendarEntry(day, DayKind.HOLIDAY, "春节")
            for day in days_between(date(2026, 2, 15), date(2026, 2, 23))
        ),
        CalendarEntry(date(2026, 2, 14), DayKind.MAKE_UP, "春节"),
        CalendarEntry(date(2026, 2, 28), DayKind.MAKE_UP, "春节"),
    ]
)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 3, 2), DayKind.WORKDAY),
        (date(2026, 3, 7), DayKind.WEEKEND),
        (date(2026, 2, 17), DayKind.HOLIDAY),
        (date(2026, 2, 14), DayKind.MAKE_UP),
    ],
)
def test_what_a_day_is(day: date, kind: DayKind) -> None:
    assert SPRING_FESTIVAL.kind(day, MON_TO_FRI) is kind


def test_an_edit_takes_back_the_confirmation_of_its_year_only() -> None:
    edited = Calendar().confirmed(2025, 2026).with_entries([SNOW])

    assert edited.confirmed_years == {2025}
    assert not edited.is_working(SNOW.day, MON_TO_FRI)


def test_removing_an_entry_puts_the_day_back_into_the_week() -> None:
    calendar = Calendar().with_entries([SNOW]).confirmed(2026).without(SNOW.day)

    assert calendar.is_working(SNOW.day, MON_TO_FRI)
    assert not calendar.is_confirmed(SNOW.day)


def test_working_days_skip_holidays_and_take_make_up_days() -> None:
    days = working_days(
        date(2026, 2, 13),
        date(2026, 2, 28),
        lambda day: SPRING_FESTIVAL.is_working(day, MON_TO_FRI),
    )

    assert [day.day for day in days] == [13, 14, 24, 25, 26, 27, 28]

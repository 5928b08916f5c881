"""Weeks, months, quarters and years of dates."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from server.attendance.presets.judging import PeriodKind

MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
LAST_DAY_OF_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of dates, both included."""

    first: date
    last: date


def period_of(day: date, kind: PeriodKind) -> Period:
    """The period that a day lies in; weeks run from Monday to Sunday."""
    if kind is PeriodKind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + LAST_DAY_OF_WEEK)
    months = MONTHS[kind]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    last = date(day.year, last_month, monthrange(day.year, last_month)[1])
    return Period(date(day.year, first_month, 1), last)

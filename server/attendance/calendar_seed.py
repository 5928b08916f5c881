"""Seeds a year of the calendar from the `holidays` library; the office edits and confirms it."""

from collections.abc import Iterator
from dataclasses import dataclass

import holidays

from server.catalogue.calendar import CalendarEntry, DayKind

MAKE_UP_NAME = "调休上班"


@dataclass(frozen=True, slots=True)
class CalendarSeed:
    """What is known of a year; `announced` tells whether the make-up days are in it.

    Without them only the dates fixed by law or by the moon are known, and the year must wait for
    the State Council's notice.
    """

    year: int
    entries: tuple[CalendarEntry, ...]
    announced: bool


def seed_year(year: int) -> CalendarSeed:
    """Holidays and make-up days of a year in mainland China, with their Chinese names."""
    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    make_up = sorted(day for day in known.weekend_workdays if day.year == year)

    def entries() -> Iterator[CalendarEntry]:
        for day, name in known.items():
            yield CalendarEntry(day, DayKind.HOLIDAY, name)
        for day in make_up:
            yield CalendarEntry(day, DayKind.MAKE_UP, MAKE_UP_NAME)

    ordered = tuple(sorted(entries(), key=lambda entry: entry.day))
    return CalendarSeed(year, ordered, announced=bool(make_up))

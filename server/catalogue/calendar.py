"""The calendar (日历): statutory holidays, make-up days, and whether a year is confirmed yet."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

WorkingDay = Callable[[date], bool]
"""Says of a day whether it is worked; what the rules that count working days are given."""


class DayKind(StrEnum):
    """What a day is."""

    WORKDAY = "workday"  # 工作日
    WEEKEND = "weekend"  # 休息日
    HOLIDAY = "holiday"  # 节假日
    MAKE_UP = "make_up"  # 调休上班


WORKED = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP})


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day that differs from its weekday, and why."""

    day: date
    kind: DayKind
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that differ from the weekly pattern, and the years whose notice has been confirmed.

    The State Council announces holidays and make-up days year by year (窗口管理制度 五.1), so a
    year counts only when a person has confirmed it.
    """

    entries: Mapping[date, CalendarEntry] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()

    def is_confirmed(self, day: date) -> bool:
        """Whether the year of a day has been confirmed."""
        return day.year in self.confirmed_years

    def kind(self, day: date, weekdays: Collection[int]) -> DayKind:
        """What a day is to someone who works on these ISO weekdays."""
        entry = self.entries.get(day)
        if entry is not None:
            return entry.kind
        return DayKind.WORKDAY if day.isoweekday() in weekdays else DayKind.WEEKEND

    def is_working(self, day: date, weekdays: Collection[int]) -> bool:
        """Whether a day is worked, as far as the calendar knows."""
        return self.kind(day, weekdays) in WORKED

    def with_entries(self, entries: Iterable[CalendarEntry]) -> "Calendar":
        """The calendar after an edit or an import; what it touches must be confirmed again."""
        changed = {entry.day: entry for entry in entries}
        return replace(
            self,
            entries={**self.entries, **changed},
            confirmed_years=self.confirmed_years - {day.year for day in changed},
        )

    def without(self, day: date) -> "Calendar":
        """The calendar with a day back in the weekly pattern; its year must be confirmed again."""
        return replace(
            self,
            entries={key: entry for key, entry in self.entries.items() if key != day},
            confirmed_years=self.confirmed_years - {day.year},
        )

    def confirmed(self, *years: int) -> "Calendar":
        """The calendar with years confirmed against the State Council's notice."""
        return replace(self, confirmed_years=self.confirmed_years | set(years))


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from first to last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def working_days(first: date, last: date, is_working: WorkingDay) -> Iterator[date]:
    """The worked dates from first to last, both included."""
    return (day for day in days_between(first, last) if is_working(day))

"""Timetables (作息时间): half days, seasons, two or four punches a day, and who keeps which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from server.attendance.presets.dated import Dated, Some, Value

LEAP_YEAR = 2024  # has every month and day that a season can name


class HalfDay(StrEnum):
    """The unit that attendance is judged by (半天)."""

    MORNING = "morning"  # 上午
    AFTERNOON = "afternoon"  # 下午


def _month_and_day(text: str) -> str:
    try:
        return f"{date.fromisoformat(f'{LEAP_YEAR}-{text}'):%m-%d}"
    except ValueError:
        raise PydanticCustomError("no_such_day", "{text}", {"text": text}) from None


def _start_before_end(hours: tuple[time, time]) -> tuple[time, time]:
    if hours[0] >= hours[1]:
        raise PydanticCustomError("hours_reversed", "")
    return hours


def _weekdays(days: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(days)))


Hours = Annotated[tuple[time, time], AfterValidator(_start_before_end)]
MonthDay = Annotated[str, AfterValidator(_month_and_day)]
Weekdays = Annotated[Some[Annotated[int, Field(ge=1, le=7)]], AfterValidator(_weekdays)]


class Season(Value):
    """A part of the year with its own hours, e.g. 夏令时; a half day not named keeps its hours.

    `first_day` and `last_day` are `MM-DD`, both included; a season may run over the new year.
    """

    name: str
    first_day: MonthDay
    last_day: MonthDay
    morning: Hours | None = None
    afternoon: Hours | None = None

    def covers(self, day: date) -> bool:
        """Whether a day lies in the season."""
        month_day = f"{day:%m-%d}"
        if self.first_day <= self.last_day:
            return self.first_day <= month_day <= self.last_day
        return month_day >= self.first_day or month_day <= self.last_day


class Timetable(Dated):
    """Working hours from a date on (窗口管理制度 五.1); `weekdays` are ISO numbers, Monday is 1.

    With 4 punches a day each half day is signed in and out; with 2 the first half day worked is
    signed in and the last one signed out.
    """

    weekdays: Weekdays
    punches_per_day: Literal[2, 4]
    morning: Hours | None = None
    afternoon: Hours | None = None
    season: tuple[Season, ...] = ()

    @model_validator(mode="after")
    def _hours_make_sense(self) -> "Timetable":
        if self.morning is None and self.afternoon is None:
            raise PydanticCustomError("no_hours", "")
        first = date(LEAP_YEAR, 1, 1)
        for day in (first + timedelta(days=n) for n in range(366)):
            if sum(season.covers(day) for season in self.season) > 1:
                raise PydanticCustomError("seasons_overlap", "{day}", {"day": f"{day:%m-%d}"})
            hours = self.hours(day)
            if len(hours) > 1 and hours[0][1][1] > hours[1][1][0]:
                raise PydanticCustomError("half_days_overlap", "{day}", {"day": f"{day:%m-%d}"})
        return self

    def hours(self, day: date) -> tuple[tuple[HalfDay, tuple[time, time]], ...]:
        """The half days of a working day with start and end, in order."""
        season = next((season for season in self.season if season.covers(day)), None)
        halves = []
        for half, usual, seasonal in (
            (HalfDay.MORNING, self.morning, season and season.morning),
            (HalfDay.AFTERNOON, self.afternoon, season and season.afternoon),
        ):
            hours = seasonal or usual
            if hours is not None:
                halves.append((half, hours))
        return tuple(halves)


@dataclass(frozen=True, slots=True)
class TimetableOverride:
    """A timetable for one unit or one person, from its `since` until `until` (included)."""

    timetable: Timetable
    unit_id: int | None = None
    person_id: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.unit_id is None) == (self.person_id is None):
            raise ValueError("an override is for a unit or for a person")

    def covers(self, day: date) -> bool:
        """Whether the override holds on a day."""
        return self.timetable.since <= day and (self.until is None or day <= self.until)


def timetable_for(
    day: date,
    hall: Timetable,
    overrides: Iterable[TimetableOverride] = (),
    *,
    person_id: int,
    unit_id: int,
) -> Timetable:
    """What a person keeps on a day: an own timetable, else the unit's, else the hall's.

    Of several that hold, the one that began last.
    """
    holding = [each for each in overrides if each.covers(day)]
    own = [each for each in holding if each.person_id == person_id]
    of_unit = [each for each in holding if each.unit_id == unit_id]
    chosen = max(own or of_unit, key=lambda each: each.timetable.since, default=None)
    return chosen.timetable if chosen else hall

"""Day plans of a hall's people, each built once in a unit of work."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from server.attendance.day_plan import DayPlan, plan_day
from server.attendance.hours.regulation import preset_in_force
from server.attendance.hours.timetables import load_overrides
from server.attendance.presets.dated import NotInForceError, in_force
from server.attendance.presets.preset import AttendanceSettings
from server.attendance.timetable import Timetable, TimetableOverride, timetable_for
from server.catalogue.calendar import Calendar, WorkingDay, days_between
from server.catalogue.calendar_days import load_calendar
from server.i18n import N_
from server.people.models import Person
from server.problems import Conflict
from server.work import Work


@dataclass(slots=True)
class DayPlans:
    """What each day asks of each person; people who keep the same timetable share a plan."""

    zone: ZoneInfo
    calendar: Calendar
    settings: AttendanceSettings
    overrides: tuple[TimetableOverride, ...]
    _plans: dict[tuple[date, int], DayPlan] = field(default_factory=dict)

    def timetable(self, person: Person, day: date) -> Timetable:
        """What a person keeps on a day. Raises Conflict before the regulation holds."""
        try:
            hall = in_force(self.settings.timetable, day)
        except NotInForceError as error:
            raise Conflict(N_("{day} 还没有生效的考勤规定"), day=day.isoformat()) from error
        if not self.overrides:
            return hall
        return timetable_for(day, hall, self.overrides, person_id=person.id, unit_id=person.unit_id)

    def plan(self, person: Person, day: date) -> DayPlan:
        """What a day asks of a person. Raises Conflict before the regulation holds."""
        timetable = self.timetable(person, day)
        key = day, id(timetable)
        if key not in self._plans:
            self._plans[key] = plan_day(
                day,
                calendar=self.calendar,
                settings=self.settings,
                zone=self.zone,
                timetable=timetable,
            )
        return self._plans[key]

    def plans(self, person: Person, first: date, last: date) -> Iterator[DayPlan]:
        """A person's plans from first to last, both included."""
        return (self.plan(person, day) for day in days_between(first, last))

    def working_day(self, person: Person) -> WorkingDay:
        """Says of a day whether this person works on it."""

        def is_working(day: date) -> bool:
            return self.calendar.is_working(day, self.timetable(person, day).weekdays)

        return is_working

    def hall_working_day(self, day: date) -> bool:
        """Whether the hall works on a day by its own timetable."""
        return self.calendar.is_working(day, in_force(self.settings.timetable, day).weekdays)


def load_plans(work: Work) -> DayPlans:
    """The hall's calendar, regulation and timetables. Raises NoRegulation."""
    return DayPlans(
        zone=work.zone,
        calendar=load_calendar(work),
        settings=preset_in_force(work).attendance,
        overrides=load_overrides(work),
    )

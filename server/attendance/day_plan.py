"""What one day asks of everyone who keeps one timetable: built once, judged by for all of them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.attendance.day_seconds import SECONDS_PER_DAY, SECONDS_PER_MINUTE, second_of_day
from server.attendance.judging_settings import JudgingSettings, judging_settings
from server.attendance.presets.dated import in_force
from server.attendance.presets.preset import AttendanceSettings
from server.attendance.slots import Slot, slots_of
from server.attendance.timetable import Timetable
from server.attendance.work_spans import WorkSpan
from server.catalogue.calendar import Calendar


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One date in the hall's zone: its half days (none on a day off) and the rules in force.

    `slots` are those of a person without leave.
    """

    day: date
    zone: ZoneInfo
    confirmed: bool
    spans: tuple[WorkSpan, ...]
    punches_per_day: int
    slots: tuple[Slot, ...]
    rules: JudgingSettings

    def second_of(self, at: datetime) -> int:
        """An instant as whole seconds from this day's midnight on the hall's clock."""
        local = at.astimezone(self.zone)
        days = (local.date() - self.day).days
        return days * SECONDS_PER_DAY + second_of_day(local.time())

    def counted_second(self, at: datetime) -> int:
        """The second that a punch or signature counts with: its own, or its minute's first."""
        second = self.second_of(at)
        return second if self.rules.punching.seconds_count else second - second % SECONDS_PER_MINUTE


def plan_day(
    day: date,
    *,
    calendar: Calendar,
    settings: AttendanceSettings,
    zone: ZoneInfo,
    timetable: Timetable | None = None,
) -> DayPlan:
    """The plan of a day by the hall's timetable, or by the one given instead of it."""
    rules = judging_settings(settings, day)
    kept = timetable or in_force(settings.timetable, day)
    spans: tuple[WorkSpan, ...] = ()
    if calendar.is_working(day, kept.weekdays):
        spans = tuple(
            WorkSpan(half, second_of_day(start), second_of_day(end))
            for half, (start, end) in kept.hours(day)
        )
    return DayPlan(
        day=day,
        zone=zone,
        confirmed=calendar.is_confirmed(day),
        spans=spans,
        punches_per_day=kept.punches_per_day,
        slots=slots_of(spans, kept.punches_per_day, rules),
        rules=rules,
    )

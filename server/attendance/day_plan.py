"""What one day asks of everyone who keeps one timetable: built once, judged by for all of them."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.attendance.calendar import Calendar
from server.attendance.day_seconds import SECONDS_PER_DAY, SECONDS_PER_MINUTE, second_of_day
from server.attendance.presets.cover import CoverEnrolment, CoverSigning
from server.attendance.presets.dated import in_force
from server.attendance.presets.judging import (
    Away,
    EarlyLeave,
    Lateness,
    Presence,
    ProxySigning,
    Punching,
)
from server.attendance.presets.leave import LeaveCover
from server.attendance.presets.preset import AttendanceSettings
from server.attendance.timetable import HalfDay, Timetable


@dataclass(frozen=True, slots=True)
class JudgingRules:
    """The settings that a half day is judged by, as they hold on one day."""

    punching: Punching
    presence: Presence
    lateness: Lateness
    early_leave: EarlyLeave
    away: Away
    proxy_signing: ProxySigning
    leave_cover: LeaveCover
    cover_signing: CoverSigning
    cover_enrolment: CoverEnrolment
    calendar_clause: str
    leave_clause: str


@dataclass(frozen=True, slots=True)
class WorkSpan:
    """A half day's working time, in seconds from the hall's midnight, end excluded."""

    half: HalfDay
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One date in the hall's zone: its half days (none on a day off) and the rules in force."""

    day: date
    zone: ZoneInfo
    confirmed: bool
    spans: tuple[WorkSpan, ...]
    punches_per_day: int
    rules: JudgingRules

    def second_of(self, at: datetime) -> int:
        """An instant as whole seconds from this day's midnight on the hall's clock."""
        local = at.astimezone(self.zone)
        days = (local.date() - self.day).days
        return days * SECONDS_PER_DAY + second_of_day(local.time())

    def counted_second(self, at: datetime) -> int:
        """The second that a punch or signature counts with: its own, or its minute's first."""
        second = self.second_of(at)
        return second if self.rules.punching.seconds_count else second - second % SECONDS_PER_MINUTE


def judging_rules(settings: AttendanceSettings, day: date) -> JudgingRules:
    """The judging settings that hold on a day; raises NotInForceError before the first ones."""
    return JudgingRules(
        punching=in_force(settings.punching, day),
        presence=in_force(settings.presence, day),
        lateness=in_force(settings.lateness, day),
        early_leave=in_force(settings.early_leave, day),
        away=in_force(settings.away, day),
        proxy_signing=in_force(settings.proxy_signing, day),
        leave_cover=in_force(settings.leave_cover, day),
        cover_signing=in_force(settings.cover_signing, day),
        cover_enrolment=in_force(settings.cover_enrolment, day),
        calendar_clause=in_force(settings.timetable, day).clause,
        leave_clause=in_force(settings.leave_chain, day).clause,
    )


def plan_day(
    day: date,
    *,
    calendar: Calendar,
    settings: AttendanceSettings,
    zone: ZoneInfo,
    timetable: Timetable | None = None,
) -> DayPlan:
    """The plan of a day by the hall's timetable, or by the one given instead of it."""
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
        rules=judging_rules(settings, day),
    )

"""The settings that a half day is judged by, picked out of a preset for one day."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class JudgingSettings:
    """What a half day is judged by on one day, and the clauses of hours and leave."""

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


def judging_settings(settings: AttendanceSettings, day: date) -> JudgingSettings:
    """The judging settings that hold on a day; raises NotInForceError before the first ones."""
    return JudgingSettings(
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

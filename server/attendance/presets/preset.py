"""A regulation as data: every number with its clause and the date it holds from."""

from pydantic import ConfigDict, Field

from server.attendance.presets.cover import (
    CoverAdmission,
    CoverCharge,
    CoverEnrolment,
    CoverLimit,
    CoverSigning,
)
from server.attendance.presets.dated import History, Value
from server.attendance.presets.judging import (
    AbsencePoints,
    Accumulation,
    Away,
    EarlyLeave,
    LapsePoints,
    Lateness,
    Objection,
    Presence,
    ProxySigning,
    Publication,
    Punching,
    UnitNotice,
)
from server.attendance.presets.leave import LeaveChain, LeaveCover, LeaveEvidence
from server.attendance.timetable import Timetable


class PresetHall(Value):
    """Whose regulation it is, and what it is called."""

    name: str = Field(min_length=1)
    regulation: str = Field(min_length=1)


class AttendanceSettings(Value):
    """The attendance section of a preset: for each setting its entries, oldest first.

    `in_force(settings.lateness, day)` is the entry that holds on a day.
    """

    timetable: History[Timetable]
    punching: History[Punching]
    presence: History[Presence]
    lateness: History[Lateness]
    early_leave: History[EarlyLeave]
    away: History[Away]
    proxy_signing: History[ProxySigning]
    leave_chain: History[LeaveChain]
    leave_evidence: History[LeaveEvidence]
    leave_cover: History[LeaveCover]
    accumulation: History[Accumulation]
    publication: History[Publication]
    objection: History[Objection]
    unit_notice: History[UnitNotice]
    lapse_points: History[LapsePoints]
    absence_points: History[AbsencePoints]
    cover_admission: History[CoverAdmission]
    cover_charge: History[CoverCharge]
    cover_limit: History[CoverLimit]
    cover_signing: History[CoverSigning]
    cover_enrolment: History[CoverEnrolment]


class Preset(Value):
    """A hall's regulation as far as attendance reads it; other sections are read by others."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    hall: PresetHall
    attendance: AttendanceSettings

"""A regulation as data: every number with its clause and the date it holds from."""

from dataclasses import dataclass
from datetime import date

from pydantic import ConfigDict, Field

from server.attendance.cover_settings import (
    CoverAdmission,
    CoverCharge,
    CoverEnrolment,
    CoverLimit,
    CoverSigning,
)
from server.attendance.dated import History, Value, in_force
from server.attendance.judging_settings import (
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
from server.attendance.leave_settings import LeaveChain, LeaveCover, LeaveEvidence
from server.attendance.timetable import Timetable


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The attendance settings of one day: for each setting the entry that holds."""

    timetable: Timetable
    punching: Punching
    presence: Presence
    lateness: Lateness
    early_leave: EarlyLeave
    away: Away
    proxy_signing: ProxySigning
    leave_chain: LeaveChain
    leave_evidence: LeaveEvidence
    leave_cover: LeaveCover
    accumulation: Accumulation
    publication: Publication
    objection: Objection
    unit_notice: UnitNotice
    cover_admission: CoverAdmission
    cover_charge: CoverCharge
    cover_limit: CoverLimit
    cover_signing: CoverSigning
    cover_enrolment: CoverEnrolment
    lapse_points: LapsePoints
    absence_points: AbsencePoints


class AttendanceSettings(Value):
    """The attendance section of a preset; each setting is the list of its dated entries."""

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
    cover_admission: History[CoverAdmission]
    cover_charge: History[CoverCharge]
    cover_limit: History[CoverLimit]
    cover_signing: History[CoverSigning]
    cover_enrolment: History[CoverEnrolment]
    lapse_points: History[LapsePoints]
    absence_points: History[AbsencePoints]


class PresetHall(Value):
    """Whose regulation it is, and what it is called."""

    name: str = Field(min_length=1)
    regulation: str = Field(min_length=1)


class Preset(Value):
    """A hall's regulation as far as attendance reads it; other sections are read by others."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    hall: PresetHall
    attendance: AttendanceSettings

    def on(self, day: date) -> RulesInForce:
        """The settings that hold on a day; raises NothingInForce before the first ones."""
        settings = self.attendance
        return RulesInForce(
            timetable=in_force(settings.timetable, day),
            punching=in_force(settings.punching, day),
            presence=in_force(settings.presence, day),
            lateness=in_force(settings.lateness, day),
            early_leave=in_force(settings.early_leave, day),
            away=in_force(settings.away, day),
            proxy_signing=in_force(settings.proxy_signing, day),
            leave_chain=in_force(settings.leave_chain, day),
            leave_evidence=in_force(settings.leave_evidence, day),
            leave_cover=in_force(settings.leave_cover, day),
            accumulation=in_force(settings.accumulation, day),
            publication=in_force(settings.publication, day),
            objection=in_force(settings.objection, day),
            unit_notice=in_force(settings.unit_notice, day),
            cover_admission=in_force(settings.cover_admission, day),
            cover_charge=in_force(settings.cover_charge, day),
            cover_limit=in_force(settings.cover_limit, day),
            cover_signing=in_force(settings.cover_signing, day),
            cover_enrolment=in_force(settings.cover_enrolment, day),
            lapse_points=in_force(settings.lapse_points, day),
            absence_points=in_force(settings.absence_points, day),
        )

"""The verdict (考勤判定) on one half day of one person."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from server.attendance.day_seconds import SECONDS_PER_MINUTE
from server.attendance.reasons import Reason
from server.attendance.timetable import HalfDay


class VerdictKind(StrEnum):
    """What a half day is judged to be."""

    PRESENT = "present"  # 出勤
    LATE = "late"  # 迟到
    EARLY_LEAVE = "early_leave"  # 早退
    ABSENT = "absent"  # 旷工
    ON_LEAVE = "on_leave"  # 请假
    PENDING = "pending"  # 待判定


@dataclass(frozen=True, slots=True)
class Lapse:
    """One late arrival or early leave: by how many seconds, None where there is no punch."""

    seconds: int | None

    @property
    def minutes(self) -> int | None:
        """Whole minutes, as they are reported."""
        return None if self.seconds is None else self.seconds // SECONDS_PER_MINUTE


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on a half day; the first reason decided it, the others add to it.

    A half day can be both late and left early: two lapses that count twice, and the kind, of which
    a half day has one, is then LATE. An absent half day has no lapses (五.2).
    """

    day: date
    half: HalfDay
    kind: VerdictKind
    reasons: tuple[Reason, ...]
    late: Lapse | None = None
    early: Lapse | None = None
    signed_in: time | None = None
    signed_out: time | None = None

    @property
    def lapses(self) -> int:
        """How many late arrivals and early leaves the half day counts for: 0, 1 or 2."""
        return (self.late is not None) + (self.early is not None)

    @property
    def clause(self) -> str:
        """The clause that decided."""
        return self.reasons[0].clause

"""What a verdict is made from: punches, signatures, patrol findings, leave, cover, proxies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from server.attendance.presets.judging import ProxyRole
from server.attendance.presets.leave import LeaveKind
from server.attendance.timetable import HalfDay


class PunchMethod(StrEnum):
    """How a person proved to be there."""

    FINGERPRINT = "fingerprint"  # 指纹
    FACE = "face"  # 人脸
    CARD = "card"  # 刷卡
    PASSWORD = "password"  # noqa: S105 - a way to punch 密码
    CORRECTION = "correction"  # 更正, attested by the office


class PunchStanding(StrEnum):
    """Whether a punch may be counted."""

    VALID = "valid"
    QUARANTINED = "quarantined"  # unknown terminal, impossible time
    FLAGGED = "flagged"  # doubted, e.g. the terminal's clock was wrong, or a proxy signed


@dataclass(frozen=True, slots=True)
class PunchTime:
    """One punch as the rules see it: no direction, that comes from the time."""

    at: datetime
    method: PunchMethod = PunchMethod.FINGERPRINT
    standing: PunchStanding = PunchStanding.VALID


@dataclass(frozen=True, slots=True)
class HandSignature:
    """One signature at the guidance desk; it counts once the desk clerk has confirmed it."""

    at: datetime
    confirmed: bool


@dataclass(frozen=True, slots=True)
class AwayFinding:
    """A patrol found a person away, first at `since` and still at `until` (五.4)."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Leave:
    """A granted leave, end excluded; `cover_since` is when the cover was on post, if ever.

    A leave that was cancelled or not granted is not given to the rules.
    """

    start: datetime
    end: datetime
    kind: LeaveKind
    cover_required: bool = False
    cover_since: datetime | None = None

    def cut_short(self, back_at: datetime) -> "Leave":
        """The leave after an early return."""
        return replace(self, end=max(self.start, min(self.end, back_at)))


@dataclass(frozen=True, slots=True)
class ProxyInvolvement:
    """A person's part in a proxy-signed punch, and in which half day it was made."""

    day: date
    half: HalfDay
    role: ProxyRole


class CoverStanding(StrEnum):
    """How a cover stands on one day."""

    BY_HAND = "by_hand"  # 手工签到
    BY_FINGERPRINT = "by_fingerprint"  # 指纹考勤
    OFF_DUTY = "off_duty"  # 不在顶岗期


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything known about one person that may touch one day, in any order.

    `cover` is None for regular staff. Items of other days do no harm.
    """

    punches: Sequence[PunchTime] = ()
    signatures: Sequence[HandSignature] = ()
    away: Sequence[AwayFinding] = ()
    leaves: Sequence[Leave] = ()
    proxies: Sequence[ProxyInvolvement] = ()
    cover: CoverStanding | None = None

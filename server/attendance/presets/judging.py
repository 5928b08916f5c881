"""Settings that verdicts, counts and points are made with (窗口管理制度 五, 十一)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from server.attendance.presets.dated import Dated

Minutes = Annotated[int, Field(ge=0, le=1440)]
Points = Annotated[float, Field(ge=0, multiple_of=0.5, allow_inf_nan=False)]


class PeriodKind(StrEnum):
    """A span that something is counted over."""

    WEEK = "week"  # 周
    MONTH = "month"  # 月
    QUARTER = "quarter"  # 季度
    YEAR = "year"  # 年


class ProxyRole(StrEnum):
    """The two sides of a punch made by someone else (代签)."""

    SIGNER = "signer"  # 代签人
    SIGNED_FOR = "signed_for"  # 被代签人


class Punching(Dated):
    """When a punch can serve as a sign-in or a sign-out, and which punches are one.

    A sign-in may come from `in_opens_minutes` before work, a sign-out until
    `out_closes_minutes` after it. Punches at most `fold_seconds` apart serve one slot only.
    Without `seconds_count` a punch counts by its minute.
    """

    in_opens_minutes: Minutes
    out_closes_minutes: Minutes
    fold_seconds: Annotated[int, Field(ge=0, le=3600)]
    seconds_count: bool = True


class Lateness(Dated):
    """A sign-in more than `grace_minutes` after the start is late (五.2)."""

    grace_minutes: Minutes


class EarlyLeave(Dated):
    """A sign-out more than `grace_minutes` before the end is an early leave (五.2)."""

    grace_minutes: Minutes


class Presence(Dated):
    """The half day as the unit: signed in and out it is present, neither it is absent (五.2)."""


class Away(Dated):
    """Out without leave for more than `limit_minutes` of working time is absent (五.2)."""

    limit_minutes: Minutes


class ProxySigning(Dated):
    """Whom a proxy-signed punch makes absent once (五.3)."""

    absent: tuple[ProxyRole, ...]


class Accumulation(Dated):
    """`lapses` late arrivals and early leaves within a period make `absent_days` (五.6).

    `deducts` says whether that day costs points again, on top of the lapses' own.
    """

    lapses: Annotated[int, Field(ge=1)]
    absent_days: Annotated[int, Field(ge=1)]
    period: PeriodKind
    deducts: bool


class LapsePoints(Dated):
    """Points that a late arrival and an early leave cost (十一.3 工作纪律 (1))."""

    late: Points
    early_leave: Points


class AbsencePoints(Dated):
    """Points that an absent half day and a whole absent day cost (十一.3 工作纪律 (3))."""

    half_day: Points
    day: Points


class Publication(Dated):
    """How often results are published (五.7)."""

    every: PeriodKind


class Objection(Dated):
    """Objections are valid within `days` after publication (五.8); `working` counts workdays."""

    days: Annotated[int, Field(ge=1, le=60)]
    working: bool


class UnitNotice(Dated):
    """How often each unit is told of its staff's attendance (五.9)."""

    every: PeriodKind

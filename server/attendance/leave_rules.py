"""Leave (窗口管理制度 五.5): how long it is, and what it takes to grant it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import SECONDS_PER_MINUTE
from server.attendance.presets.leave import (
    LeaveBand,
    LeaveChain,
    LeaveCover,
    LeaveEvidence,
    LeaveForm,
    LeaveKind,
    LeaveStep,
)


@dataclass(frozen=True, slots=True)
class LeaveLength:
    """A leave in working time: whole seconds, and days, of which each half day is a half."""

    seconds: int
    days: Fraction


@dataclass(frozen=True, slots=True)
class LeaveRequirements:
    """What a leave needs before it is granted; `document` is None where none must be shown."""

    form: LeaveForm
    steps: tuple[LeaveStep, ...]
    document: str | None
    cover: bool
    clause: str


@dataclass(frozen=True, slots=True)
class LeaveLack:
    """What a leave still lacks; `step` is the one whose turn it is, None when all are taken."""

    step: LeaveStep | None
    document: bool
    cover: bool

    @property
    def nothing(self) -> bool:
        """Whether the leave may be granted."""
        return self.step is None and not self.document and not self.cover


def leave_length(start: datetime, end: datetime, plans: Iterable[DayPlan]) -> LeaveLength:
    """The working time from start to end (excluded); `plans` are the person's days it spans.

    Days off count nothing, so a Friday and the Monday after it are two days.
    """
    seconds, days = 0, Fraction(0)
    for plan in plans:
        first, last = plan.second_of(start), plan.second_of(end)
        for span in plan.spans:
            missed = max(0, min(last, span.end) - max(first, span.start))
            seconds += missed
            days += Fraction(missed, (span.end - span.start) * len(plan.spans))
    return LeaveLength(seconds, days)


def band_for(length: LeaveLength, chain: LeaveChain) -> LeaveBand:
    """The first band that a leave fits into; a limit belongs to its band."""
    return next(band for band in chain.band if _fits(length, band))


def _fits(length: LeaveLength, band: LeaveBand) -> bool:
    if band.up_to_minutes is not None:
        return length.seconds <= band.up_to_minutes * SECONDS_PER_MINUTE
    return band.up_to_days is None or length.days <= Fraction(band.up_to_days)


def leave_requirements(
    kind: LeaveKind,
    length: LeaveLength,
    *,
    chain: LeaveChain,
    evidence: LeaveEvidence,
    cover: LeaveCover,
) -> LeaveRequirements:
    """The form, the approval chain, the document and the cover that a leave needs."""
    band = band_for(length, chain)
    return LeaveRequirements(
        form=band.form,
        steps=band.steps,
        document=evidence.document if kind in evidence.kinds else None,
        cover=length.days >= Fraction(cover.from_days),
        clause=chain.clause,
    )


def leave_lack(
    required: LeaveRequirements,
    *,
    taken: Collection[LeaveStep],
    document_shown: bool,
    cover_named: bool,
) -> LeaveLack:
    """What still stands between a leave and its grant; steps are taken in their order."""
    return LeaveLack(
        step=next((step for step in required.steps if step not in taken), None),
        document=required.document is not None and not document_shown,
        cover=required.cover and not cover_named,
    )

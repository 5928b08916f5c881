"""Counts of a period and the points they cost (窗口管理制度 五.6, 十一.3 工作纪律)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from server.attendance.presets.judging import AbsencePoints, Accumulation, LapsePoints
from server.attendance.verdicts import Verdict, VerdictKind

WHOLE_DAY = 2  # half days


@dataclass(frozen=True, slots=True)
class Tally:
    """One person's half days by kind, late arrivals and early leaves, and what these add up to.

    A half day both late and left early counts once in each of `late` and `early_leave`.
    `accumulated_days` are whole absent days made of lapses; `lapses_over` remain.
    """

    half_days: int
    present: int
    on_leave: int
    absent: int
    pending: int
    late: int
    early_leave: int
    accumulated_days: int
    lapses_over: int


def tally(verdicts: Iterable[Verdict], accumulation: Accumulation) -> Tally:
    """Count one person's verdicts of one accumulation period.

    `accumulation` is the setting that holds on the period's last day.
    """
    judged = list(verdicts)
    kinds = Counter(verdict.kind for verdict in judged)
    late = sum(verdict.late is not None for verdict in judged)
    early = sum(verdict.early is not None for verdict in judged)
    times, over = divmod(late + early, accumulation.lapses)
    return Tally(
        half_days=len(judged),
        present=kinds[VerdictKind.PRESENT],
        on_leave=kinds[VerdictKind.ON_LEAVE],
        absent=kinds[VerdictKind.ABSENT],
        pending=kinds[VerdictKind.PENDING],
        late=late,
        early_leave=early,
        accumulated_days=times * accumulation.absent_days,
        lapses_over=over,
    )


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points that one day, or with `day` None the accumulated lapses, cost under a clause."""

    day: date | None
    points: float
    clause: str


def day_deductions(
    verdicts: Iterable[Verdict], lapses: LapsePoints, absence: AbsencePoints
) -> tuple[Deduction, ...]:
    """What the verdicts of one person's one day cost: each lapse, and absence by its length."""
    found = []
    absent = []
    for verdict in verdicts:
        points = lapses.late * (verdict.late is not None)
        points += lapses.early_leave * (verdict.early is not None)
        if points:
            found.append(Deduction(verdict.day, points, lapses.clause))
        if verdict.kind is VerdictKind.ABSENT:
            absent.append(verdict)
    if absent:
        points = absence.day if len(absent) >= WHOLE_DAY else absence.half_day
        found.append(Deduction(absent[0].day, points, absence.clause))
    return tuple(found)


def accumulated_deduction(
    counted: Tally, accumulation: Accumulation, absence: AbsencePoints
) -> Deduction | None:
    """What the absent days made of lapses cost; None where the hall does not deduct again."""
    if not accumulation.deducts or not counted.accumulated_days:
        return None
    return Deduction(None, counted.accumulated_days * absence.day, accumulation.clause)

"""One half day with everything that bears on it gathered: what the rules then decide on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import SECONDS_PER_DAY, clock_time
from server.attendance.evidence import (
    AwayFinding,
    CoverStanding,
    Evidence,
    ProxyInvolvement,
    PunchStanding,
)
from server.attendance.excuses import Excuse, excuse
from server.attendance.reasons import Reason
from server.attendance.side_notes import side_notes
from server.attendance.slots import Side, Slot, assign, slots_of
from server.attendance.verdicts import Lapse, Verdict, VerdictKind


@dataclass(frozen=True, slots=True)
class HalfCase:
    """A half day ready to be judged.

    `served` holds its slots with the second that serves each; `away` the patrol findings in
    seconds; `over` whether no further punch can come for it.
    """

    plan: DayPlan
    excuse: Excuse
    served: tuple[tuple[Slot, int | None], ...]
    away: tuple[tuple[int, int], ...]
    proxies: tuple[ProxyInvolvement, ...]
    over: bool
    notes: tuple[Reason, ...]

    @property
    def regular(self) -> bool:
        """Whether every slot is served within the grace."""
        return all(second is not None and slot.is_regular(second) for slot, second in self.served)

    def verdict(
        self,
        kind: VerdictKind,
        *reasons: Reason,
        late: Lapse | None = None,
        early: Lapse | None = None,
    ) -> Verdict:
        """The verdict on this half day, for these reasons and with its notes."""
        served = {slot.side: second for slot, second in self.served if second is not None}
        signed_in, signed_out = served.get(Side.IN), served.get(Side.OUT)
        return Verdict(
            day=self.plan.day,
            half=self.excuse.span.half,
            kind=kind,
            reasons=(*reasons, *self.notes),
            late=late,
            early=early,
            signed_in=None if signed_in is None else clock_time(signed_in),
            signed_out=None if signed_out is None else clock_time(signed_out),
        )


def half_cases(plan: DayPlan, evidence: Evidence, as_of: datetime) -> Iterator[HalfCase]:
    """The half days of a person's day, in order."""
    excuses = [excuse(plan, span, evidence.leaves) for span in plan.spans]
    slots = plan.slots
    if evidence.leaves:
        worked = [each.worked for each in excuses if each.worked is not None]
        slots = slots_of(worked, plan.punches_per_day, plan.rules)
    seconds = _counted_seconds(plan, evidence)
    served = tuple(
        zip(slots, assign(slots, seconds, plan.rules.punching.fold_seconds), strict=True)
    )
    notes = side_notes(plan, evidence, served)
    now = plan.second_of(as_of)
    away = _away(plan, evidence.away)
    for each in excuses:
        half = each.span.half
        own = tuple(pair for pair in served if pair[0].half is half)
        yield HalfCase(
            plan=plan,
            excuse=each,
            served=own,
            away=away,
            proxies=tuple(
                found for found in evidence.proxies if found.day == plan.day and found.half is half
            ),
            over=all(slot.closes <= now for slot, _ in own),
            notes=notes.get(half, ()),
        )


def _counted_seconds(plan: DayPlan, evidence: Evidence) -> list[int]:
    """The moments a person signed on this day, distinct and ascending.

    Punches that are quarantined or flagged do not count; signatures count for cover staff who
    sign by hand, once confirmed.
    """
    moments = {
        plan.counted_second(punch.at)
        for punch in evidence.punches
        if punch.standing is PunchStanding.VALID
    }
    if evidence.cover is CoverStanding.BY_HAND:
        moments |= {plan.counted_second(each.at) for each in evidence.signatures if each.confirmed}
    return sorted(moment for moment in moments if 0 <= moment < SECONDS_PER_DAY)


def _away(plan: DayPlan, findings: Sequence[AwayFinding]) -> tuple[tuple[int, int], ...]:
    """Patrol findings as spans of seconds, those that meet or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(
        (plan.second_of(found.since), plan.second_of(found.until)) for found in findings
    ):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)

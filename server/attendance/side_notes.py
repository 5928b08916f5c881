"""Notes beside a verdict: punches set aside or of no use, passwords, signatures without effect."""

from collections.abc import Iterator, Mapping, Sequence

from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import SECONDS_PER_DAY, clock_text
from server.attendance.evidence import (
    CoverStanding,
    Evidence,
    HandSignature,
    PunchMethod,
    PunchStanding,
    PunchTime,
)
from server.attendance.reasons import Reason, ReasonKey
from server.attendance.slots import Slot
from server.attendance.timetable import HalfDay

Served = Sequence[tuple[Slot, int | None]]
Remark = tuple[ReasonKey, str]


def side_notes(
    plan: DayPlan, evidence: Evidence, served: Served
) -> Mapping[HalfDay, tuple[Reason, ...]]:
    """The notes of each half day, in order of time."""
    notes: dict[HalfDay, tuple[Reason, ...]] = {}
    for second, key, clause in sorted(set(_remarks(plan, evidence, served))):
        half = _half_of(second, key, served)
        if half is not None and 0 <= second < SECONDS_PER_DAY:
            reason = Reason(key, clause, {"at": clock_text(second)})
            notes[half] = (*notes.get(half, ()), reason)
    return notes


def _remarks(
    plan: DayPlan, evidence: Evidence, served: Served
) -> Iterator[tuple[int, ReasonKey, str]]:
    used = {second for _, second in served}
    incomplete = None in used
    for punch in evidence.punches:
        if not incomplete and _is_plain(punch):
            continue
        second = plan.counted_second(punch.at)
        remark = _on_punch(plan, punch, used=second in used, incomplete=incomplete)
        if remark is not None:
            yield second, *remark
    for signature in evidence.signatures:
        remark = _on_signature(plan, signature, evidence.cover)
        if remark is not None:
            yield plan.counted_second(signature.at), *remark


def _on_punch(plan: DayPlan, punch: PunchTime, *, used: bool, incomplete: bool) -> Remark | None:
    """A punch that found no use is worth a note only on a day that lacks one."""
    rules = plan.rules
    if punch.standing is not PunchStanding.VALID:
        return ReasonKey.PUNCH_EXCLUDED, rules.punching.clause
    if used and punch.method is PunchMethod.PASSWORD:
        return ReasonKey.PASSWORD_USED, rules.proxy_signing.clause
    if incomplete and not used:
        return ReasonKey.PUNCH_UNUSED, rules.punching.clause
    return None


def _is_plain(punch: PunchTime) -> bool:
    return punch.standing is PunchStanding.VALID and punch.method is not PunchMethod.PASSWORD


def _on_signature(
    plan: DayPlan, signature: HandSignature, cover: CoverStanding | None
) -> Remark | None:
    rules = plan.rules
    if cover is None:
        return ReasonKey.HAND_NOT_ACCEPTED, rules.punching.clause
    if cover is CoverStanding.BY_FINGERPRINT:
        return ReasonKey.HAND_EXPIRED, rules.cover_enrolment.clause
    if not signature.confirmed:
        return ReasonKey.HAND_UNCONFIRMED, rules.cover_signing.clause
    return None


def _half_of(second: int, key: ReasonKey, served: Served) -> HalfDay | None:
    """The half day that a moment is nearest to; for an unused punch, of those that lack one."""
    unused = key is ReasonKey.PUNCH_UNUSED
    near = min(
        (slot for slot, by in served if by is None or not unused),
        key=lambda slot: abs(second - slot.due),
        default=None,
    )
    return near.half if near else None

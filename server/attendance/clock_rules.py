"""五.2 by the punches alone: late, left early, both, or present."""

from server.attendance.day_seconds import SECONDS_PER_MINUTE, clock_text
from server.attendance.half_cases import HalfCase
from server.attendance.reasons import Reason, ReasonKey
from server.attendance.slots import Side, Slot
from server.attendance.verdicts import Lapse, Verdict, VerdictKind

ONE_PUNCH = {Side.IN: ReasonKey.SIGNED_IN, Side.OUT: ReasonKey.SIGNED_OUT}


def judge_by_the_clock(case: HalfCase) -> Verdict:
    """五.2: late, left early, both or present, by the punches that serve the slots."""
    late = early = None
    reasons = []
    for slot, second in case.served:
        if second is not None and slot.is_regular(second):
            continue
        if slot.side is Side.IN:
            late = Lapse(None if second is None else second - slot.due)
            reasons.append(_late_reason(case, slot, second))
        else:
            early = Lapse(None if second is None else slot.due - second)
            reasons.append(_early_reason(case, slot, second))
    kind = VerdictKind.LATE if late else VerdictKind.EARLY_LEAVE if early else VerdictKind.PRESENT
    if not reasons:
        reasons.append(_present_reason(case))
    return case.verdict(kind, *reasons, *_part_leave(case), late=late, early=early)


def _late_reason(case: HalfCase, slot: Slot, second: int | None) -> Reason:
    rule = case.plan.rules.lateness
    if second is None:
        return Reason(ReasonKey.NO_SIGN_IN, rule.clause, {"due": clock_text(slot.due)})
    parameters = _distance(slot, second, second - slot.due, rule.grace_minutes)
    return Reason(ReasonKey.LATE, rule.clause, parameters)


def _early_reason(case: HalfCase, slot: Slot, second: int | None) -> Reason:
    rule = case.plan.rules.early_leave
    if second is None:
        return Reason(ReasonKey.NO_SIGN_OUT, rule.clause, {"due": clock_text(slot.due)})
    parameters = _distance(slot, second, slot.due - second, rule.grace_minutes)
    return Reason(ReasonKey.EARLY_LEAVE, rule.clause, parameters)


def _distance(slot: Slot, second: int, seconds: int, grace: int) -> dict[str, str | int]:
    minutes, rest = divmod(seconds, SECONDS_PER_MINUTE)
    return {
        "at": clock_text(second),
        "due": clock_text(slot.due),
        "minutes": minutes,
        "seconds": rest,
        "grace": grace,
    }


def _present_reason(case: HalfCase) -> Reason:
    clause = case.plan.rules.presence.clause
    times = {slot.side: clock_text(second) for slot, second in case.served if second is not None}
    if len(times) > 1:
        return Reason(ReasonKey.PRESENT, clause, {"at": times[Side.IN], "out": times[Side.OUT]})
    ((side, at),) = times.items()
    return Reason(ONE_PUNCH[side], clause, {"at": at})


def _part_leave(case: HalfCase) -> list[Reason]:
    clause = case.plan.rules.leave_clause
    return [
        Reason(
            ReasonKey.PART_LEAVE,
            clause,
            {"since": clock_text(each.start), "until": clock_text(each.end)},
        )
        for each in case.excuse.permissions
    ]

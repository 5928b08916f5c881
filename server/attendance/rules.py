"""Judges half days (窗口管理制度 五): of the rules in `PRECEDENCE` the first that applies decides.

A verdict depends on the evidence alone, never on the order in which it arrived, and judging again
gives the same.

A further valid punch never makes a day worse: not more absent half days, and with as many not more
late arrivals and early leaves. The one exception follows from repetitions counting as one punch:
when the only punch between two half days is repeated within the fold, the pair serves the half day
that either lies nearest to, which may be the other one. Even then no more slots are irregular.
"""

from collections.abc import Callable
from datetime import datetime

from server.attendance.clock_rules import judge_by_the_clock
from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import SECONDS_PER_MINUTE, clock_text
from server.attendance.evidence import CoverStanding, Evidence
from server.attendance.half_cases import HalfCase, half_cases
from server.attendance.presets.judging import ProxyRole
from server.attendance.reasons import Reason, ReasonKey
from server.attendance.verdicts import Verdict, VerdictKind

Rule = Callable[[HalfCase], Verdict | None]

PROXY_REASONS = {
    ProxyRole.SIGNER: ReasonKey.PROXY_SIGNER,
    ProxyRole.SIGNED_FOR: ReasonKey.PROXY_SIGNED_FOR,
}


def judge_day(plan: DayPlan, evidence: Evidence, *, as_of: datetime) -> tuple[Verdict, ...]:
    """One verdict for each half day that the plan asks of a person; none on a day off.

    Cover staff outside their cover are asked nothing. Half days for which punches can still come
    at `as_of`, and days of a year not confirmed, are PENDING.
    """
    if evidence.cover is CoverStanding.OFF_DUTY:
        return ()
    return tuple(judge_half_day(case) for case in half_cases(plan, evidence, as_of))


def judge_half_day(case: HalfCase) -> Verdict:
    """The verdict on one half day."""
    for rule in PRECEDENCE:
        verdict = rule(case)
        if verdict is not None:
            return verdict
    return judge_by_the_clock(case)


def _unconfirmed(case: HalfCase) -> Verdict | None:
    """五.1: holidays and make-up days are the State Council's to set; until then no verdict."""
    if case.plan.confirmed:
        return None
    year = case.plan.day.year
    return case.verdict(
        VerdictKind.PENDING,
        Reason(ReasonKey.CALENDAR_UNCONFIRMED, case.plan.rules.calendar_clause, {"year": year}),
    )


def _proxy_signed(case: HalfCase) -> Verdict | None:
    """五.3: proxy signing makes both absent, once however often it was found."""
    rule = case.plan.rules.proxy_signing
    found = {each.role for each in case.proxies}
    role = next((role for role in rule.absent if role in found), None)
    if role is None:
        return None
    return case.verdict(VerdictKind.ABSENT, Reason(PROXY_REASONS[role], rule.clause))


def _on_leave(case: HalfCase) -> Verdict | None:
    """五.5: a half day that is all leave."""
    if case.excuse.worked is not None:
        return None
    leave = case.excuse.permissions[0].leave
    clause = case.plan.rules.leave_clause
    return case.verdict(
        VerdictKind.ON_LEAVE, Reason(ReasonKey.ON_LEAVE, clause, {"leave": leave.kind})
    )


def _not_over(case: HalfCase) -> Verdict | None:
    """A half day for which punches can still come."""
    if case.over:
        return None
    clause = case.plan.rules.presence.clause
    return case.verdict(VerdictKind.PENDING, Reason(ReasonKey.NOT_OVER, clause))


def _away(case: HalfCase) -> Verdict | None:
    """五.2: out for more than the limit in working time without leave, as patrols found."""
    rule = case.plan.rules.away
    outing = max(_outings(case), key=lambda span: span[1] - span[0], default=None)
    if outing is None or outing[1] - outing[0] <= rule.limit_minutes * SECONDS_PER_MINUTE:
        return None
    since, until = outing
    parameters: dict[str, str | int] = {
        "since": clock_text(since),
        "until": clock_text(until),
        "minutes": (until - since) // SECONDS_PER_MINUTE,
        "limit": rule.limit_minutes,
    }
    return case.verdict(VerdictKind.ABSENT, Reason(ReasonKey.AWAY, rule.clause, parameters))


def _outings(case: HalfCase) -> list[tuple[int, int]]:
    """Findings within working time, with the time on leave taken out."""
    span = case.excuse.span
    pieces = [(max(since, span.start), min(until, span.end)) for since, until in case.away]
    for permission in case.excuse.permissions:
        pieces = [
            piece
            for since, until in pieces
            for piece in (
                (since, min(until, permission.start)),
                (max(since, permission.end), until),
            )
        ]
    return [(since, until) for since, until in pieces if since < until]


def _left_without_cover(case: HalfCase) -> Verdict | None:
    """五.5(3): whoever leaves before the cover is on post is absent; whoever stayed is not."""
    if case.excuse.uncovered is None or case.regular:
        return None
    rule = case.plan.rules.leave_cover
    return case.verdict(VerdictKind.ABSENT, Reason(ReasonKey.LEAVE_WITHOUT_COVER, rule.clause))


def _no_punches(case: HalfCase) -> Verdict | None:
    """五.2: neither signed in nor out."""
    if any(second is not None for _, second in case.served):
        return None
    clause = case.plan.rules.presence.clause
    return case.verdict(VerdictKind.ABSENT, Reason(ReasonKey.NO_PUNCHES, clause))


PRECEDENCE: tuple[Rule, ...] = (
    _unconfirmed,
    _proxy_signed,
    _on_leave,
    _not_over,
    _away,
    _left_without_cover,
    _no_punches,
)

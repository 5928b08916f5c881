"""Why this number, and why before mine: one sentence, from what was stored at the call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from server.catalogue.models import Counter, CounterQueue
from server.i18n import N_
from server.problems import NotFound
from server.queueing.lanes import Lane
from server.queueing.models import Call, Ticket
from server.queueing.rules import CallRule
from server.work import Work

LANE_WORDS: Mapping[Lane, str] = {
    Lane.GREEN: N_("绿色通道"),
    Lane.PRIORITY: N_("优先"),
    Lane.APPOINTMENT: N_("预约"),
    Lane.ORDINARY: N_("普通"),
}

BY_NUMBER = N_("{first} 是窗口人员因“{reason}”直接呼叫的，没有改变其他人的次序。")
RESERVED = N_("{first} 是转到 {counter} 号窗口继续办理的，只在这个窗口等候，不占用您的次序。")
OTHER_COUNTER = N_("呼叫 {first} 的 {counter} 号窗口不办理 {mine} 的事项，两个号不在同一队。")
NOT_YET = N_("呼叫 {first} 时（{called}），{mine} 还没有在队里等候（{waits}）。")
EARLIER = N_("{first} 从 {first_waits} 开始等候，早于 {mine} 的 {waits}，按先来后到先叫。")
RETURNED = N_("{mine} 过号后回队，按规定排在已等候的几位之后，{first} 在它前面。")
IN_TURN = N_(
    "{counter} 号窗口按比例轮流呼叫各类号，呼叫 {first} 时轮到{lane}号，下一轮会轮到您这一类。"
)
BY_WEIGHT = N_("{first} 是{lane}号，按等候时间乘以权重计算，呼叫时排在 {mine} 之前。")
DUE = N_("{first} 预约的时间是 {due}，到时间后与现场取号的轮流呼叫，这次轮到预约号。")
OVERFLOW = N_("{first} 等候已超过规定时间，{counter} 号窗口临时帮忙，先呼叫了它。")

CALLED_BY: Mapping[CallRule, str] = {
    CallRule.ARRIVAL: N_("{first} 从 {first_waits} 开始等候，在本窗口各队里最早，先来先叫。"),
    CallRule.SHARES: N_("各类号按比例轮流，这次轮到{lane}号，{first} 是其中最早的。"),
    CallRule.WEIGHTS: N_("{first} 是{lane}号，按等候时间乘以权重计算，排在最前。"),
    CallRule.RESERVED: N_("{first} 是转到这里继续办理的，只等候本窗口。"),
    CallRule.OVERFLOW: N_("本窗口先办的事项没有人等候，或 {first} 已等候过久，由本窗口帮忙办理。"),
    CallRule.EARLY: N_("没有其他人等候，{first} 预约的是 {due}，提前叫到。"),
    CallRule.NUMBER: N_("{first} 是按号码直接呼叫的，理由是“{reason}”。"),
}

_LAST_CALL = (
    select(Call.id)
    .where(
        Call.ticket_id == bindparam("ticket_id"),
        Call.repeat.is_(False),
        Call.taken_back_at.is_(None),
    )
    .order_by(Call.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A catalogue sentence and what fills its places; `words` are themselves to be translated."""

    message: str
    parameters: Mapping[str, str]
    words: Mapping[str, str]


def why_before(work: Work, call_id: int, ticket_id: int) -> Sentence:
    """Why a call was not of this ticket. Raises NotFound."""
    call = work.session.get(Call, call_id)
    mine = work.session.get(Ticket, ticket_id)
    if call is None or mine is None or {call.hall_id, mine.hall_id} != {work.hall_id}:
        raise NotFound(N_("没有找到这次呼叫或这张号票"))
    parameters = {
        **_parameters(work, call),
        "mine": mine.label,
        "waits": _at(work, mine.waits_since),
    }
    return _sentence(_reason(work, call, mine), call, parameters)


def why_called(work: Work, ticket: Ticket) -> Sentence | None:
    """Why a ticket was called to where it is; None when no call of it stands."""
    call_id = work.ask(_LAST_CALL, ticket_id=ticket.id).scalar_one_or_none()
    call = work.session.get(Call, call_id) if call_id is not None else None
    if call is None:
        return None
    return _sentence(CALLED_BY[CallRule(call.rule)], call, _parameters(work, call))


def _sentence(message: str, call: Call, parameters: Mapping[str, str]) -> Sentence:
    return Sentence(message, parameters, {"lane": LANE_WORDS[call.lane]})


def _parameters(work: Work, call: Call) -> dict[str, str]:
    first = call.ticket
    return {
        "first": first.label,
        "counter": str(work.session.get_one(Counter, call.counter_id).number),
        "reason": str(call.facts.get("reason", "")),
        "called": _at(work, call.called_at),
        "first_waits": _at(work, first.waits_since),
        "due": _at(work, first.due_at) if first.due_at is not None else "",
    }


def _at(work: Work, moment: datetime) -> str:
    return moment.astimezone(work.zone).strftime("%H:%M:%S")


def _reason(work: Work, call: Call, mine: Ticket) -> str:
    """The first thing that tells the two apart, the rule of the call before all others."""
    by_rule = {CallRule.NUMBER: BY_NUMBER, CallRule.RESERVED: RESERVED}
    message = by_rule.get(CallRule(call.rule))
    if message is not None:
        return message
    if not _serves(work, call.counter_id, mine.queue_id):
        return OTHER_COUNTER
    if mine.waits_since > call.called_at:
        return NOT_YET
    if call.rule == CallRule.OVERFLOW:
        return OVERFLOW
    return _within_queue(call, mine)


def _within_queue(call: Call, mine: Ticket) -> str:
    if call.lane is mine.lane:
        return RETURNED if mine.returns > 0 else EARLIER
    if call.lane is Lane.APPOINTMENT:
        return DUE
    return BY_WEIGHT if call.rule == CallRule.WEIGHTS else _turn(call.facts)


def _turn(facts: Mapping[str, Any]) -> str:
    """With one lane only at hand the other came alone, by its own arrival."""
    return IN_TURN if len(facts.get("heads", ())) > 1 else EARLIER


def _serves(work: Work, counter_id: int, queue_id: int) -> bool:
    served = select(CounterQueue.queue_id).where(
        CounterQueue.counter_id == counter_id, CounterQueue.queue_id == queue_id
    )
    return work.session.scalar(served) is not None


def last_call_of(work: Work, label: str) -> Call | None:
    """The latest call of a ticket of this label today that still stands."""
    return work.session.scalar(
        select(Call)
        .join(Ticket, Ticket.id == Call.ticket_id)
        .where(
            Call.hall_id == work.hall_id,
            Ticket.label == label.strip().upper(),
            Call.repeat.is_(False),
            Call.taken_back_at.is_(None),
        )
        .order_by(Call.id.desc())
        .limit(1)
    )

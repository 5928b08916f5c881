"""Calling a ticket to a counter: the next one, blindly, or one by its number, for a reason."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.orm import joinedload

from server.i18n import N_
from server.problems import Conflict, NotFound
from server.queueing.days import open_day, today
from server.queueing.events import TicketCalled
from server.queueing.line import assignments, left_of_round, waiting_for
from server.queueing.models import Call, QueueDay, Ticket
from server.queueing.pauses import require_open
from server.queueing.returning import put_back_in_line
from server.queueing.rules import CallRule, Choice, choose
from server.queueing.settings import queue_settings
from server.queueing.staffing import TicketInHand, active_ticket, require_duty
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import claim_turn, enter_period, require_ticket, step
from server.queueing.undoing import keep, remember
from server.work import Work

_CHOOSING = (
    select(QueueDay.hall_id)
    .where(QueueDay.hall_id == bindparam("hall_id"))
    .with_for_update(key_share=True)
)
_CLAIM = (
    update(Ticket)
    .where(Ticket.id == bindparam("claimed_id"), Ticket.state == TicketState.WAITING)
    .values(
        state=TicketState.CALLED,
        counter_id=bindparam("counter"),
        called_at=bindparam("at"),
        version=Ticket.version + 1,
    )
    .returning(Ticket.id)
)


class NobodyWaiting(Conflict):
    """No ticket waits for this counter."""

    code = "nobody-waiting"
    title = N_("没有等候的号")


class TooSoon(Conflict):
    """The ticket was called only just now."""

    code = "too-soon"
    title = N_("请稍等再呼叫")


def call_next(work: Work, counter_id: int, expected_version: int) -> Ticket:
    """Call the next ticket to the counter, as the policy has it.

    Raises NotFound, NotAtCounter, Stale, CounterIsPaused, TicketInHand, NobodyWaiting.
    """
    require_duty(work, counter_id)
    open_day(work)  # before the counter is locked: whoever begins the day locks the hall's tickets
    claim_turn(work, counter_id, expected_version)
    return call_best(work, counter_id)


def call_best(work: Work, counter_id: int) -> Ticket:
    """Call the next ticket within a turn that has been claimed. Raises as `call_next` does."""
    _require_free(work, counter_id)
    _wait_for_others(work)
    while (choice := _choose(work, counter_id)) is not None:
        before = remember(work, work.session.get_one(Ticket, choice.ticket.ticket_id))
        if _claim_ticket(work, choice.ticket.ticket_id, counter_id):
            ticket = _called(work, choice.ticket.ticket_id, before)
            _announce(work, ticket, choice.rule, _facts(work, choice))
            return ticket
    raise NobodyWaiting(N_("现在没有等候办理的群众"))


def call_number(
    work: Work, counter_id: int, expected_version: int, label: str, reason: str
) -> Ticket:
    """Call a waiting or missed ticket out of turn; the reason is kept and audited.

    Raises as `call_next` does, and NotFound when no such ticket waits.
    """
    open_day(work)
    claim_turn(work, counter_id, expected_version)
    _require_free(work, counter_id)
    _wait_for_others(work)
    ticket = _waiting_by_label(work, label)
    before = remember(work, ticket)
    facts = {"reason": reason, "left": dict(left_of_round(work, counter_id, today(work)))}
    if ticket.state is TicketState.NO_SHOW:
        put_back_in_line(work, ticket)
    if not _claim_ticket(work, ticket.id, counter_id):
        raise NotFound(N_("这个号已不在等候，请核对号码"))
    work.audit("ticket.call_by_number", f"ticket:{ticket.id}", label=ticket.label, reason=reason)
    ticket = _called(work, ticket.id, before)
    _announce(work, ticket, CallRule.NUMBER, facts)
    return ticket


def recall(work: Work, counter_id: int, expected_version: int) -> Ticket:
    """Announce the called ticket once more.

    Raises NotFound, NotAtCounter, Stale, NoTicketInHand, ActionNotAllowed, TooSoon.
    """
    claim_turn(work, counter_id, expected_version)
    ticket = require_ticket(work, counter_id)
    step(work, ticket, TicketAction.RECALL)
    last = work.session.scalar(
        select(Call.called_at).where(Call.ticket_id == ticket.id).order_by(Call.id.desc()).limit(1)
    )
    if last is not None and last <= work.now < last + queue_settings(work).recall_interval:
        raise TooSoon(N_("刚刚呼叫过，请稍等几秒再重呼"))
    _announce(work, ticket, CallRule.RECALL, {})
    return ticket


def _require_free(work: Work, counter_id: int) -> None:
    if active_ticket(work, counter_id) is not None:
        raise TicketInHand(N_("请先办结当前的号，再叫下一位"))
    require_open(work, counter_id)


def _wait_for_others(work: Work) -> None:
    """Let one counter of the hall choose at a time, each seeing what the one before it took.

    A claim that comes too late would leave PostgreSQL's lock on a ticket of another counter, whose
    next press would then wait for this transaction.
    """
    work.ask(_CHOOSING, hall_id=work.hall_id)


def _choose(work: Work, counter_id: int) -> Choice | None:
    settings = queue_settings(work)
    assigned = assignments(work, counter_id, settings)
    waiting = waiting_for(work, counter_id, work.actor.account_id, list(assigned))
    left = left_of_round(work, counter_id, today(work))
    return choose(waiting, left, settings.policy, assigned)


def _facts(work: Work, choice: Choice) -> dict[str, Any]:
    policy = queue_settings(work).policy
    return {
        "heads": [asdict(head) for head in choice.heads],
        "left": dict(choice.left),
        "shares": dict(policy.shares),
        "weights": dict(policy.weights),
    }


def _waiting_by_label(work: Work, label: str) -> Ticket:
    """Today's ticket of this label that waits or was missed. Raises NotFound."""
    ticket = work.session.scalar(
        select(Ticket)
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.label == label.strip().upper(),
            Ticket.state.in_((TicketState.WAITING, TicketState.NO_SHOW)),
            (Ticket.business_date == today(work)) | (Ticket.state == literal_column("'waiting'")),
        )
        .order_by(Ticket.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    if ticket is None:
        raise NotFound(N_("没有这个等候的号，请核对号码"))
    return ticket


def _claim_ticket(work: Work, ticket_id: int, counter_id: int) -> bool:
    """Take a waiting ticket for the counter; False when somebody else was faster.

    While another transaction is claiming the same ticket, the database waits for its end.
    """
    claim = work.ask(_CLAIM, claimed_id=ticket_id, counter=counter_id, at=work.now)
    return claim.scalar_one_or_none() is not None


def _called(work: Work, ticket_id: int, before: Mapping[str, Any]) -> Ticket:
    """Write down a call that has been claimed."""
    ticket = work.session.get_one(
        Ticket,
        ticket_id,
        options=[joinedload(Ticket.service), joinedload(Ticket.queue)],
        populate_existing=True,
    )
    enter_period(work, ticket)
    keep(work, ticket, TicketAction.CALL, before)
    work.audit("ticket.call", f"ticket:{ticket.id}", label=ticket.label)
    return ticket


def _announce(work: Work, ticket: Ticket, rule: CallRule, facts: Mapping[str, Any]) -> None:
    """Add the ticket's call to the ordered log of announcements."""
    assert ticket.counter_id is not None  # noqa: S101 - a called ticket has its counter
    ticket.calls += 1
    call = Call(
        hall_id=work.hall_id,
        business_date=today(work),
        ticket_id=ticket.id,
        counter_id=ticket.counter_id,
        called_at=work.now,
        repeat=rule is CallRule.RECALL,
        rule=rule.value,
        lane=ticket.lane,
        facts=dict(facts),
    )
    work.session.add(call)
    work.session.flush()
    work.record(TicketCalled(ticket_id=ticket.id, counter_id=ticket.counter_id, call_id=call.id))

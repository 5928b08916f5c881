"""The ticket in hand: start, finish, no-show, hold, resume, transfer."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select

from server.catalogue.models import Counter, Service
from server.i18n import N_
from server.people.models import Account
from server.problems import Invalid, NotFound
from server.queueing.calling import NobodyWaiting, call_best
from server.queueing.events import TicketMoved, TicketQueued
from server.queueing.models import Step, Ticket, Transfer
from server.queueing.pauses import require_open
from server.queueing.returning import walk_out
from server.queueing.settings import queue_settings
from server.queueing.staffing import (
    TicketInHand,
    active_ticket,
    duty_at,
    find_counter,
    is_on_duty,
)
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import (
    ActionNotAllowed,
    claim_turn,
    enter_period,
    find_ticket,
    require_ticket,
    step,
)
from server.queueing.undoing import UNDOABLE, keep, remember
from server.work import Work


@dataclass(frozen=True, slots=True)
class Target:
    """Where a ticket goes: another service, another counter, or a certain clerk."""

    service_id: int | None = None
    counter_id: int | None = None
    account_id: int | None = None


def advance(
    work: Work,
    counter_id: int,
    expected_version: int,
    action: TicketAction,
    cases: int | None = None,
) -> Ticket:
    """Start, finish, no-show or hold: take the ticket at the counter one step on.

    A visit of several services goes on to the next one when a service is finished. `cases` corrects
    how many cases the ticket was worth.
    Raises NotFound, NotAtCounter, Stale, NoTicketInHand, ActionNotAllowed.
    """
    claim_turn(work, counter_id, expected_version)
    ticket = require_ticket(work, counter_id)
    if action is TicketAction.MARK_NO_SHOW:
        _require_enough_calls(work, ticket)
    before = remember(work, ticket)
    if cases is not None:
        ticket.cases = cases
    following = _next_step(work, ticket) if action is TicketAction.FINISH else None
    if following is not None:
        _go_on(work, ticket, following)
    else:
        step(work, ticket, action)
        enter_period(work, ticket)
        if action in UNDOABLE:
            keep(work, ticket, action, before)
        work.record(
            TicketMoved(ticket_id=ticket.id, counter_id=counter_id, state=ticket.state.value)
        )
    _call_by_itself(work, counter_id, ticket)
    return ticket


def resume(work: Work, counter_id: int, expected_version: int, ticket_id: int) -> Ticket:
    """Go on with a ticket that was put on hold at this counter.

    Raises NotFound, NotAtCounter, Stale, TicketInHand, CounterIsPaused, ActionNotAllowed.
    """
    claim_turn(work, counter_id, expected_version)
    if active_ticket(work, counter_id) is not None:
        raise TicketInHand(N_("请先办结当前的号"))
    require_open(work, counter_id)
    ticket = _put_on_hold_here(work, counter_id, ticket_id)
    step(work, ticket, TicketAction.RESUME)
    enter_period(work, ticket)
    work.record(TicketMoved(ticket_id=ticket.id, counter_id=counter_id, state=ticket.state.value))
    return ticket


def let_go(work: Work, counter_id: int, expected_version: int, ticket_id: int) -> Ticket:
    """The citizen of a ticket on hold at this counter has left (弃号); again changes nothing.

    Raises NotFound, NotAtCounter, Stale, ActionNotAllowed.
    """
    claim_turn(work, counter_id, expected_version)
    return walk_out(work, _put_on_hold_here(work, counter_id, ticket_id).id)


def transfer(
    work: Work, counter_id: int, expected_version: int, target: Target, note: str
) -> Ticket:
    """Send the ticket in hand on; it keeps its number and its arrival time.

    Raises NotFound, NotAtCounter, Stale, NoTicketInHand, ActionNotAllowed, Invalid.
    """
    claim_turn(work, counter_id, expected_version)
    ticket = require_ticket(work, counter_id)
    _send(work, ticket, target, note)
    _call_by_itself(work, counter_id, ticket)
    return ticket


def _put_on_hold_here(work: Work, counter_id: int, ticket_id: int) -> Ticket:
    ticket = find_ticket(work, ticket_id)
    if ticket.counter_id != counter_id:
        raise NotFound(N_("这个窗口没有挂起这个号"))
    return ticket


def _send(work: Work, ticket: Ticket, target: Target, note: str) -> None:
    service_id = ticket.service_id
    from_counter = ticket.counter_id
    aim = _aim_of(work, target)
    step(work, ticket, TicketAction.TRANSFER, note=note)
    ticket.counter_id = None
    ticket.calls = 0
    enter_period(work, ticket)
    aim(ticket)
    work.session.add(
        Transfer(
            ticket_id=ticket.id,
            from_counter_id=from_counter,
            account_id=work.actor.account_id,
            from_service_id=service_id,
            note=note,
            transferred_at=work.now,
        )
    )
    work.record(
        TicketQueued(ticket_id=ticket.id, queue_id=ticket.queue_id, state=ticket.state.value)
    )


def _aim_of(work: Work, target: Target) -> Callable[[Ticket], None]:
    """What makes a ticket wait for the target. Raises Invalid, NotFound."""
    named = [target.service_id, target.counter_id, target.account_id]
    if sum(one is not None for one in named) != 1:
        raise Invalid(N_("请选择转到哪个窗口、事项或人员"))
    service = _service(work, target.service_id) if target.service_id is not None else None
    counter = _staffed(work, target.counter_id) if target.counter_id is not None else None
    clerk = _clerk(work, target.account_id) if target.account_id is not None else None

    def aim(ticket: Ticket) -> None:
        if service is not None:
            ticket.service, ticket.queue = service, service.queue
        ticket.target_counter_id = counter.id if counter is not None else None
        ticket.target_account_id = clerk.id if clerk is not None else None

    return aim


def _service(work: Work, service_id: int) -> Service:
    service = work.session.get(Service, service_id)
    if service is None or service.hall_id != work.hall_id or not service.active:
        raise NotFound(N_("没有这个事项"))
    return service


def _clerk(work: Work, account_id: int) -> Account:
    account = work.session.get(Account, account_id)
    if account is None or account.hall_id != work.hall_id or not is_on_duty(work, account_id):
        raise NotFound(N_("这位人员现在不在窗口，请选择其他人员"))
    return account


def _staffed(work: Work, counter_id: int) -> Counter:
    counter = find_counter(work, counter_id)
    if duty_at(work, counter_id) is None:
        raise NotFound(N_("这个窗口现在没有人员，请选择其他窗口"))
    return counter


def _require_enough_calls(work: Work, ticket: Ticket) -> None:
    if (
        ticket.state is TicketState.CALLED
        and ticket.calls < queue_settings(work).calls_before_no_show
    ):
        raise ActionNotAllowed(N_("请再呼叫一次，群众仍未到再标记过号"))


def _next_step(work: Work, ticket: Ticket) -> Step | None:
    """Close the step that the ticket is at; the one that follows, if its visit has another."""
    open_steps = work.session.scalars(
        select(Step)
        .where(Step.ticket_id == ticket.id, Step.finished_at.is_(None))
        .order_by(Step.position)
    ).all()
    for done in open_steps[:1]:
        done.finished_at = work.now
    return next(iter(open_steps[1:]), None)


def _go_on(work: Work, ticket: Ticket, following: Step) -> None:
    _send(work, ticket, Target(service_id=following.service_id), "")


def _call_by_itself(work: Work, counter_id: int, ticket: Ticket) -> None:
    """After the ticket has left the counter, call the next one if the clerk wants it so."""
    counter = work.session.get_one(Counter, counter_id)
    if not counter.auto_next or active_ticket(work, counter_id) is not None:
        return
    work.session.flush()
    with suppress(NobodyWaiting):
        call_best(work, counter_id)

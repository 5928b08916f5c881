"""Calling a ticket to a counter and taking it through to its end."""

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from server.catalogue.models import Counter, CounterQueue
from server.i18n import N_
from server.problems import Conflict, Stale
from server.queueing.events import TicketCalled, TicketMoved
from server.queueing.models import Call, Period, Ticket
from server.queueing.rules import CallRule, WaitingTicket, next_in_line
from server.queueing.staffing import TicketInHand, active_ticket, find_counter, require_duty
from server.queueing.states import TicketAction, TicketState, next_state
from server.work import Work


class NobodyWaiting(Conflict):
    """No ticket waits for this counter."""

    code = "nobody-waiting"
    title = N_("没有等候的号")


class NoTicketInHand(Conflict):
    """No ticket is at this counter."""

    code = "no-ticket-in-hand"
    title = N_("当前没有办理的号")


class ActionNotAllowed(Conflict):
    """The ticket's state does not take this action."""

    code = "action-not-allowed"
    title = N_("现在不能这样操作")


def call_next(work: Work, counter_id: int, expected_version: int) -> Ticket:
    """Call the next ticket of the counter's queues to the counter.

    Raises NotFound, NotAtCounter, Stale, TicketInHand, NobodyWaiting.
    """
    _claim_turn(work, counter_id, expected_version)
    if active_ticket(work, counter_id) is not None:
        raise TicketInHand(N_("请先办结当前的号,再叫下一位"))
    while (chosen := next_in_line(_heads(work, counter_id))) is not None:
        if _claim_ticket(work, chosen.ticket_id, counter_id):
            ticket = work.session.get_one(
                Ticket,
                chosen.ticket_id,
                options=[joinedload(Ticket.service), joinedload(Ticket.queue)],
                populate_existing=True,
            )
            _enter_period(work, ticket)
            _announce(work, ticket, CallRule.ARRIVAL)
            work.audit("ticket.call", f"ticket:{ticket.id}", label=ticket.label)
            return ticket
    raise NobodyWaiting(N_("现在没有等候办理的群众"))


def recall(work: Work, counter_id: int, expected_version: int) -> Ticket:
    """Announce the called ticket once more. Raises as `advance` does."""
    ticket = _step(work, counter_id, expected_version, TicketAction.RECALL)
    _announce(work, ticket, CallRule.RECALL)
    return ticket


def advance(work: Work, counter_id: int, expected_version: int, action: TicketAction) -> Ticket:
    """Start, finish or no-show: take the ticket at the counter one step on.

    Raises NotFound, NotAtCounter, Stale, NoTicketInHand, ActionNotAllowed.
    """
    ticket = _step(work, counter_id, expected_version, action)
    _enter_period(work, ticket)
    work.record(TicketMoved(ticket_id=ticket.id, counter_id=counter_id, state=ticket.state.value))
    return ticket


def _step(work: Work, counter_id: int, expected_version: int, action: TicketAction) -> Ticket:
    """Apply an action to the ticket in hand, by the table of transitions."""
    _claim_turn(work, counter_id, expected_version)
    ticket = active_ticket(work, counter_id)
    if ticket is None:
        raise NoTicketInHand(N_("请先叫号"))
    state = next_state(ticket.state, action)
    if state is None:
        raise ActionNotAllowed(N_("这个号的当前状态不能这样操作"))
    ticket.state = state
    ticket.version += 1
    work.audit(f"ticket.{action}", f"ticket:{ticket.id}", label=ticket.label)
    return ticket


def _claim_turn(work: Work, counter_id: int, expected_version: int) -> None:
    """Lock the counter for this press, if the page that pressed saw its latest state."""
    require_duty(work, counter_id)
    claimed = work.session.execute(
        update(Counter)
        .where(Counter.id == counter_id, Counter.version == expected_version)
        .values(version=Counter.version + 1)
        .returning(Counter.version)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    work.session.refresh(find_counter(work, counter_id))
    if claimed is None:
        raise Stale(N_("窗口状态刚有变化,请看清当前号码后再操作"))


def _heads(work: Work, counter_id: int) -> list[WaitingTicket]:
    """The earliest waiting ticket of each queue that the counter serves, none of them locked.

    A lock on tickets that are only considered would let other counters pass them over.
    """
    heads: list[WaitingTicket] = []
    queues = select(CounterQueue.queue_id).where(CounterQueue.counter_id == counter_id)
    for queue_id in work.session.scalars(queues):
        ticket_id = work.session.scalar(
            select(Ticket.id)
            .where(
                Ticket.hall_id == work.hall_id,
                Ticket.business_date == work.business_date,
                Ticket.queue_id == queue_id,
                Ticket.state == TicketState.WAITING,
            )
            .order_by(Ticket.id)
            .limit(1)
        )
        if ticket_id is not None:
            heads.append(WaitingTicket(ticket_id, queue_id, arrival=ticket_id))
    return heads


def _claim_ticket(work: Work, ticket_id: int, counter_id: int) -> bool:
    """Take a waiting ticket for the counter; False when somebody else was faster.

    While another transaction is claiming the same ticket, the database waits for its end.
    """
    claimed = work.session.execute(
        update(Ticket)
        .where(Ticket.id == ticket_id, Ticket.state == TicketState.WAITING)
        .values(
            state=TicketState.CALLED,
            counter_id=counter_id,
            called_at=work.now,
            version=Ticket.version + 1,
        )
        .returning(Ticket.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return claimed is not None


def _enter_period(work: Work, ticket: Ticket) -> None:
    """Close the ticket's open period and open the one of its new state."""
    left = work.session.scalars(
        select(Period).where(Period.ticket_id == ticket.id, Period.ended_at.is_(None))
    ).one()
    # A clock that was set back must neither give a negative wait nor let periods overlap.
    left.ended_at = max(left.started_at, work.now)
    work.session.flush()
    if ticket.state in {TicketState.SERVED, TicketState.NO_SHOW}:
        return
    work.session.add(
        Period(
            ticket_id=ticket.id,
            state=ticket.state,
            counter_id=ticket.counter_id,
            account_id=work.actor.account_id,
            started_at=left.ended_at,
        )
    )


def _announce(work: Work, ticket: Ticket, rule: CallRule) -> None:
    """Add the ticket's call to the ordered log of announcements."""
    assert ticket.counter_id is not None  # noqa: S101 - a called ticket has its counter
    ticket.calls += 1
    call = Call(
        hall_id=work.hall_id,
        business_date=work.business_date,
        ticket_id=ticket.id,
        counter_id=ticket.counter_id,
        called_at=work.now,
        repeat=rule is CallRule.RECALL,
        rule=rule.value,
    )
    work.session.add(call)
    work.session.flush()
    work.record(TicketCalled(ticket_id=ticket.id, counter_id=ticket.counter_id, call_id=call.id))

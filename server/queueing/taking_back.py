"""A counter is taken back from a clerk who has left it.

The ticket in hand is not lost: on its own day it goes back into its line at its own place, whether
it was called or being served. Once its day is over, one that was being served is served, and one
that was only called is missed (过号).
"""

from datetime import datetime, time

from sqlalchemy import select, update

from server.catalogue.models import Counter
from server.clock import business_date
from server.i18n import N_
from server.problems import Conflict
from server.queueing.days import today
from server.queueing.events import CallTakenBack, TicketMoved, TicketQueued
from server.queueing.models import Call, CounterDuty, Press, Ticket
from server.queueing.settings import queue_settings
from server.queueing.staffing import active_ticket, bump, duty_at, end_duty, find_counter
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import enter_period, open_period, step
from server.work import Work


class NobodyThere(Conflict):
    """No clerk is at this counter."""

    code = "nobody-there"
    title = N_("窗口没有人员")


def take_back_counter(work: Work, counter_id: int) -> None:
    """End the duty of whoever has the counter. Raises NotFound, NobodyThere."""
    find_counter(work, counter_id)
    bump(work, counter_id)  # first: a press at this counter ends before us or finds its clerk gone
    duty = duty_at(work, counter_id)
    if duty is None:
        raise NobodyThere(N_("这个窗口现在没有人员"))
    _take_back(work, duty)


def end_forgotten_duties(work: Work) -> int:
    """End the duties of earlier days at counters that have fallen silent; how many there were.

    Whoever works over midnight stays.
    """
    rows = work.session.scalars(
        select(CounterDuty)
        .join(Counter, Counter.id == CounterDuty.counter_id)
        .where(Counter.hall_id == work.hall_id, CounterDuty.left_at.is_(None))
        .order_by(CounterDuty.counter_id)
    )
    forgotten = [duty for duty in rows if _is_forgotten(work, duty)]
    for duty in forgotten:
        bump(work, duty.counter_id)
        _take_back(work, duty)
    return len(forgotten)


def _is_forgotten(work: Work, duty: CounterDuty) -> bool:
    if business_date(duty.taken_at, work.zone) >= today(work):
        return False
    signs = [duty.taken_at]
    ticket = active_ticket(work, duty.counter_id)
    if ticket is not None:
        signs.append(open_period(work, ticket).started_at)
    last_press = work.session.scalar(
        select(Press.pressed_at)
        .where(Press.counter_id == duty.counter_id)
        .order_by(Press.id.desc())
        .limit(1)
    )
    if last_press is not None:
        signs.append(last_press)
    return work.now - max(signs) >= queue_settings(work).forgotten_after


def _take_back(work: Work, duty: CounterDuty) -> None:
    ticket = active_ticket(work, duty.counter_id)
    if ticket is not None and ticket.business_date == today(work):
        _put_back(work, ticket)
    elif ticket is not None:
        _settle(work, ticket)
    end_duty(work, duty, "counter.take_back")


def _put_back(work: Work, ticket: Ticket) -> None:
    """The ticket waits again where it waited; screens forget that it was called."""
    assert ticket.counter_id is not None  # noqa: S101 - it is in hand
    counter_id = ticket.counter_id
    step(work, ticket, TicketAction.TRANSFER, reason="counter taken back")
    work.session.execute(
        update(Call)
        .where(
            Call.ticket_id == ticket.id,
            Call.counter_id == counter_id,
            Call.taken_back_at.is_(None),
        )
        .values(taken_back_at=work.now)
    )
    ticket.counter_id = None
    ticket.calls = 0
    enter_period(work, ticket)
    work.record(
        CallTakenBack(ticket_id=ticket.id, counter_id=counter_id, action=TicketAction.CALL.value)
    )
    work.record(
        TicketQueued(ticket_id=ticket.id, queue_id=ticket.queue_id, state=ticket.state.value)
    )


def _settle(work: Work, ticket: Ticket) -> None:
    """The ticket's day is over, and so is its stay, at midnight by the latest."""
    assert ticket.counter_id is not None  # noqa: S101 - it is in hand
    served = ticket.state is TicketState.SERVING
    step(work, ticket, TicketAction.FINISH if served else TicketAction.MARK_NO_SHOW)
    period = open_period(work, ticket)
    midnight = datetime.combine(today(work), time.min, work.zone)
    period.ended_at = max(period.started_at, min(work.now, midnight))
    work.record(
        TicketMoved(ticket_id=ticket.id, counter_id=ticket.counter_id, state=ticket.state.value)
    )

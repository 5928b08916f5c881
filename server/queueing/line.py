"""Whom a counter could call: the first of each lane of each queue that it serves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ScalarSelect, bindparam, literal, select, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from server.catalogue.models import SERVED_AT, CounterQueue
from server.queueing.lanes import Lane
from server.queueing.models import IS_WAITING, Call, Ticket
from server.queueing.rules import Assignment, WaitingTicket
from server.queueing.settings import QueueSettings
from server.work import Work

SECONDS_PER_MINUTE = 60


def _head(queue_id: InstrumentedAttribute[int], lane: Lane) -> ScalarSelect[int]:
    return (
        select(Ticket.id)
        .where(
            Ticket.queue_id == queue_id,
            Ticket.lane == literal(lane, Ticket.lane.type),
            IS_WAITING,
            Ticket.target_counter_id.is_(None),
            Ticket.target_account_id.is_(None),
        )
        .order_by(Ticket.place, Ticket.id)
        .limit(1)
        .scalar_subquery()
    )


_QUEUE = aliased(CounterQueue)
_HEADS = (
    select(*(_head(_QUEUE.queue_id, lane) for lane in Lane))
    .where(_QUEUE.queue_id.in_(bindparam("queue_ids", expanding=True)))
    .group_by(_QUEUE.queue_id)
)
_QUEUES_OF = select(CounterQueue.queue_id, CounterQueue.rank).where(
    CounterQueue.counter_id == bindparam("counter_id"), SERVED_AT
)
# Two seeks in two indexes; one condition with OR would read every ticket that waits.
_RESERVED = union(
    *(
        select(Ticket.id).where(
            target == bindparam(name), Ticket.hall_id == bindparam("hall_id"), IS_WAITING
        )
        for target, name in (
            (Ticket.target_counter_id, "counter_id"),
            (Ticket.target_account_id, "account_id"),
        )
    )
)
_STILL_WAITING = (
    select(Ticket)
    .where(Ticket.id.in_(bindparam("ids", expanding=True)), IS_WAITING)
    .execution_options(populate_existing=True)
)
_LATEST_CALL = (
    select(Call.facts)
    .where(
        Call.counter_id == bindparam("counter_id"),
        Call.business_date == bindparam("day"),
        Call.repeat.is_(False),
        Call.taken_back_at.is_(None),
    )
    .order_by(Call.id.desc())
    .limit(1)
)


def assignments(work: Work, counter_id: int, settings: QueueSettings) -> Mapping[int, Assignment]:
    """The queues that a counter serves at this hour, with their rank."""
    moment = work.now.astimezone(work.zone).time()
    rows = work.ask(_QUEUES_OF, counter_id=counter_id, moment=moment)
    return {
        row.queue_id: Assignment(row.rank, settings.overflow_minutes * SECONDS_PER_MINUTE)
        for row in rows
    }


def waiting_for(
    work: Work, counter_id: int, account_id: int | None, queue_ids: Sequence[int]
) -> list[WaitingTicket]:
    """The first of each line that this counter and clerk may call, none of them locked.

    A lock on tickets that are only considered would let other counters pass them over.
    """
    ids = _heads_of_queues(work, queue_ids)
    reserved = reserved_tickets(work, counter_id, account_id)
    tickets = work.session.scalars(_STILL_WAITING, {"ids": [*ids | reserved]})
    return [_as_seen(ticket, work.now, ticket.id in reserved) for ticket in tickets]


def reserved_tickets(work: Work, counter_id: int, account_id: int | None) -> set[int]:
    """Ids of the tickets that wait for this counter or this clerk alone."""
    own = work.ask(_RESERVED, hall_id=work.hall_id, counter_id=counter_id, account_id=account_id)
    return set(own.scalars())


def left_of_round(work: Work, counter_id: int, day: date) -> dict[Lane, int]:
    """What is left of a counter's round of lanes, after its latest call of the day."""
    facts = work.ask(_LATEST_CALL, counter_id=counter_id, day=day).scalar_one_or_none()
    left = facts["left"] if facts is not None else {}
    return {Lane(lane): count for lane, count in left.items()}


def _heads_of_queues(work: Work, queue_ids: Sequence[int]) -> set[int]:
    """Ids of the first ticket of each lane of these queues: one seek in the index for each."""
    if not queue_ids:
        return set()
    rows = work.ask(_HEADS, queue_ids=list(queue_ids))
    return {ticket_id for row in rows for ticket_id in row if ticket_id is not None}


def _as_seen(ticket: Ticket, now: datetime, reserved: bool) -> WaitingTicket:
    waited = max(0, int((now - ticket.waits_since).total_seconds()))
    due_in = 0 if ticket.due_at is None else max(0, int((ticket.due_at - now).total_seconds()))
    return WaitingTicket(
        ticket.id,
        ticket.queue_id,
        arrival=ticket.place,
        lane=ticket.lane,
        waited=waited,
        due_in=due_in if ticket.lane is Lane.APPOINTMENT else 0,
        reserved=reserved,
    )

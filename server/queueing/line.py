"""Whom a counter could call: the first of each lane of each queue that it serves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ScalarSelect, literal, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from server.catalogue.models import CounterQueue
from server.queueing.lanes import Lane
from server.queueing.models import IS_WAITING, Call, Ticket
from server.queueing.rules import Assignment, WaitingTicket
from server.queueing.settings import QueueSettings
from server.work import Work

SECONDS_PER_MINUTE = 60


def assignments(work: Work, counter_id: int, settings: QueueSettings) -> Mapping[int, Assignment]:
    """The queues that a counter serves at this hour, with their rank."""
    moment = work.now.astimezone(work.zone).time()
    rows = work.session.scalars(select(CounterQueue).where(CounterQueue.counter_id == counter_id))
    return {
        row.queue_id: Assignment(row.rank, settings.overflow_minutes * SECONDS_PER_MINUTE)
        for row in rows
        if (row.opens is None or row.opens <= moment)
        and (row.closes is None or moment < row.closes)
    }


def waiting_for(
    work: Work, counter_id: int, account_id: int | None, queue_ids: Sequence[int]
) -> list[WaitingTicket]:
    """The first of each line that this counter and clerk may call, none of them locked.

    A lock on tickets that are only considered would let other counters pass them over.
    """
    ids = _heads_of_queues(work, queue_ids)
    reserved = {
        *_reserved(work, Ticket.target_counter_id, counter_id),
        *(_reserved(work, Ticket.target_account_id, account_id) if account_id else ()),
    }
    tickets = work.session.scalars(
        select(Ticket)
        .where(Ticket.id.in_({*ids, *reserved}), IS_WAITING)
        .execution_options(populate_existing=True)
    )
    return [_as_seen(ticket, work.now, ticket.id in reserved) for ticket in tickets]


def left_of_round(work: Work, counter_id: int, day: date) -> dict[Lane, int]:
    """What is left of a counter's round of lanes, after its latest call of the day."""
    facts = work.session.scalar(
        select(Call.facts)
        .where(
            Call.counter_id == counter_id,
            Call.business_date == day,
            Call.repeat.is_(False),
            Call.taken_back_at.is_(None),
        )
        .order_by(Call.id.desc())
        .limit(1)
    )
    left = facts["left"] if facts is not None else {}
    return {Lane(lane): count for lane, count in left.items()}


def _heads_of_queues(work: Work, queue_ids: Sequence[int]) -> set[int]:
    """Ids of the first ticket of each lane of these queues: one seek in the index for each."""
    if not queue_ids:
        return set()
    queue = aliased(CounterQueue)
    columns = [_head(queue.queue_id, lane) for lane in Lane]
    rows = work.session.execute(
        select(*columns).where(queue.queue_id.in_(queue_ids)).group_by(queue.queue_id)
    )
    return {ticket_id for row in rows for ticket_id in row if ticket_id is not None}


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


def _reserved(work: Work, target: InstrumentedAttribute[int | None], value: int) -> list[int]:
    return list(
        work.session.scalars(
            select(Ticket.id).where(target == value, Ticket.hall_id == work.hall_id, IS_WAITING)
        )
    )


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

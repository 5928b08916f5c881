"""What counters, screens and citizens see of the queue."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from server.catalogue.models import Counter, CounterQueue, Queue
from server.i18n import N_
from server.people.masking import mask_name
from server.problems import NotFound
from server.queueing.models import Call, CounterDuty, Ticket
from server.queueing.staffing import active_ticket, duty_at, find_counter
from server.queueing.states import TicketState, allowed_actions
from server.work import Work


class TicketInHandView(BaseModel):
    """The ticket at a counter, and what may be done with it."""

    id: int
    label: str
    service: str
    service_en: str
    state: TicketState
    calls: int
    called_at: datetime
    actions: list[str]


class QueueCount(BaseModel):
    """How many tickets wait in a queue."""

    queue_id: int
    prefix: str
    name: str
    name_en: str
    waiting: int


class CounterSnapshot(BaseModel):
    """Everything that a clerk's page shows; `version` must come back with the next press."""

    counter_id: int
    number: int
    name: str
    name_en: str
    version: int
    open: bool
    mine: bool
    clerk: str | None
    ticket: TicketInHandView | None
    waiting: list[QueueCount]
    waiting_total: int
    served_today: int
    no_shows_today: int


class CounterListing(BaseModel):
    """A counter as a clerk chooses one."""

    counter_id: int
    number: int
    name: str
    name_en: str
    open: bool
    mine: bool
    clerk: str | None


class CallView(BaseModel):
    """One call as a screen shows and speaks it."""

    id: int
    label: str
    counter_number: int
    counter_name: str
    counter_name_en: str
    called_at: datetime
    repeat: bool


class TicketView(BaseModel):
    """A citizen's own ticket: no personal data."""

    label: str
    state: TicketState
    service: str
    service_en: str
    ahead: int
    counter_number: int | None
    counter_name: str | None
    counter_name_en: str | None
    issued_at: datetime


def waiting_counts(work: Work, queue_ids: list[int] | None = None) -> list[QueueCount]:
    """Waiting tickets of today per queue, by prefix; of all queues or of those named."""
    waiting = (
        select(Ticket.queue_id, func.count().label("waiting"))
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date == work.business_date,
            Ticket.state == TicketState.WAITING,
        )
        .group_by(Ticket.queue_id)
        .subquery()
    )
    query = (
        select(Queue, func.coalesce(waiting.c.waiting, 0))
        .outerjoin(waiting, waiting.c.queue_id == Queue.id)
        .where(Queue.hall_id == work.hall_id)
        .order_by(Queue.prefix)
    )
    if queue_ids is not None:
        query = query.where(Queue.id.in_(queue_ids))
    return [
        QueueCount(
            queue_id=queue.id,
            prefix=queue.prefix,
            name=queue.name,
            name_en=queue.name_en,
            waiting=count,
        )
        for queue, count in work.session.execute(query)
    ]


def counter_snapshot(work: Work, counter_id: int) -> CounterSnapshot:
    """A counter as its clerk sees it. Raises NotFound."""
    counter = find_counter(work, counter_id)
    duty = duty_at(work, counter_id)
    queue_ids = list(
        work.session.scalars(
            select(CounterQueue.queue_id).where(CounterQueue.counter_id == counter_id)
        )
    )
    waiting = waiting_counts(work, queue_ids)
    mine = duty is not None and duty.account_id == work.actor.account_id
    ticket = active_ticket(work, counter_id) if mine else None
    return CounterSnapshot(
        counter_id=counter.id,
        number=counter.number,
        name=counter.name,
        name_en=counter.name_en,
        version=counter.version,
        open=duty is not None,
        mine=mine,
        clerk=_clerk(duty),
        ticket=_in_hand(ticket) if ticket else None,
        waiting=waiting,
        waiting_total=sum(queue.waiting for queue in waiting),
        served_today=_count_today(work, counter_id, TicketState.SERVED),
        no_shows_today=_count_today(work, counter_id, TicketState.NO_SHOW),
    )


def counter_listing(work: Work) -> list[CounterListing]:
    """All counters in use, and who is there."""
    rows = work.session.execute(
        select(Counter, CounterDuty)
        .outerjoin(
            CounterDuty,
            (CounterDuty.counter_id == Counter.id) & CounterDuty.left_at.is_(None),
        )
        .options(joinedload(CounterDuty.account))
        .where(Counter.hall_id == work.hall_id, Counter.active)
        .order_by(Counter.number)
    )
    return [
        CounterListing(
            counter_id=counter.id,
            number=counter.number,
            name=counter.name,
            name_en=counter.name_en,
            open=duty is not None,
            mine=duty is not None and duty.account_id == work.actor.account_id,
            clerk=_clerk(duty),
        )
        for counter, duty in rows
    ]


def recent_calls(work: Work, limit: int) -> list[CallView]:
    """Today's latest calls, newest first."""
    rows = work.session.scalars(
        select(Call)
        .where(Call.hall_id == work.hall_id, Call.business_date == work.business_date)
        .order_by(Call.id.desc())
        .limit(limit)
        .options(joinedload(Call.ticket), joinedload(Call.counter))
    )
    return [_call(call) for call in rows]


def call_view(work: Work, call_id: int) -> CallView:
    """One call. Raises NotFound."""
    call = work.session.get(Call, call_id)
    if call is None or call.hall_id != work.hall_id:
        raise NotFound(N_("没有这次呼叫"))
    return _call(call)


def hall_of_ticket(session: Session, secret: str) -> int | None:
    """The hall of a ticket known by its secret address."""
    return session.scalar(select(Ticket.hall_id).where(Ticket.secret == secret))


def ticket_by_secret(work: Work, secret: str) -> TicketView:
    """The ticket that a citizen's page shows, known to exist by `hall_of_ticket`."""
    ticket = work.session.scalars(
        select(Ticket)
        .where(Ticket.secret == secret, Ticket.hall_id == work.hall_id)
        .options(joinedload(Ticket.service), joinedload(Ticket.counter))
    ).one()
    return TicketView(
        label=ticket.label,
        state=ticket.state,
        service=ticket.service.name,
        service_en=ticket.service.name_en,
        ahead=_ahead_of(work, ticket) if ticket.state is TicketState.WAITING else 0,
        counter_number=ticket.counter.number if ticket.counter else None,
        counter_name=ticket.counter.name if ticket.counter else None,
        counter_name_en=ticket.counter.name_en if ticket.counter else None,
        issued_at=ticket.issued_at.astimezone(work.zone),
    )


def _ahead_of(work: Work, ticket: Ticket) -> int:
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.hall_id == work.hall_id,
                Ticket.business_date == ticket.business_date,
                Ticket.queue_id == ticket.queue_id,
                Ticket.state == TicketState.WAITING,
                Ticket.id < ticket.id,
            )
        )
        or 0
    )


def _count_today(work: Work, counter_id: int, state: TicketState) -> int:
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.counter_id == counter_id,
                Ticket.business_date == work.business_date,
                Ticket.state == state,
            )
        )
        or 0
    )


def _clerk(duty: CounterDuty | None) -> str | None:
    if duty is None:
        return None
    person = duty.account.person
    return mask_name(person.name) if person else duty.account.username


def _call(call: Call) -> CallView:
    return CallView(
        id=call.id,
        label=call.ticket.label,
        counter_number=call.counter.number,
        counter_name=call.counter.name,
        counter_name_en=call.counter.name_en,
        called_at=call.called_at,
        repeat=call.repeat,
    )


def _in_hand(ticket: Ticket) -> TicketInHandView:
    assert ticket.called_at is not None  # noqa: S101 - an active ticket was called
    return TicketInHandView(
        id=ticket.id,
        label=ticket.label,
        service=ticket.service.name,
        service_en=ticket.service.name_en,
        state=ticket.state,
        calls=ticket.calls,
        called_at=ticket.called_at,
        actions=[action.value for action in allowed_actions(ticket.state)],
    )

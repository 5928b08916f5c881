"""What counters, screens and citizens see of the queue."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from server.catalogue.models import Counter, Queue
from server.i18n import N_
from server.people.masking import mask_name
from server.problems import NotFound
from server.queueing.days import today
from server.queueing.estimates import EstimateView, estimate_of
from server.queueing.models import IS_LIVE, IS_WAITING, Call, CounterDuty, Ticket
from server.queueing.ratings import may_rate
from server.queueing.returning import may_return
from server.queueing.states import (
    TicketAction,
    TicketState,
    next_state,
)
from server.work import Work


class QueueCount(BaseModel):
    """How many tickets wait in a queue."""

    queue_id: int
    prefix: str
    name: str
    name_en: str
    waiting: int


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
    estimate: EstimateView | None
    may_return: bool
    may_leave: bool
    may_rate: bool
    counter_number: int | None
    counter_name: str | None
    counter_name_en: str | None
    issued_at: datetime


def waiting_counts(work: Work) -> list[QueueCount]:
    """Waiting tickets of today per queue, by prefix."""
    waiting = (
        select(Ticket.queue_id, func.count().label("waiting"))
        .where(
            Ticket.hall_id == work.hall_id,
            IS_WAITING,
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
            clerk=clerk_name(duty),
        )
        for counter, duty in rows
    ]


def recent_calls(work: Work, limit: int) -> list[CallView]:
    """Today's latest calls, newest first."""
    rows = work.session.scalars(
        select(Call)
        .where(
            Call.hall_id == work.hall_id,
            Call.business_date == today(work),
            Call.taken_back_at.is_(None),
        )
        .order_by(Call.id.desc())
        .limit(limit)
        .options(joinedload(Call.ticket), joinedload(Call.counter))
    )
    return [_call(call) for call in rows]


def last_call_of_day(work: Work) -> int:
    """The id of today's latest call, also when it was taken back; 0 before the first."""
    latest = select(func.max(Call.id)).where(
        Call.hall_id == work.hall_id, Call.business_date == today(work)
    )
    return work.session.scalar(latest) or 0


def call_view(work: Work, call_id: int) -> CallView:
    """One call. Raises NotFound."""
    call = work.session.get(Call, call_id)
    if call is None or call.hall_id != work.hall_id:
        raise NotFound(N_("没有这次呼叫"))
    return _call(call)


@dataclass(frozen=True, slots=True)
class TicketAddress:
    """The ticket that a secret address leads to."""

    hall_id: int
    ticket_id: int


def ticket_address(session: Session, secret: str) -> TicketAddress | None:
    """The ticket known by its secret address."""
    row = session.execute(
        select(Ticket.hall_id, Ticket.id).where(Ticket.secret == secret)
    ).one_or_none()
    return TicketAddress(*row) if row is not None else None


def hall_of_ticket(session: Session, secret: str) -> int | None:
    """The hall of a ticket known by its secret address."""
    address = ticket_address(session, secret)
    return address.hall_id if address is not None else None


def tickets_by_label(work: Work, label: str) -> list[Ticket]:
    """Tickets of today with this label, and live ones of earlier days; the latest first."""
    return list(
        work.session.scalars(
            select(Ticket)
            .where(
                Ticket.hall_id == work.hall_id,
                Ticket.label == label.strip().upper(),
                (Ticket.business_date == today(work)) | IS_LIVE,
            )
            .order_by(Ticket.id.desc())
        )
    )


def ticket_by_secret(work: Work, secret: str) -> TicketView:
    """The ticket that a citizen's page shows, known to exist by `hall_of_ticket`."""
    ticket = work.session.scalars(
        select(Ticket)
        .where(Ticket.secret == secret, Ticket.hall_id == work.hall_id)
        .options(joinedload(Ticket.service), joinedload(Ticket.counter))
    ).one()
    waits = ticket.state is TicketState.WAITING
    return TicketView(
        label=ticket.label,
        state=ticket.state,
        service=ticket.service.name,
        service_en=ticket.service.name_en,
        ahead=_ahead_of(work, ticket) if waits else 0,
        estimate=EstimateView.of(estimate_of(work, ticket)) if waits else None,
        may_return=may_return(work, ticket),
        may_leave=next_state(ticket.state, TicketAction.WALK_OUT) is not None,
        may_rate=may_rate(work, ticket),
        counter_number=ticket.counter.number if ticket.counter else None,
        counter_name=ticket.counter.name if ticket.counter else None,
        counter_name_en=ticket.counter.name_en if ticket.counter else None,
        issued_at=ticket.issued_at.astimezone(work.zone),
    )


def _ahead_of(work: Work, ticket: Ticket) -> int:
    """How many stand before a ticket in its lane; other lanes take turns with it."""
    before = (Ticket.place < ticket.place) | (
        (Ticket.place == ticket.place) & (Ticket.id < ticket.id)
    )
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.queue_id == ticket.queue_id,
                Ticket.lane == ticket.lane,
                IS_WAITING,
                before,
            )
        )
        or 0
    )


def clerk_name(duty: CounterDuty | None) -> str | None:
    """The masked name of whoever is at a counter."""
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

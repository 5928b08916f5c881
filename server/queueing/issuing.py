"""Taking a number."""

import secrets
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from server.catalogue.models import Queue, Service
from server.catalogue.views import hall_is_open
from server.i18n import N_
from server.idempotency import insert_ignoring
from server.problems import Conflict, NotFound
from server.queueing.events import TicketIssued
from server.queueing.models import NumberSeries, Period, Ticket
from server.queueing.rules import ticket_label
from server.queueing.states import TicketState
from server.work import Work


class HallClosed(Conflict):
    """Tickets are not given at this time."""

    code = "hall-closed"
    title = N_("现在不是取号时间")


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A fresh ticket and how many people wait before it in its queue."""

    ticket: Ticket
    ahead: int


def issue_ticket(work: Work, service_id: int) -> IssuedTicket:
    """Give the next number of the service's queue on this business date.

    Raises NotFound for a service that this hall does not offer, HallClosed outside taking hours.
    """
    service = _offered_service(work, service_id)
    if not hall_is_open(work):
        raise HallClosed(N_("对不起,现在不是取号时间,请在开放时间内再来"))
    number = _next_number(work, service.queue)
    ahead = waiting_in_queue(work, service.queue_id)
    ticket = Ticket(
        hall_id=work.hall_id,
        business_date=work.business_date,
        queue=service.queue,
        service=service,
        number=number,
        label=ticket_label(service.queue.prefix, number, service.queue.width),
        secret=secrets.token_urlsafe(12),
        state=TicketState.WAITING,
        issued_at=work.now,
    )
    work.session.add(ticket)
    work.session.flush()
    work.session.add(Period(ticket_id=ticket.id, state=ticket.state, started_at=work.now))
    work.record(TicketIssued(ticket_id=ticket.id, queue_id=service.queue_id))
    return IssuedTicket(ticket, ahead)


def waiting_in_queue(work: Work, queue_id: int) -> int:
    """How many tickets of this business date wait in a queue."""
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.hall_id == work.hall_id,
                Ticket.business_date == work.business_date,
                Ticket.queue_id == queue_id,
                Ticket.state == TicketState.WAITING,
            )
        )
        or 0
    )


def _offered_service(work: Work, service_id: int) -> Service:
    service = work.session.scalar(
        select(Service)
        .where(Service.id == service_id, Service.hall_id == work.hall_id, Service.active)
        .options(joinedload(Service.queue))
    )
    if service is None:
        raise NotFound(N_("没有这个事项,请返回首页重新选择"))
    return service


def _next_number(work: Work, queue: Queue) -> int:
    """Take the next number; the series row stays locked until this transaction ends."""
    insert = insert_ignoring(work.session)(NumberSeries).values(
        queue_id=queue.id, business_date=work.business_date, last_number=queue.first_number
    )
    statement = insert.on_conflict_do_update(
        index_elements=[NumberSeries.queue_id, NumberSeries.business_date],
        set_={"last_number": NumberSeries.last_number + 1},
    ).returning(NumberSeries.last_number)
    return int(work.session.execute(statement).scalar_one())

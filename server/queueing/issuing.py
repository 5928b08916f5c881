"""Taking a number."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, bindparam, func, select
from sqlalchemy.orm import joinedload

from server.catalogue.models import Queue, Service
from server.catalogue.views import hall_is_open, service_is_open
from server.i18n import N_
from server.idempotency import dialect_insert
from server.problems import Conflict, NotFound
from server.queueing.days import open_day, today
from server.queueing.estimates import closes_before, outlook
from server.queueing.events import TicketIssued
from server.queueing.forecast import Estimate
from server.queueing.holders import Holder, require_no_other, write_holder
from server.queueing.lanes import LANE_OF, Lane, Priority
from server.queueing.models import (
    IS_WAITING,
    NumberSeries,
    Period,
    ServiceDay,
    Step,
    Ticket,
)
from server.queueing.rules import ticket_label
from server.queueing.states import TicketState
from server.work import Work

PLACES_BETWEEN = 1024
"""Room between two tickets' places for those who come back in between."""


_WAITING = (
    select(func.count())
    .select_from(Ticket)
    .where(
        Ticket.hall_id == bindparam("hall_id"),
        Ticket.queue_id == bindparam("queue_id"),
        IS_WAITING,
    )
)
_OFFERED = (
    select(Service)
    .where(
        Service.id == bindparam("service_id"),
        Service.hall_id == bindparam("hall_id"),
        Service.active,
    )
    .options(joinedload(Service.queue))
)


class HallClosed(Conflict):
    """Tickets are not given at this time."""

    code = "hall-closed"
    title = N_("现在不是取号时间")


class QuotaReached(Conflict):
    """No more tickets for this service today."""

    code = "quota-reached"
    title = N_("今天的号已取完")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a citizen comes for: services in their order, how many cases, and any priority.

    `lane` and `due_at` are those of an appointment kept; `agent_id` is the agent (代办员) who comes
    for others, `holder` whoever laid a card on the reader.
    """

    services: Sequence[int]
    cases: int = 1
    priority: Priority = Priority.NONE
    lane: Lane | None = None
    due_at: datetime | None = None
    ignores_quota: bool = False
    agent_id: int | None = None
    holder: Holder | None = None


@dataclass(frozen=True, slots=True)
class IssuedTicket:
    """A fresh ticket, how many people wait before it in its queue, and how long it may take.

    `holder` is whose it is, masked, '' for one without a card.
    `closes_first`: the hall is likely to close before its turn comes (it is served all the same).
    """

    ticket: Ticket
    ahead: int
    estimate: Estimate | None
    closes_first: bool
    holder: str = ""


def issue_ticket(work: Work, service_id: int) -> IssuedTicket:
    """Give an ordinary ticket for one service. Raises as `issue` does."""
    return issue(work, Wish([service_id]))


def issue(work: Work, wish: Wish) -> IssuedTicket:
    """Give the next number of the first service's queue on this business date.

    Raises NotFound for a service that this hall does not offer, HallClosed outside taking hours,
    QuotaReached when the service's quota or the queue's numbers are used up, AlreadyHolding for a
    card whose person has a number for the service already.
    """
    day = open_day(work)
    services = [_offered_service(work, service_id) for service_id in wish.services]
    _require_taking_hours(work, services)
    if wish.holder is not None:
        require_no_other(work, services[0].id, wish.holder)
    if not wish.ignores_quota:
        for service in sorted(services, key=lambda one: one.id):
            _use_quota(work, service, day, wish.cases)
    service = services[0]
    # Before the number is taken: whoever takes one of this series waits for us from then on.
    seen = outlook(work, service.queue_id)
    estimate = seen.of_queue(service.queue_id) if wish.due_at is None else None
    number = _next_number(work, service.queue, day)
    ahead = waiting_in_queue(work, service.queue_id)
    ticket = Ticket(
        hall_id=work.hall_id,
        business_date=day,
        queue=service.queue,
        series_id=service.queue_id,
        service=service,
        number=number,
        label=ticket_label(service.queue.prefix, number, service.queue.width),
        secret=secrets.token_urlsafe(12),
        state=TicketState.WAITING,
        issued_at=work.now,
        waits_since=work.now,
        priority=wish.priority,
        lane=wish.lane or LANE_OF[wish.priority],
        due_at=wish.due_at,
        cases=wish.cases,
        agent_id=wish.agent_id,
        estimate_low=estimate.low if estimate is not None else None,
        estimate_high=estimate.high if estimate is not None else None,
    )
    _put_in_line(work, ticket)
    _plan_steps(work, ticket, services)
    holder = write_holder(work, ticket, wish.holder) if wish.holder is not None else ""
    work.session.add(Period(ticket_id=ticket.id, state=ticket.state, started_at=work.now))
    work.record(TicketIssued(ticket_id=ticket.id, queue_id=service.queue_id))
    if work.actor.is_person:
        work.audit("ticket.issue", f"ticket:{ticket.id}", label=ticket.label)
    return IssuedTicket(ticket, ahead, estimate, closes_before(work, estimate), holder)


def waiting_in_queue(work: Work, queue_id: int) -> int:
    """How many tickets wait in a queue now."""
    return int(work.ask(_WAITING, hall_id=work.hall_id, queue_id=queue_id).scalar_one())


def full_services(work: Work) -> set[int]:
    """The services whose quota of today, or whose queue's numbers, are used up."""
    by_quota = (
        select(Service.id)
        .join(ServiceDay, ServiceDay.service_id == Service.id)
        .where(
            Service.hall_id == work.hall_id,
            ServiceDay.business_date == today(work),
            ServiceDay.taken >= Service.daily_quota,
        )
    )
    by_numbers = (
        select(Service.id)
        .join(Queue, Queue.id == Service.queue_id)
        .join(NumberSeries, NumberSeries.queue_id == Queue.id)
        .where(
            Service.hall_id == work.hall_id,
            NumberSeries.business_date == today(work),
            NumberSeries.last_number >= Queue.last_number,
        )
    )
    return {*work.session.scalars(by_quota), *work.session.scalars(by_numbers)}


def _put_in_line(work: Work, ticket: Ticket) -> None:
    """Number the ticket's place: by arrival, appointments by their time."""
    work.session.add(ticket)
    work.session.flush()
    if ticket.lane is Lane.APPOINTMENT and ticket.due_at is not None:
        ticket.place = int(ticket.due_at.timestamp())
    else:
        ticket.place = ticket.id * PLACES_BETWEEN


def _plan_steps(work: Work, ticket: Ticket, services: Sequence[Service]) -> None:
    if len(services) > 1:
        work.session.add_all(
            Step(ticket_id=ticket.id, position=position, service_id=service.id)
            for position, service in enumerate(services)
        )


def _offered_service(work: Work, service_id: int) -> Service:
    asked = {"service_id": service_id, "hall_id": work.hall_id}
    service = work.session.scalar(_OFFERED, asked)
    if service is None:
        raise NotFound(N_("没有这个事项，请返回首页重新选择"))
    return service


def _require_taking_hours(work: Work, services: Sequence[Service]) -> None:
    if not hall_is_open(work):
        raise HallClosed(N_("对不起，现在不是取号时间，请在开放时间内再来"))
    for service in services:
        if not service_is_open(work, service.id):
            raise HallClosed(N_("对不起，这个事项现在不取号，请在规定的时间再来"))


def _use_quota(work: Work, service: Service, day: date, cases: int) -> None:
    """Count the cases against the day's quota; of two who want the last one, one gets it."""
    if service.daily_quota is None:
        return
    if cases <= service.daily_quota:
        statement = (
            dialect_insert(work.session)(ServiceDay)
            .values(service_id=service.id, business_date=day, taken=cases)
            .on_conflict_do_update(
                index_elements=[ServiceDay.service_id, ServiceDay.business_date],
                set_={"taken": ServiceDay.taken + cases},
                where=ServiceDay.taken + cases <= service.daily_quota,
            )
            .returning(ServiceDay.taken)
        )
        if work.session.execute(statement).scalar_one_or_none() is not None:
            return
    raise QuotaReached(N_("对不起，这个事项今天的号已取完，请改日再来或预约"))


def _next_number(work: Work, queue: Queue, day: date) -> int:
    """Take the next number; the series row stays locked until this transaction ends."""
    number = work.ask(
        _take_number(dialect_insert(work.session)),
        queue_id=queue.id,
        business_date=day,
        last_number=queue.first_number,
    ).scalar_one()
    if queue.last_number is not None and number > queue.last_number:
        raise QuotaReached(N_("对不起，这个队列今天的号已取完，请改日再来或预约"))
    return int(number)


@cache
def _take_number(insert: Callable[..., Any]) -> Insert:
    taking: Insert = (
        insert(NumberSeries)
        .on_conflict_do_update(
            index_elements=[NumberSeries.queue_id, NumberSeries.business_date],
            set_={"last_number": NumberSeries.last_number + 1},
        )
        .returning(NumberSeries.last_number)
    )
    return taking

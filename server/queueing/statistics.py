"""What a span of days was like, by service, counter, clerk or hour."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import aliased

from server.catalogue.models import Counter, Service
from server.people.models import Account, Person
from server.queueing.grades import Grade
from server.queueing.models import Period, Rating, Ticket, Transfer
from server.queueing.states import TicketState
from server.work import Work

SECONDS_PER_MINUTE = 60
POINTS = {grade: len(Grade) - place for place, grade in enumerate(Grade)}


class By(StrEnum):
    """What the rows are about."""

    SERVICE = "service"
    COUNTER = "counter"
    CLERK = "clerk"
    HOUR = "hour"


class Row(BaseModel):
    """One service, counter, clerk or hour; times are minutes, `rating` is 1 to 5.

    `walking` is from the call to the beginning of the service.
    """

    name: str
    tickets: int
    cases: int
    served: int
    no_shows: int
    walked_out: int
    transfers: int
    waiting: float
    longest_wait: float
    walking: float
    service: float
    ratings: int
    rating: float | None


@dataclass(slots=True)
class Stay:
    """One ticket's numbers, in seconds."""

    service: str
    counter: str
    clerk: str
    hour: str
    state: TicketState
    cases: int
    grade: Grade | None
    transfers: int = 0
    seconds: dict[TicketState, float] = field(default_factory=lambda: defaultdict(float))


KEYS: dict[By, Callable[[Stay], str]] = {
    By.SERVICE: lambda stay: stay.service,
    By.COUNTER: lambda stay: stay.counter,
    By.CLERK: lambda stay: stay.clerk,
    By.HOUR: lambda stay: stay.hour,
}


def statistics(work: Work, first: date, last: date, by: By) -> list[Row]:
    """The rows of a span of days, both ends included, by name."""
    groups: dict[str, list[Stay]] = defaultdict(list)
    for stay in _stays(work, first, last).values():
        groups[KEYS[by](stay)].append(stay)
    return [_row(name, groups[name]) for name in sorted(groups)]


def _stays(work: Work, first: date, last: date) -> dict[int, Stay]:
    clerk = aliased(Person)
    rows = work.session.execute(
        select(
            Ticket.id,
            Ticket.state,
            Ticket.cases,
            Ticket.issued_at,
            Service.name,
            Counter.number,
            clerk.name,
            Account.username,
            Rating.grade,
        )
        .join(Service, Service.id == Ticket.service_id)
        .outerjoin(Counter, Counter.id == Ticket.counter_id)
        .outerjoin(
            Period,
            (Period.ticket_id == Ticket.id) & (Period.state == TicketState.CALLED),
        )
        .outerjoin(Account, Account.id == Period.account_id)
        .outerjoin(clerk, clerk.id == Account.person_id)
        .outerjoin(Rating, Rating.ticket_id == Ticket.id)
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date.between(first, last),
        )
        .order_by(Period.id)
    )
    stays = {
        ticket_id: Stay(
            service=service,
            counter=f"{number:02d}" if number is not None else "",
            clerk=name or username or "",
            hour=_hour(issued_at, work),
            state=state,
            cases=cases,
            grade=grade,
        )
        for ticket_id, state, cases, issued_at, service, number, name, username, grade in rows
    }
    _add_times(work, first, last, stays)
    return stays


def _add_times(work: Work, first: date, last: date, stays: dict[int, Stay]) -> None:
    of_days = (Ticket.hall_id == work.hall_id) & Ticket.business_date.between(first, last)
    periods = work.session.execute(
        select(Period.ticket_id, Period.state, Period.started_at, Period.ended_at)
        .join(Ticket, Ticket.id == Period.ticket_id)
        .where(of_days, Period.ended_at.is_not(None))
    )
    for ticket_id, state, started_at, ended_at in periods:
        if ended_at is not None:
            stays[ticket_id].seconds[state] += (ended_at - started_at).total_seconds()
    transfers = select(Transfer.ticket_id).join(Ticket, Ticket.id == Transfer.ticket_id)
    for ticket_id in work.session.scalars(transfers.where(of_days)):
        stays[ticket_id].transfers += 1


def _row(name: str, stays: list[Stay]) -> Row:
    states = [stay.state for stay in stays]
    served = [stay for stay in stays if stay.state is TicketState.SERVED]
    grades = [POINTS[stay.grade] for stay in stays if stay.grade is not None]
    waits = [stay.seconds[TicketState.WAITING] for stay in stays]
    return Row(
        name=name,
        tickets=len(stays),
        cases=sum(stay.cases for stay in served),
        served=len(served),
        no_shows=states.count(TicketState.NO_SHOW),
        walked_out=states.count(TicketState.WALKED_OUT),
        transfers=sum(stay.transfers for stay in stays),
        waiting=_mean_minutes(waits),
        longest_wait=round(max(waits) / SECONDS_PER_MINUTE, 1),
        walking=_mean_minutes(stay.seconds[TicketState.CALLED] for stay in served),
        service=_mean_minutes(stay.seconds[TicketState.SERVING] for stay in served),
        ratings=len(grades),
        rating=round(sum(grades) / len(grades), 2) if grades else None,
    )


def _mean_minutes(seconds: Iterable[float]) -> float:
    values = list(seconds)
    return round(sum(values) / len(values) / SECONDS_PER_MINUTE, 1) if values else 0.0


def _hour(at: datetime, work: Work) -> str:
    return at.astimezone(work.zone).strftime("%H:00")

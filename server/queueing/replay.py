"""A day once more: what the hall was like at an instant, from the periods."""

from datetime import date, datetime

from pydantic import BaseModel
from sqlalchemy import select

from server.catalogue.models import Counter, Queue
from server.queueing.models import Period, Ticket
from server.queueing.states import TicketState
from server.work import Work


class TicketThen(BaseModel):
    """A ticket at that instant: its state, its queue's prefix, and its counter if it had one."""

    label: str
    queue: str
    state: TicketState
    counter: int | None
    since: datetime


class HallThen(BaseModel):
    """Everybody who was in the hall at an instant of a business day, in order of arrival."""

    at: datetime
    tickets: list[TicketThen]


def hall_then(work: Work, day: date, at: datetime) -> HallThen:
    """The hall of a business day at an instant."""
    rows = work.session.execute(
        select(Ticket.label, Queue.prefix, Period.state, Counter.number, Period.started_at)
        .join(Ticket, Ticket.id == Period.ticket_id)
        .join(Queue, Queue.id == Ticket.queue_id)
        .outerjoin(Counter, Counter.id == Period.counter_id)
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date == day,
            Period.started_at <= at,
            Period.ended_at.is_(None) | (Period.ended_at > at),
        )
        .order_by(Ticket.id)
    )
    return HallThen(
        at=at.astimezone(work.zone),
        tickets=[
            TicketThen(
                label=label,
                queue=prefix,
                state=state,
                counter=number,
                since=started_at.astimezone(work.zone),
            )
            for label, prefix, state, number, started_at in rows
        ],
    )

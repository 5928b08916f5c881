"""Opening slots, what is free in them, and what is booked."""

from collections.abc import Iterable
from datetime import date, datetime, time

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.appointments.models import Appointment, Slot
from server.appointments.rules import AppointmentState
from server.catalogue.models import Service
from server.i18n import N_
from server.idempotency import dialect_insert
from server.people.village_agents import agent_words
from server.problems import NotFound
from server.queueing.lanes import Priority
from server.work import Work


class SlotView(BaseModel):
    """A slot as it is offered: places for everybody, and those kept for special guests."""

    id: int
    service_id: int
    service: str
    service_en: str
    starts_at: datetime
    free: int
    free_special: int


class BookedView(BaseModel):
    """An appointment of a day, as the desk sees it; nothing of who booked it.

    `agent` is who comes for somebody else, masked, '' for those who come themselves.
    """

    id: int
    code: str
    state: AppointmentState
    starts_at: datetime
    service: str
    service_en: str
    kind: Priority
    agent: str


def booked_on(work: Work, day: date) -> list[BookedView]:
    """The appointments of a day by time."""
    rows = work.session.scalars(
        select(Appointment)
        .join(Slot, Slot.id == Appointment.slot_id)
        .where(Appointment.hall_id == work.hall_id, Appointment.day == day)
        .order_by(Slot.starts_at, Appointment.id)
        .options(joinedload(Appointment.slot).joinedload(Slot.service))
    )
    return [
        BookedView(
            id=one.id,
            code=one.code,
            state=one.state,
            starts_at=one.slot.starts_at.astimezone(work.zone),
            service=one.slot.service.name,
            service_en=one.slot.service.name_en,
            kind=one.kind,
            agent=agent_words(work, one.agent_id),
        )
        for one in rows
    ]


def open_slots(
    work: Work,
    service_id: int,
    day: date,
    starts: Iterable[time],
    *,
    capacity: int,
    special_capacity: int = 0,
) -> None:
    """Offer a service at these times of a day; times that are offered already stay as they are.

    Raises NotFound.
    """
    service = work.session.get(Service, service_id)
    if service is None or service.hall_id != work.hall_id:
        raise NotFound(N_("没有这个事项"))
    for start in starts:
        work.session.execute(
            dialect_insert(work.session)(Slot)
            .values(
                hall_id=work.hall_id,
                service_id=service_id,
                day=day,
                starts_at=datetime.combine(day, start, work.zone),
                capacity=capacity,
                booked=0,
                special_capacity=special_capacity,
                special_booked=0,
            )
            .on_conflict_do_nothing()
        )
    work.audit("appointment.open_slots", f"service:{service_id}", day=day.isoformat())


def slots_of_day(work: Work, day: date, service_id: int | None = None) -> list[SlotView]:
    """The slots of a day, of one service or of all, by time."""
    query = (
        select(Slot)
        .where(Slot.hall_id == work.hall_id, Slot.day == day)
        .order_by(Slot.starts_at, Slot.service_id)
        .options(joinedload(Slot.service))
    )
    if service_id is not None:
        query = query.where(Slot.service_id == service_id)
    return [
        SlotView(
            id=slot.id,
            service_id=slot.service_id,
            service=slot.service.name,
            service_en=slot.service.name_en,
            starts_at=slot.starts_at.astimezone(work.zone),
            free=slot.capacity - slot.booked,
            free_special=slot.special_capacity - slot.special_booked,
        )
        for slot in work.session.scalars(query)
    ]

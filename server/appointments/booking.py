"""Booking, cancelling, and checking in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from server.appointments.models import Appointment, Slot
from server.appointments.rules import AppointmentState, Arrival, arrival
from server.i18n import N_
from server.people.digests import digest
from server.people.village_agents import agent_of_code
from server.problems import Conflict, NotFound
from server.queueing.days import today
from server.queueing.issuing import IssuedTicket, Wish, issue
from server.queueing.lanes import Lane, Priority
from server.queueing.settings import queue_settings
from server.work import Work

CODE_DIGITS = 6
SPECIAL = frozenset({Priority.REMOTE_VILLAGER, Priority.INVESTOR})


class SlotFull(Conflict):
    """No place is left at this time."""

    code = "slot-full"
    title = N_("这个时段已约满")


class AlreadyBooked(Conflict):
    """This person has a place at this time."""

    code = "already-booked"
    title = N_("已经预约过")


class NotYet(Conflict):
    """It is too early to check in."""

    code = "too-early"
    title = N_("还没到签到时间")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who will come: special guests have places of their own; an agent comes for others."""

    id_number: str | None = None
    kind: Priority = Priority.NONE
    agent_code: str | None = None


def book(work: Work, slot_id: int, guest: Guest) -> Appointment:
    """Take a place; of two who want the last one, one gets it.

    Raises NotFound, SlotFull, AlreadyBooked.
    """
    slot = work.session.get(Slot, slot_id)
    if slot is None or slot.hall_id != work.hall_id or slot.starts_at <= work.now:
        raise NotFound(N_("没有这个预约时段，请重新选择"))
    agent = agent_of_code(work, guest.agent_code) if guest.agent_code else None
    special = _take_place(work, slot, guest.kind)
    appointment = Appointment(
        hall_id=work.hall_id,
        day=slot.day,
        slot=slot,
        code=_free_code(work, slot),
        id_digest=digest(work, guest.id_number) if guest.id_number else None,
        kind=guest.kind,
        special=special,
        agent_id=agent.id if agent is not None else None,
        state=AppointmentState.BOOKED,
        booked_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(appointment)
    except IntegrityError as error:
        raise AlreadyBooked(N_("您在这个时段已有预约")) from error
    work.audit(
        "appointment.book",
        f"appointment:{appointment.id}",
        slot=slot.id,
        agent=appointment.agent_id,
    )
    return appointment


def cancel(work: Work, appointment_id: int) -> Appointment:
    """Give the place back; a cancelled one stays cancelled. Raises NotFound, Conflict."""
    appointment = work.session.get(Appointment, appointment_id)
    if appointment is None or appointment.hall_id != work.hall_id:
        raise NotFound(N_("没有找到这个预约"))
    released = work.session.execute(
        update(Appointment)
        .where(Appointment.id == appointment.id, Appointment.state == AppointmentState.BOOKED)
        .values(state=AppointmentState.CANCELLED, id_digest=None)
        .returning(Appointment.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    work.session.refresh(appointment)
    if released is not None:
        column = Slot.special_booked if appointment.special else Slot.booked
        work.session.execute(
            update(Slot).where(Slot.id == appointment.slot_id).values({column: column - 1})
        )
        work.audit("appointment.cancel", f"appointment:{appointment.id}")
    elif appointment.state is not AppointmentState.CANCELLED:
        raise Conflict(N_("已经签到的预约不能取消"))
    return appointment


def check_in(work: Work, *, code: str | None = None, id_number: str | None = None) -> IssuedTicket:
    """Come to today's appointment: a ticket that is called at its time, or an ordinary one if late.

    Raises NotFound, NotYet, and what taking a ticket raises.
    """
    appointment = _todays(work, code, id_number)
    settings = queue_settings(work)
    slot = appointment.slot
    came = arrival(
        work.now,
        slot.starts_at,
        timedelta(minutes=settings.check_in_early_minutes),
        timedelta(minutes=settings.check_in_late_minutes),
    )
    if came is Arrival.TOO_EARLY:
        opens = slot.starts_at - timedelta(minutes=settings.check_in_early_minutes)
        local = opens.astimezone(work.zone).strftime("%H:%M")
        raise NotYet(N_("您的预约请在 {time} 以后签到"), time=local)
    in_time = came is Arrival.IN_TIME
    issued = issue(
        work,
        Wish(
            [slot.service_id],
            priority=appointment.kind,
            lane=Lane.APPOINTMENT if in_time else None,
            due_at=slot.starts_at if in_time else None,
            ignores_quota=True,
            agent_id=appointment.agent_id,
        ),
    )
    appointment.state = AppointmentState.CHECKED_IN
    appointment.ticket_id = issued.ticket.id
    work.audit("appointment.check_in", f"appointment:{appointment.id}", late=not in_time)
    return issued


def _take_place(work: Work, slot: Slot, kind: Priority) -> bool:
    """Count the place; True when it is one of those kept for special guests. Raises SlotFull."""
    if kind in SPECIAL and _count(work, slot, special=True):
        return True
    if _count(work, slot, special=False):
        return False
    raise SlotFull(N_("这个时段已约满，请选择其他时段"))


def _count(work: Work, slot: Slot, *, special: bool) -> bool:
    booked = Slot.special_booked if special else Slot.booked
    capacity = Slot.special_capacity if special else Slot.capacity
    counted = work.session.execute(
        update(Slot)
        .where(Slot.id == slot.id, booked < capacity)
        .values({booked: booked + 1})
        .returning(Slot.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return counted is not None


def _todays(work: Work, code: str | None, id_number: str | None) -> Appointment:
    """Today's appointment that is still open, the earliest one. Raises NotFound."""
    known = (
        Appointment.code == code
        if code is not None
        else Appointment.id_digest == digest(work, id_number or "")
    )
    appointment = work.session.scalar(
        select(Appointment)
        .join(Slot, Slot.id == Appointment.slot_id)
        .where(
            Appointment.hall_id == work.hall_id,
            Appointment.day == today(work),
            Appointment.state == AppointmentState.BOOKED,
            known,
        )
        .order_by(Slot.starts_at)
        .limit(1)
        .with_for_update(of=Appointment)
        .options(joinedload(Appointment.slot, innerjoin=True))
    )
    if appointment is None:
        raise NotFound(N_("没有找到您今天的预约，请核对预约码或身份证号，或到导办台"))
    return appointment


def _free_code(work: Work, slot: Slot) -> str:
    """Digits that no other appointment of the day has."""
    taken = set(
        work.session.scalars(
            select(Appointment.code).where(
                Appointment.hall_id == work.hall_id, Appointment.day == slot.day
            )
        )
    )
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        if code not in taken:
            return code

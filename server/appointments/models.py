"""Slots that can be booked, and who booked them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.appointments.rules import AppointmentState
from server.catalogue.models import Service
from server.database import Base, Identified
from server.queueing.lanes import Priority


class Slot(Identified, Base):
    """A time at which a service takes appointments.

    `special_capacity` more places are kept for remote villagers and outside investors
    (第一篇 一.5).
    """

    __tablename__ = "appointment_slots"
    __table_args__ = (
        UniqueConstraint("service_id", "starts_at"),
        CheckConstraint("booked <= capacity", name="capacity"),
        CheckConstraint("special_booked <= special_capacity", name="special_capacity"),
        Index("ix_appointment_slots_day", "hall_id", "day", "service_id"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    day: Mapped[date]
    starts_at: Mapped[datetime]
    capacity: Mapped[int]
    booked: Mapped[int] = mapped_column(default=0)
    special_capacity: Mapped[int] = mapped_column(default=0)
    special_booked: Mapped[int] = mapped_column(default=0)
    service: Mapped[Service] = relationship()


class Appointment(Identified, Base):
    """A booked place. `code` checks in on its day; `id_digest` does so for an identity card."""

    __tablename__ = "appointments"
    __table_args__ = (
        UniqueConstraint("hall_id", "day", "code"),
        UniqueConstraint("slot_id", "id_digest"),
        Index("ix_appointments_digest", "hall_id", "day", "id_digest"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    slot_id: Mapped[int] = mapped_column(ForeignKey("appointment_slots.id"), index=True)
    code: Mapped[str]
    id_digest: Mapped[str | None]
    kind: Mapped[Priority]
    special: Mapped[bool]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("village_agents.id"))
    state: Mapped[AppointmentState]
    booked_at: Mapped[datetime]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    slot: Mapped[Slot] = relationship()

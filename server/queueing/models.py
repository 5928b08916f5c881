"""Tickets and what happened to them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.catalogue.models import Counter, Queue, Service
from server.database import Base, Identified
from server.people.models import Account
from server.queueing.grades import Grade
from server.queueing.states import TicketState


class NumberSeries(Base):
    """The last number given in a queue on a business date; the issuing transaction adds one."""

    __tablename__ = "number_series"

    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class Ticket(Identified, Base):
    """A number on a business date (号票). `secret` is the address of the citizen's own page."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("hall_id", "business_date", "queue_id", "number"),
        UniqueConstraint("secret"),
        Index("ix_tickets_queue", "hall_id", "business_date", "queue_id", "state", "id"),
        Index(
            "uq_tickets_active_counter",
            "counter_id",
            unique=True,
            sqlite_where=text("state IN ('called', 'serving')"),
            postgresql_where=text("state IN ('called', 'serving')"),
        ),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    business_date: Mapped[date]
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    number: Mapped[int]
    label: Mapped[str]
    secret: Mapped[str]
    state: Mapped[TicketState] = mapped_column(default=TicketState.WAITING)
    issued_at: Mapped[datetime]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    called_at: Mapped[datetime | None]
    calls: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    queue: Mapped[Queue] = relationship()
    service: Mapped[Service] = relationship()
    counter: Mapped[Counter | None] = relationship()


class Period(Identified, Base):
    """The time that a ticket spent in one state (时段); the open one has no end."""

    __tablename__ = "periods"
    __table_args__ = (
        Index(
            "uq_periods_open",
            "ticket_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    state: Mapped[TicketState]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class CounterDuty(Identified, Base):
    """A clerk at a counter, from taking the place to leaving it; the open one has no end."""

    __tablename__ = "counter_duties"
    __table_args__ = (
        Index(
            "uq_counter_duties_counter",
            "counter_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "uq_counter_duties_account",
            "account_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    taken_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()


class Call(Identified, Base):
    """One call of a ticket, in the order in which calls are announced (播报).

    `rule` names the rule that chose this ticket.
    """

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_hall", "hall_id", "business_date", "id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    business_date: Mapped[date]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    called_at: Mapped[datetime]
    repeat: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[str]
    ticket: Mapped[Ticket] = relationship()
    counter: Mapped[Counter] = relationship()


class Rating(Identified, Base):
    """What a citizen thought of the service (评价), once per ticket."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("ticket_id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"), index=True)
    grade: Mapped[Grade]
    rated_at: Mapped[datetime]

"""Tickets and what happened to them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.catalogue.models import Counter, Queue, Service
from server.database import Base, Identified
from server.people.models import Account
from server.queueing.grades import Grade
from server.queueing.lanes import Lane, Priority
from server.queueing.states import TicketAction, TicketState

IN_LINE = "state = 'waiting' AND target_counter_id IS NULL AND target_account_id IS NULL"
LIVE = "state IN ('waiting', 'called', 'serving', 'on_hold')"
ACTIVE = "state IN ('called', 'serving')"


class QueueDay(Base):
    """The business date on which a hall's queue is, and when the server last looked at its clock.

    `held_date` is the date that the clock claims while a person has not confirmed its jump.
    """

    __tablename__ = "queue_days"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    business_date: Mapped[date]
    seen_at: Mapped[datetime]
    held_date: Mapped[date | None]


class ServiceDay(Base):
    """How many cases of a service with a quota were taken in on a business date."""

    __tablename__ = "service_days"

    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), primary_key=True)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    taken: Mapped[int]


class NumberSeries(Base):
    """The last number given in a queue on a business date; the issuing transaction adds one."""

    __tablename__ = "number_series"

    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"), primary_key=True)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    last_number: Mapped[int]


class Ticket(Identified, Base):
    """A number on a business date (号票). `secret` is the address of the citizen's own page.

    `place` orders a lane and `waits_since` is what its waiting time is reckoned from; both outlive
    a transfer, as does `series_id`, the queue whose number it has. `target_…`: the ticket waits for
    this counter or clerk alone. `cases` is how many cases the ticket is worth. `due_at` is the time
    of an appointment; `estimate_…` the minutes that were promised when it was taken.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("hall_id", "business_date", "series_id", "number"),
        UniqueConstraint("secret"),
        Index("ix_tickets_queue", "hall_id", "business_date", "queue_id", "state", "id"),
        Index(
            "ix_tickets_line",
            "queue_id",
            "lane",
            "place",
            "id",
            sqlite_where=text(IN_LINE),
            postgresql_where=text(IN_LINE),
        ),
        Index(
            "ix_tickets_waiting",
            "hall_id",
            "queue_id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_tickets_target_counter",
            "target_counter_id",
            sqlite_where=text("state = 'waiting' AND target_counter_id IS NOT NULL"),
            postgresql_where=text("state = 'waiting' AND target_counter_id IS NOT NULL"),
        ),
        Index(
            "ix_tickets_target_account",
            "target_account_id",
            sqlite_where=text("state = 'waiting' AND target_account_id IS NOT NULL"),
            postgresql_where=text("state = 'waiting' AND target_account_id IS NOT NULL"),
        ),
        Index(
            "uq_tickets_live_label",
            "hall_id",
            "label",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_tickets_counter", "counter_id", "business_date", "state"),
        Index(
            "uq_tickets_active_counter",
            "counter_id",
            unique=True,
            sqlite_where=text(ACTIVE),
            postgresql_where=text(ACTIVE),
        ),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    business_date: Mapped[date]
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    series_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    number: Mapped[int]
    label: Mapped[str]
    secret: Mapped[str]
    state: Mapped[TicketState] = mapped_column(default=TicketState.WAITING)
    issued_at: Mapped[datetime]
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    called_at: Mapped[datetime | None]
    calls: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    priority: Mapped[Priority] = mapped_column(default=Priority.NONE)
    lane: Mapped[Lane] = mapped_column(default=Lane.ORDINARY)
    place: Mapped[int] = mapped_column(default=0)
    waits_since: Mapped[datetime]
    due_at: Mapped[datetime | None]
    target_counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    target_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    returns: Mapped[int] = mapped_column(default=0)
    cases: Mapped[int] = mapped_column(default=1)
    estimate_low: Mapped[int | None]
    estimate_high: Mapped[int | None]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("village_agents.id"))
    queue: Mapped[Queue] = relationship(foreign_keys=[queue_id])
    service: Mapped[Service] = relationship()
    counter: Mapped[Counter | None] = relationship(foreign_keys=[counter_id])


def _is_one_of(*states: TicketState) -> ColumnElement[bool]:
    return Ticket.state.in_([literal_column(f"'{state}'") for state in states])


# Written out, and in the order of the indexes, so that the database sees that they fit: with
# parameters it would read every ticket that a counter ever had.
IS_WAITING = Ticket.state == literal_column("'waiting'")
IS_ACTIVE = _is_one_of(TicketState.CALLED, TicketState.SERVING)
IS_LIVE = _is_one_of(
    TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD
)


class ServiceTime(Identified, Base):
    """How long one service took at a counter: the experience on which estimates rest."""

    __tablename__ = "service_times"
    __table_args__ = (Index("ix_service_times_queue", "queue_id", "id"),)

    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    hour: Mapped[int]
    seconds: Mapped[int]


class StaffAlarm(Identified, Base):
    """A clerk silently asks for help at a counter."""

    __tablename__ = "staff_alarms"
    __table_args__ = (Index("ix_staff_alarms_hall", "hall_id", "id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    raised_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class Step(Identified, Base):
    """One service within a visit that takes several (环节), in the order in which they are done."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("ticket_id", "position"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    position: Mapped[int]
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    finished_at: Mapped[datetime | None]


class Transfer(Identified, Base):
    """A ticket was sent on to another counter, service or clerk (转号), with a note for them."""

    __tablename__ = "transfers"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    from_counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    from_service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    note: Mapped[str]
    transferred_at: Mapped[datetime]


class Press(Identified, Base):
    """A press that can be taken back for a while: what was there before it, to be put back exactly.

    `ticket_version` is the ticket's after the press: once anybody went on, nothing is put back.
    """

    __tablename__ = "presses"
    __table_args__ = (Index("ix_presses_counter", "counter_id", "id"),)

    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    action: Mapped[TicketAction]
    pressed_at: Mapped[datetime]
    ticket_version: Mapped[int]
    before: Mapped[dict[str, Any]]
    undone_at: Mapped[datetime | None]


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


class Pause(Identified, Base):
    """A counter closed for now (暂停服务), with the reason; the open one has no end."""

    __tablename__ = "pauses"
    __table_args__ = (
        Index(
            "uq_pauses_counter",
            "counter_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Call(Identified, Base):
    """One call of a ticket, in the order in which calls are announced (播报).

    `rule` names the rule that chose this ticket and `facts` what the rule looked at; a call that
    was taken back is no longer shown or spoken.
    """

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_hall", "hall_id", "business_date", "id"),
        Index("ix_calls_counter", "counter_id", "business_date", "id"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    business_date: Mapped[date]
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    called_at: Mapped[datetime]
    repeat: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[str]
    lane: Mapped[Lane] = mapped_column(default=Lane.ORDINARY)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    taken_back_at: Mapped[datetime | None]
    ticket: Mapped[Ticket] = relationship()
    counter: Mapped[Counter] = relationship()


class SpeakerPlace(Base):
    """How far a speaker has come in the log of calls: the last call that it was given to speak."""

    __tablename__ = "speaker_places"

    speaker_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    call_id: Mapped[int]


class Rating(Identified, Base):
    """What a citizen thought of the service (评价), once per ticket.

    A bad one is to be dealt with until `due_on`; `outcome` says how it was.
    """

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("ticket_id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"), index=True)
    grade: Mapped[Grade]
    rated_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    outcome: Mapped[str] = mapped_column(default="")
    ticket: Mapped[Ticket] = relationship()

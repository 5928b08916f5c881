"""Versioned verdicts, and what is waiting to be judged."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.models import Punch
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.database import Base, Identified
from server.people.models import Person


class JudgingCause(StrEnum):
    """What made a day be judged, or judged again."""

    DAY_OPENED = "day_opened"
    DUE = "due"
    PUNCH = "punch"
    SIGNATURE = "signature"
    LEAVE = "leave"
    COVER = "cover"
    PATROL = "patrol"
    PROXY = "proxy"
    CORRECTION = "correction"
    CALENDAR = "calendar"
    TIMETABLE = "timetable"
    REGULATION = "regulation"


class VerdictVersion(Identified, Base):
    """One version of the verdict on a half day of a person; the current one is not superseded.

    A version that is still PENDING is no verdict yet and is replaced in place; any other is kept.
    `due_at` is when a pending half day can be judged, None where that waits for a person.
    """

    __tablename__ = "verdicts"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "half", "version"),
        Index(
            "uq_verdicts_current",
            "person_id",
            "day",
            "half",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_verdicts_day", "hall_id", "day"),
        Index(
            "ix_verdicts_due",
            "hall_id",
            "due_at",
            sqlite_where=text("due_at IS NOT NULL"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date]
    half: Mapped[HalfDay]
    version: Mapped[int]
    kind: Mapped[VerdictKind]
    late: Mapped[bool]
    late_seconds: Mapped[int | None]
    early: Mapped[bool]
    early_seconds: Mapped[int | None]
    signed_in: Mapped[time | None]
    signed_out: Mapped[time | None]
    reasons: Mapped[list[Any]]
    due_at: Mapped[datetime | None]
    judged_at: Mapped[datetime]
    cause: Mapped[JudgingCause]
    caused_by: Mapped[str]
    superseded_at: Mapped[datetime | None]
    superseded_because: Mapped[JudgingCause | None]
    person: Mapped[Person] = relationship()


class JudgingRequest(Identified, Base):
    """Days to be judged of one person, or of everybody; written with what makes it necessary."""

    __tablename__ = "judging_requests"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    cause: Mapped[JudgingCause]
    caused_by: Mapped[str]
    asked_at: Mapped[datetime]


class JudgingState(Base):
    """How far a hall's judging has come: days opened, and punches taken into account.

    Days before `judged_from` are never judged. `event_seq` is the last event whose punches were
    looked at; events are numbered in the order of their commits, so none is passed over.
    """

    __tablename__ = "judging_states"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    judged_from: Mapped[date]
    opened_until: Mapped[date]
    event_seq: Mapped[int]


# How the punches of one delivery are found again.
Index("ix_punches_received", Punch.terminal_id, Punch.received_at)

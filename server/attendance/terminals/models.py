"""How far each terminal's log has been taken in, and what about it needs a person."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.models import Punch
from server.attendance.terminals.rules import PunchDoubt
from server.database import Base, Identified


class TerminalLog(Base):
    """A terminal's log as last taken in; moved in the transaction of its records.

    `cursor` is the agent's own description of the log (see drivers/zkteco/reconcile.py); only one
    agent at a time, the holder of the lease, moves it. The clock's offset is positive when the
    terminal is ahead. Sizes are what the terminal says of itself.

    The last three are punch row numbers that tell what the last settled read had in it: all rows
    up to the one that was last when the read began, and what reads stored up to the one at its end.
    """

    __tablename__ = "terminal_logs"

    terminal_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    cursor: Mapped[dict[str, Any] | None]
    records: Mapped[int] = mapped_column(default=0)
    record_capacity: Mapped[int] = mapped_column(default=0)
    users: Mapped[int] = mapped_column(default=0)
    synced_at: Mapped[datetime | None]
    clock_offset_ms: Mapped[int | None]
    lease_holder: Mapped[str] = mapped_column(default="")
    lease_until: Mapped[datetime | None]
    push_stamp: Mapped[str] = mapped_column(default="")
    users_listed_at: Mapped[datetime | None]
    last_at_begin: Mapped[int] = mapped_column(default=0)
    settled_all: Mapped[int] = mapped_column(default=0)
    settled_reads: Mapped[int] = mapped_column(default=0)


class TerminalFinding(Identified, Base):
    """What happened to a log between two reads, with the times in which punches may be missing."""

    __tablename__ = "terminal_findings"

    terminal_id: Mapped[int] = mapped_column(ForeignKey("devices.id"), index=True)
    kind: Mapped[str]
    alarm: Mapped[bool]
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    dropped: Mapped[int] = mapped_column(default=0)
    found_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class Decision(StrEnum):
    """What a person decided about something set aside."""

    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class DoubtfulPunch(Base):
    """A punch set aside (隔离): stored as it came, counted only when a person accepts it."""

    __tablename__ = "doubtful_punches"

    punch_id: Mapped[int] = mapped_column(ForeignKey("punches.id"), primary_key=True)
    doubt: Mapped[PunchDoubt]
    decision: Mapped[Decision | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    punch: Mapped[Punch] = relationship()


class QuarantinedUpload(Identified, Base):
    """Bytes that were not taken in: a read that cannot be right, or an unknown terminal's push."""

    __tablename__ = "quarantined_uploads"
    __table_args__ = (Index("ix_quarantined_uploads_open", "hall_id", "decided_at"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    terminal_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), index=True)
    serial_number: Mapped[str] = mapped_column(default="", index=True)
    reason: Mapped[str]
    detail: Mapped[str]
    body: Mapped[bytes]
    received_at: Mapped[datetime]
    decision: Mapped[Decision | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

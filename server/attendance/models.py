"""Raw punches and whose they are."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.database import Base, Identified
from server.people.models import Person


class Punch(Identified, Base):
    """One event of a terminal (打卡), as the terminal told it; never changed afterwards.

    `raw_time` is the terminal's packed clock; `punched_at` is None where that is no real time.
    `occurrence` tells apart equal records within one log. `raw` keeps the record's own bytes.
    """

    __tablename__ = "punches"
    __table_args__ = (
        UniqueConstraint("terminal_id", "pin", "raw_time", "verify", "state", "occurrence"),
        Index("ix_punches_day", "hall_id", "business_date"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    terminal_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    pin: Mapped[str]
    raw_time: Mapped[int]
    punched_at: Mapped[datetime | None]
    business_date: Mapped[date | None]
    verify: Mapped[int]
    state: Mapped[int]
    occurrence: Mapped[int] = mapped_column(default=0)
    raw: Mapped[bytes]
    source: Mapped[str]
    received_at: Mapped[datetime]


class TerminalIdentity(Identified, Base):
    """Whose a number on a terminal is, from one date until another (exclusive)."""

    __tablename__ = "terminal_identities"
    __table_args__ = (UniqueConstraint("terminal_id", "pin", "valid_from"),)

    terminal_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    pin: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    person: Mapped[Person] = relationship()


OWNER = (
    (TerminalIdentity.terminal_id == Punch.terminal_id)
    & (TerminalIdentity.pin == Punch.pin)
    & (TerminalIdentity.valid_from <= Punch.business_date)
    & or_(
        TerminalIdentity.valid_until.is_(None),
        TerminalIdentity.valid_until > Punch.business_date,
    )
)
"""Joins a punch to whose number it was on that date."""

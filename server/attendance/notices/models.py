"""Notices to one person or to everybody of a role."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified
from server.people.models import Role


class Notice(Identified, Base):
    """One notice; `message` is a catalogue sentence, `once` keeps it from being told twice."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("hall_id", "once"),
        Index("ix_notices_person", "person_id", "read_at"),
        Index("ix_notices_role", "hall_id", "role", "read_at"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role | None]
    message: Mapped[str]
    parameters: Mapped[dict[str, Any]]
    once: Mapped[str]
    told_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

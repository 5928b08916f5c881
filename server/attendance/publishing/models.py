"""Frozen publications and objections to them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.timetable import HalfDay
from server.database import Base, Identified
from server.people.models import Person


class PublicationKind(StrEnum):
    """For whom results are frozen."""

    PUBLIC = "public"  # 公示
    UNIT_NOTICE = "unit_notice"  # 向单位通报
    YEAR_FILE = "year_file"  # 年度档案


class Publication(Identified, Base):
    """Results as they were when they were published; never changed afterwards.

    `scope` is `hall` or `unit:<id>`; `digest` is SHA-256 over the content as canonical JSON.
    """

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("hall_id", "kind", "scope", "first_day"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    kind: Mapped[PublicationKind]
    scope: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str]


class ObjectionState(StrEnum):
    """What became of an objection."""

    OPEN = "open"  # 待处理
    UPHELD = "upheld"  # 成立
    REJECTED = "rejected"  # 不成立


class Objection(Identified, Base):
    """A person's objection (异议) to one published half day."""

    __tablename__ = "objections"
    __table_args__ = (UniqueConstraint("publication_id", "person_id", "day", "half"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    day: Mapped[date]
    half: Mapped[HalfDay]
    statement: Mapped[str]
    raised_at: Mapped[datetime]
    state: Mapped[ObjectionState] = mapped_column(default=ObjectionState.OPEN)
    answer: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    person: Mapped[Person] = relationship()
    publication: Mapped[Publication] = relationship()

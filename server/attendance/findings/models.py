"""Findings of people about attendance."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.timetable import HalfDay
from server.catalogue.models import Counter
from server.database import Base, Identified
from server.people.models import Person


class FindingKind(StrEnum):
    """What a patrol found."""

    AWAY = "away"  # 不在岗
    DRESS = "dress"  # 着装、胸牌
    CONDUCT = "conduct"  # 行为
    OTHER = "other"  # 其他


class PatrolFinding(Identified, Base):
    """One finding of a patrol (巡查, 窗口管理制度 五.4).

    `away_until` is when a person found away was last seen to be still away; None when they were
    looked for once only.
    """

    __tablename__ = "patrol_findings"
    __table_args__ = (Index("ix_patrol_findings_person", "person_id", "found_at"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    kind: Mapped[FindingKind]
    note: Mapped[str]
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    found_at: Mapped[datetime]
    found_by: Mapped[str]
    away_until: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
    counter: Mapped[Counter | None] = relationship()


class ProxyCase(Identified, Base):
    """A punch found to have been made by one person for another (代签, 窗口管理制度 五.3)."""

    __tablename__ = "proxy_cases"
    __table_args__ = (
        Index("ix_proxy_cases_day", "hall_id", "day"),
        UniqueConstraint("signer_id", "signed_for_id", "day", "half"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    half: Mapped[HalfDay]
    signer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    signed_for_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str]
    found_at: Mapped[datetime]
    found_by: Mapped[str]
    signer: Mapped[Person] = relationship(foreign_keys=[signer_id])
    signed_for: Mapped[Person] = relationship(foreign_keys=[signed_for_id])


class ExcludedPunch(Identified, Base):
    """A punch that is not counted, and why; the punch itself stays as it is."""

    __tablename__ = "excluded_punches"
    __table_args__ = (UniqueConstraint("punch_id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    punch_id: Mapped[int] = mapped_column(ForeignKey("punches.id"))
    why: Mapped[str]
    excluded_at: Mapped[datetime]
    excluded_by: Mapped[str]


class AttestedPunch(Identified, Base):
    """A time at which the office attests that a person signed; a correction, with who and why."""

    __tablename__ = "attested_punches"
    __table_args__ = (Index("ix_attested_punches_person", "person_id", "day"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    why: Mapped[str]
    attested_at: Mapped[datetime]
    attested_by: Mapped[str]

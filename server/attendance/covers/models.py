"""Cover duties, the steps of their admission, and signatures by hand."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.cover_rules import Cover
from server.attendance.presets.cover import CoverStep
from server.database import Base, Identified
from server.people.models import Person, Unit


class CoverDuty(Identified, Base):
    """One cover: who covers whom, from when until when (临时顶岗人员管理制度 4).

    `person_id` is the cover, `replaces_id` the staff member they stand in for; `ended_on` is the
    last day of a cover that ended before it was planned to. `card_digest` stands for the number of
    their identity card, which is kept nowhere.
    """

    __tablename__ = "cover_duties"
    __table_args__ = (CheckConstraint("first_day <= planned_last_day", name="span"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    replaces_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    phone: Mapped[str]
    first_day: Mapped[date]
    planned_last_day: Mapped[date]
    ended_on: Mapped[date | None]
    handed_back_at: Mapped[datetime | None]
    pin_hash: Mapped[str | None]
    pin_failures: Mapped[int] = mapped_column(default=0)
    pin_locked_until: Mapped[datetime | None]
    card_digest: Mapped[str | None]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[str]
    unit: Mapped[Unit] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    replaces: Mapped[Person] = relationship(foreign_keys=[replaces_id])
    steps: Mapped[list["CoverStepTaken"]] = relationship(
        order_by="CoverStepTaken.id", lazy="selectin"
    )

    def as_cover(self) -> Cover:
        """The duty as the rules see it."""
        return Cover(self.first_day, self.planned_last_day, self.ended_on)

    def taken(self, step: CoverStep) -> "CoverStepTaken | None":
        """The record of a step, if it was taken."""
        return next((each for each in self.steps if each.step is step), None)


class CoverStepTaken(Identified, Base):
    """A step of a cover's admission: agreed, registered, trained, handed over."""

    __tablename__ = "cover_steps"
    __table_args__ = (UniqueConstraint("duty_id", "step"),)

    duty_id: Mapped[int] = mapped_column(ForeignKey("cover_duties.id"))
    step: Mapped[CoverStep]
    note: Mapped[str]
    taken_at: Mapped[datetime]
    taken_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship()


class SigningProof(StrEnum):
    """By what a cover proved who they are."""

    PIN = "pin"
    CARD = "card"


class HandSigning(Identified, Base):
    """One signature by hand at the guidance desk (手工签到); `drawing` is a small picture of it.

    The drawing is for a person to look at and is never compared by the system.
    """

    __tablename__ = "hand_signings"
    __table_args__ = (
        Index("ix_hand_signings_person", "person_id", "day"),
        Index("ix_hand_signings_day", "hall_id", "day"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("cover_duties.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[date]
    signed_at: Mapped[datetime]
    proof: Mapped[SigningProof]
    drawing: Mapped[bytes] = mapped_column(deferred=True)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    person: Mapped[Person] = relationship()

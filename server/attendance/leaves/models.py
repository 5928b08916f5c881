"""Leaves and what approvers did to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.evidence import Leave
from server.attendance.leaves.states import LeaveState
from server.attendance.presets.leave import LeaveForm, LeaveKind, LeaveStep
from server.database import Base, Identified
from server.people.models import Person


class LeaveApplication(Identified, Base):
    """One leave, from `starts_at` until `ends_at` (excluded).

    What it needs was fixed by the regulation when it was asked for: `steps` in their order,
    `document` (None where none must be shown), whether a cover, under which `clause`.
    `cover_since` is when the cover was on post. `half_days` are the half days of working time.
    """

    __tablename__ = "leaves"
    __table_args__ = (
        Index("ix_leaves_person", "person_id", "starts_at"),
        Index("ix_leaves_state", "hall_id", "state"),
        CheckConstraint("starts_at < ends_at", name="span"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[LeaveKind]
    form: Mapped[LeaveForm]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seconds: Mapped[int]
    half_days: Mapped[float]
    reason: Mapped[str]
    state: Mapped[LeaveState] = mapped_column(default=LeaveState.REQUESTED)
    steps: Mapped[list[Any]]
    document: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"))
    cover_required: Mapped[bool]
    cover_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    cover_phone: Mapped[str] = mapped_column(default="")
    cover_since: Mapped[datetime | None]
    clause: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    granted_at: Mapped[datetime | None]
    back_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    cover_person: Mapped[Person | None] = relationship(foreign_keys=[cover_person_id])
    acts: Mapped[list["LeaveActTaken"]] = relationship(
        order_by="LeaveActTaken.position", lazy="selectin"
    )

    @property
    def chain(self) -> tuple[LeaveStep, ...]:
        """The approval steps in their order."""
        return tuple(LeaveStep.model_validate(step) for step in self.steps)

    def as_evidence(self) -> Leave:
        """The leave as the rules see it."""
        leave = Leave(
            self.starts_at, self.ends_at, self.kind, self.cover_required, self.cover_since
        )
        return leave if self.back_at is None else leave.cut_short(self.back_at)


class LeaveActTaken(Identified, Base):
    """One step of an approval chain, taken; `position` counts the steps from 0."""

    __tablename__ = "leave_acts"
    __table_args__ = (UniqueConstraint("leave_id", "position"),)

    leave_id: Mapped[int] = mapped_column(ForeignKey("leaves.id"))
    position: Mapped[int]
    agreed: Mapped[bool]
    opinion: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    taken_at: Mapped[datetime]
    person: Mapped[Person] = relationship()

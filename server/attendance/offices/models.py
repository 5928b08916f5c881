"""Who holds which office."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.attendance.presets.leave import Approver
from server.database import Base, Identified
from server.people.models import Person, Unit


class OfficeHolder(Identified, Base):
    """A person in an office, until a date (exclusive); `unit_id` for the offices of a unit."""

    __tablename__ = "office_holders"
    __table_args__ = (Index("ix_office_holders_person", "person_id", "office"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    office: Mapped[Approver]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()

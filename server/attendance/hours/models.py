"""What a hall has set: timetables of its own, and the regulations it adopted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified


class SpecialTimetable(Identified, Base):
    """A timetable of one unit or one person instead of the hall's, from its `since` on.

    `timetable` is the setting as a preset writes it.
    """

    __tablename__ = "special_timetables"
    __table_args__ = (CheckConstraint("(unit_id IS NULL) <> (person_id IS NULL)", name="whose"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    timetable: Mapped[dict[str, Any]]
    until: Mapped[date | None]


class Regulation(Identified, Base):
    """A preset that the hall adopted, with its TOML; the last one holds, its entries are dated."""

    __tablename__ = "regulations"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    name: Mapped[str]
    content: Mapped[str]
    digest: Mapped[str]
    adopted_at: Mapped[datetime]
    adopted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

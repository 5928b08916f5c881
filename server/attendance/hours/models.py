"""What a hall has set: days of the calendar, confirmed years, timetables, regulations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.attendance.calendar import DayKind
from server.database import Base, Identified


class CalendarDay(Identified, Base):
    """A day that differs from its weekday (节假日, 调休上班)."""

    __tablename__ = "calendar_days"
    __table_args__ = (UniqueConstraint("hall_id", "day"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    day: Mapped[date]
    kind: Mapped[DayKind]
    name: Mapped[str]


class CalendarYear(Identified, Base):
    """A year that was seeded or edited; judged only once a person has confirmed it.

    `announced` tells whether the seed knew the State Council's make-up days.
    """

    __tablename__ = "calendar_years"
    __table_args__ = (UniqueConstraint("hall_id", "year"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    year: Mapped[int]
    announced: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


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

"""The hall's calendar in rows: days that differ from their weekday, and confirmed years."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from server.catalogue.calendar import Calendar, CalendarEntry, DayKind
from server.database import Base, Identified
from server.work import Work


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


def load_calendar(work: Work) -> Calendar:
    """Every day that differs and every confirmed year of the hall."""
    days = work.session.scalars(select(CalendarDay).where(CalendarDay.hall_id == work.hall_id))
    confirmed = work.session.scalars(
        select(CalendarYear.year).where(
            CalendarYear.hall_id == work.hall_id, CalendarYear.confirmed_at.is_not(None)
        )
    )
    entries = {row.day: CalendarEntry(row.day, row.kind, row.name) for row in days}
    return Calendar(entries, frozenset(confirmed))

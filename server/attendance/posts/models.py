"""A and B roles of the counters."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.catalogue.models import Counter
from server.database import Base, Identified
from server.people.models import Person


class Post(Identified, Base):
    """Who works at a counter (A 角) and who steps in (B 角), until a date (exclusive)."""

    __tablename__ = "posts"
    __table_args__ = (CheckConstraint("b_person_id <> a_person_id", name="two"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"))
    a_person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    b_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    counter: Mapped[Counter] = relationship()
    a_person: Mapped[Person] = relationship(foreign_keys=[a_person_id])
    b_person: Mapped[Person | None] = relationship(foreign_keys=[b_person_id])

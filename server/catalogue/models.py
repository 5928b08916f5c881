"""The hall, its opening hours, counters, services and queues."""

from datetime import time
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, bindparam
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.database import Base, Identified


class Hall(Identified, Base):
    """One service hall; every other row belongs to one."""

    __tablename__ = "halls"

    name: Mapped[str]
    name_en: Mapped[str]
    time_zone: Mapped[str]
    event_seq: Mapped[int] = mapped_column(default=0)
    audit_hash: Mapped[str] = mapped_column(default="")

    @property
    def zone(self) -> ZoneInfo:
        """The zone that decides the hall's date."""
        return ZoneInfo(self.time_zone)


class OpeningHours(Identified, Base):
    """One span of a weekday (Monday = 0) in which tickets are given; a day may have several."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        UniqueConstraint("hall_id", "weekday", "opens"),
        CheckConstraint("opens < closes", name="span"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]


class Category(Identified, Base):
    """A group of services on the kiosk's first page."""

    __tablename__ = "categories"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    services: Mapped[list["Service"]] = relationship(
        back_populates="category", order_by="Service.position"
    )


class Queue(Identified, Base):
    """Services that share one number series: prefix letter, first number and width in digits.

    After `last_number` nothing is given any more on that day; without one, the numbers go on.
    """

    __tablename__ = "queues"
    __table_args__ = (UniqueConstraint("hall_id", "prefix"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    name: Mapped[str]
    name_en: Mapped[str]
    prefix: Mapped[str]
    first_number: Mapped[int] = mapped_column(default=1)
    last_number: Mapped[int | None]
    width: Mapped[int] = mapped_column(default=3)


class Service(Identified, Base):
    """A matter that a citizen comes for (事项).

    `daily_quota` limits the cases taken in on one day; `usual_minutes` is how long one takes,
    as long as there is no experience. `promised_days` are working days until the case is done, 0
    on the spot. `real_name`: a number is given for an identity card only.
    """

    __tablename__ = "services"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), index=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    position: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    daily_quota: Mapped[int | None]
    usual_minutes: Mapped[int | None]
    promised_days: Mapped[int | None]
    telephone: Mapped[str] = mapped_column(default="")
    real_name: Mapped[bool] = mapped_column(default=False)
    category: Mapped[Category] = relationship(back_populates="services")
    queue: Mapped[Queue] = relationship()
    materials: Mapped[list["ServiceMaterial"]] = relationship(
        order_by="ServiceMaterial.position", cascade="all, delete-orphan"
    )


class ServiceMaterial(Identified, Base):
    """A document that a service asks for, how many copies, and what to mind about it."""

    __tablename__ = "service_materials"
    __table_args__ = (
        UniqueConstraint("service_id", "position"),
        CheckConstraint("copies >= 1", name="copies"),
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    position: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    copies: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")


class ServiceHours(Identified, Base):
    """A span of a weekday (Monday = 0) in which tickets for a service are given.

    A service without any goes by the hall's hours alone.
    """

    __tablename__ = "service_hours"
    __table_args__ = (
        UniqueConstraint("service_id", "weekday", "opens"),
        CheckConstraint("opens < closes", name="span"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )

    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]


class Counter(Identified, Base):
    """A numbered place where a clerk serves (窗口); `version` grows with everything done there.

    `auto_next`: after a ticket's end the next one is called by itself.
    """

    __tablename__ = "counters"
    __table_args__ = (UniqueConstraint("hall_id", "number"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    number: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=0)
    auto_next: Mapped[bool] = mapped_column(default=False)


class CounterQueue(Base):
    """A queue that a counter serves; `rank` 1 is its first choice, higher ones it helps out.

    With `opens` and `closes` only between these hours of the day.
    """

    __tablename__ = "counter_queues"

    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"), primary_key=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"), primary_key=True, index=True)
    rank: Mapped[int] = mapped_column(default=1)
    opens: Mapped[time | None]
    closes: Mapped[time | None]


SERVED_AT = (CounterQueue.opens.is_(None) | (CounterQueue.opens <= bindparam("moment"))) & (
    CounterQueue.closes.is_(None) | (CounterQueue.closes > bindparam("moment"))
)
"""That a counter serves a queue at a `moment` of the day, a time on the hall's clock."""

"""Units, staff members and their accounts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.database import Base, Identified


class Role(StrEnum):
    """What an account may do."""

    ADMINISTRATOR = "administrator"
    CLERK = "clerk"
    GUIDANCE_DESK = "guidance_desk"
    SUPERVISOR = "supervisor"


class Unit(Identified, Base):
    """An authority that sends staff to the hall and owns services (派驻单位)."""

    __tablename__ = "units"
    __table_args__ = (UniqueConstraint("hall_id", "name"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    name: Mapped[str]
    name_en: Mapped[str]


class Person(Identified, Base):
    """A staff member; only what the hall needs to know of them."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("hall_id", "staff_number"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    staff_number: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    unit: Mapped[Unit] = relationship()


class VillageAgent(Identified, Base):
    """Somebody who takes tickets and brings cases for others of a village (代办员)."""

    __tablename__ = "village_agents"
    __table_args__ = (UniqueConstraint("hall_id", "code"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    code: Mapped[str]
    name: Mapped[str]
    village: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)


class Account(Identified, Base):
    """A login. `failures` counts wrong passwords since the last right one."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("username"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    username: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[Role]
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()

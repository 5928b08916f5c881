"""Punches as people look at them."""

from datetime import date, datetime

from pydantic import BaseModel
from sqlalchemy import select

from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.attendance.terminals.views import undecided
from server.devices.models import Device
from server.people.models import Person, Unit
from server.work import Work


class PunchView(BaseModel):
    """One punch: when, and at which terminal; a clock that told no real time gives None."""

    at: datetime | None
    terminal: str


class PersonPunches(BaseModel):
    """One person's punches of a day; `person_id` is None for a number that is nobody's yet."""

    person_id: int | None
    name: str
    staff_number: str
    unit: str
    punches: list[PunchView]


def punches_of_day(work: Work, day: date) -> list[PersonPunches]:
    """The punches of a business date by person, by unit and staff number; unknown numbers last.

    Those that are set aside and not accepted are left out.
    """
    rows = work.session.execute(
        select(Punch, Device.name, Person, Unit.name)
        .join(Device, Device.id == Punch.terminal_id)
        .outerjoin(TerminalIdentity, OWNER)
        .outerjoin(Person, Person.id == TerminalIdentity.person_id)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Punch.hall_id == work.hall_id, Punch.business_date == day, ~undecided(Punch.id))
        .order_by(Punch.punched_at, Punch.id)
    )
    people: dict[tuple[int | None, str], PersonPunches] = {}
    for punch, terminal, person, unit in rows:
        key = (person.id, "") if person else (None, f"{punch.terminal_id}:{punch.pin}")
        entry = people.get(key)
        if entry is None:
            entry = people[key] = _entry(person, unit, punch.pin)
        at = punch.punched_at.astimezone(work.zone) if punch.punched_at else None
        entry.punches.append(PunchView(at=at, terminal=terminal))
    return sorted(
        people.values(), key=lambda entry: (entry.person_id is None, entry.unit, entry.staff_number)
    )


def _entry(person: Person | None, unit: str | None, pin: str) -> PersonPunches:
    return PersonPunches(
        person_id=person.id if person else None,
        name=person.name if person else "",
        staff_number=person.staff_number if person else pin,
        unit=unit or "",
        punches=[],
    )

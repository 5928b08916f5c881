"""Timetables of single units and persons instead of the hall's."""

from datetime import date

from sqlalchemy import select

from server.attendance.hours.models import SpecialTimetable
from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.attendance.timetable import Timetable, TimetableOverride
from server.i18n import N_
from server.people.models import Person
from server.people.staff import find_person, find_unit
from server.people.staff import units as all_units
from server.problems import NotFound
from server.work import Work


def load_overrides(work: Work) -> tuple[TimetableOverride, ...]:
    """Every special timetable of the hall."""
    return tuple(
        TimetableOverride(
            timetable=Timetable.model_validate(row.timetable),
            unit_id=row.unit_id,
            person_id=row.person_id,
            until=row.until,
        )
        for row in _rows(work)
    )


def special_timetables(work: Work) -> list[tuple[SpecialTimetable, Timetable, str]]:
    """The special timetables with the name of the unit or person who keeps each."""
    units = {unit.id: unit.name for unit in all_units(work)}
    people = {
        person.id: person.name
        for person in work.session.scalars(select(Person).where(Person.hall_id == work.hall_id))
    }
    return [
        (
            row,
            Timetable.model_validate(row.timetable),
            people[row.person_id] if row.person_id is not None else units[row.unit_id or 0],
        )
        for row in _rows(work)
    ]


def add_timetable(
    work: Work,
    timetable: Timetable,
    *,
    unit_id: int | None = None,
    person_id: int | None = None,
    until: date | None = None,
) -> SpecialTimetable:
    """Give a unit or a person hours of their own. Raises NotFound."""
    if unit_id is not None:
        find_unit(work, unit_id)
    if person_id is not None:
        find_person(work, person_id)
    row = SpecialTimetable(
        hall_id=work.hall_id,
        unit_id=unit_id,
        person_id=person_id,
        timetable=timetable.model_dump(mode="json"),
        until=until,
    )
    work.session.add(row)
    work.session.flush()
    _judge(work, row, timetable)
    whose = f"unit:{unit_id}" if unit_id is not None else f"person:{person_id}"
    work.audit("timetable.add", whose, timetable=row.timetable, until=str(until or ""))
    return row


def remove_timetable(work: Work, row_id: int) -> None:
    """Take special hours back, also for the days that passed. Raises NotFound."""
    row = work.session.get(SpecialTimetable, row_id)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这份作息时间"))
    work.session.delete(row)
    _judge(work, row, Timetable.model_validate(row.timetable))
    work.audit("timetable.remove", f"timetable:{row_id}", timetable=row.timetable)


def _judge(work: Work, row: SpecialTimetable, timetable: Timetable) -> None:
    last = min(row.until or work.business_date, work.business_date)
    ask_to_judge(work, JudgingCause.TIMETABLE, timetable.since, last, person_id=row.person_id)


def _rows(work: Work) -> list[SpecialTimetable]:
    return list(
        work.session.scalars(
            select(SpecialTimetable)
            .where(SpecialTimetable.hall_id == work.hall_id)
            .order_by(SpecialTimetable.id)
        )
    )

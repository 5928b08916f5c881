"""Giving offices to people and taking them back; who holds what today."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from server.attendance.offices.models import OfficeHolder
from server.attendance.presets.leave import Approver
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person, find_person, find_unit
from server.problems import Invalid, NotAllowed, NotFound
from server.work import Work

OF_A_UNIT = frozenset({Approver.UNIT, Approver.UNIT_HEAD, Approver.WINDOW_HEAD})
"""Offices that are held for one unit's people only."""


def appoint(
    work: Work, office: Approver, person_id: int, since: date, unit_id: int | None = None
) -> OfficeHolder:
    """Give an office to a person. Raises NotFound, Invalid where unit and office do not fit."""
    find_person(work, person_id)
    if office in OF_A_UNIT and unit_id is None:
        raise Invalid(N_("请选择是哪个单位的职务"))
    if unit_id is not None:
        find_unit(work, unit_id)
    holder = OfficeHolder(
        hall_id=work.hall_id,
        office=office,
        unit_id=unit_id if office in OF_A_UNIT else None,
        person_id=person_id,
        since=since,
    )
    work.session.add(holder)
    work.session.flush()
    work.audit("office.appoint", f"person:{person_id}", office=office.value, unit=unit_id)
    return holder


def dismiss(work: Work, holder_id: int) -> None:
    """End an office from today on. Raises NotFound."""
    holder = work.session.get(OfficeHolder, holder_id)
    if holder is None or holder.hall_id != work.hall_id:
        raise NotFound(N_("没有这项任职"))
    holder.until = work.business_date
    work.audit("office.dismiss", f"person:{holder.person_id}", office=holder.office.value)


def holders(work: Work) -> Sequence[OfficeHolder]:
    """Everybody in an office today."""
    return work.session.scalars(
        select(OfficeHolder)
        .where(OfficeHolder.hall_id == work.hall_id, *_today(work))
        .options(joinedload(OfficeHolder.person), joinedload(OfficeHolder.unit))
        .order_by(OfficeHolder.office, OfficeHolder.unit_id, OfficeHolder.id)
    ).all()


def offices_of(work: Work, person: Person) -> frozenset[tuple[Approver, int | None]]:
    """The offices that a person holds today, each with its unit where it has one."""
    rows = work.session.execute(
        select(OfficeHolder.office, OfficeHolder.unit_id).where(
            OfficeHolder.person_id == person.id, *_today(work)
        )
    )
    return frozenset((office, unit_id) for office, unit_id in rows)


def holds(work: Work, person: Person, office: Approver, unit_id: int) -> bool:
    """Whether a person holds an office today, for this unit where it is one of a unit."""
    return (office, unit_id if office in OF_A_UNIT else None) in offices_of(work, person)


def acting_in(work: Work, *offices: Approver, unit_id: int = 0) -> Person:
    """The acting person, who holds one of these offices. Raises NotAllowed."""
    person = acting_person(work)
    if not any(holds(work, person, office, unit_id) for office in offices):
        raise NotAllowed(N_("这一步须由担任相应职务的人办理"))
    return person


def _today(work: Work) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    today = work.business_date
    return (
        OfficeHolder.since <= today,
        or_(OfficeHolder.until.is_(None), OfficeHolder.until > today),
    )

"""Finding the hall's units and people, and the person who acts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.i18n import N_
from server.people.models import Account, Person, Unit
from server.problems import NotAllowed, NotFound
from server.work import Work


def find_unit(work: Work, unit_id: int) -> Unit:
    """A unit of this hall. Raises NotFound."""
    unit = work.session.get(Unit, unit_id)
    if unit is None or unit.hall_id != work.hall_id:
        raise NotFound(N_("没有这个单位"))
    return unit


def find_person(work: Work, person_id: int) -> Person:
    """A staff member of this hall. Raises NotFound."""
    person = work.session.get(Person, person_id)
    if person is None or person.hall_id != work.hall_id:
        raise NotFound(N_("没有这位工作人员"))
    return person


def person_of_account(work: Work, account_id: int | None) -> Person | None:
    """The staff member whose account this is."""
    account = work.session.get(Account, account_id) if account_id is not None else None
    if account is None or account.person_id is None:
        return None
    return work.session.get_one(Person, account.person_id)


def acting_person(work: Work) -> Person:
    """The staff member who acts. Raises NotAllowed for a device or an account of nobody."""
    person = person_of_account(work, work.actor.account_id)
    if person is None:
        raise NotAllowed(N_("您的账号还没有对应的工作人员，请管理员在人员里关联"))
    return person


def active_people(work: Work) -> Sequence[Person]:
    """The hall's present staff with their units, by unit and staff number."""
    return work.session.scalars(
        select(Person)
        .where(Person.hall_id == work.hall_id, Person.active)
        .options(joinedload(Person.unit))
        .order_by(Person.unit_id, Person.staff_number)
    ).all()


def units(work: Work) -> Sequence[Unit]:
    """The hall's units."""
    return work.session.scalars(
        select(Unit).where(Unit.hall_id == work.hall_id).order_by(Unit.id)
    ).all()

"""Units and their staff, as an administrator edits them."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.catalogue.editing import Part, check_free, give_names, own_english
from server.filling import FieldFault, Filling, Name, RowNumber, Words, WrongFields
from server.i18n import N_
from server.people.models import Person, Unit
from server.work import Work

LONGEST_STAFF_NUMBER = 20


class UnitForm(Filling):
    """A unit's names."""

    name: Name
    name_en: Words = ""


def _read_unit(_work: Work, unit: Unit) -> UnitForm:
    return UnitForm(name=unit.name, name_en=own_english(unit))


def _write_unit(work: Work, unit: Unit, form: UnitForm) -> None:
    check_free(work, unit, "name", Unit.name == form.name, N_("已有同名的单位"))
    give_names(unit, form.name, form.name_en)


UNIT = Part("unit", Unit, UnitForm, N_("没有这个单位"), _read_unit, _write_unit)


class PersonForm(Filling):
    """A staff member: only what the hall needs to know."""

    staff_number: Annotated[Name, Field(max_length=LONGEST_STAFF_NUMBER)]
    name: Name
    unit_id: RowNumber


def _read_person(_work: Work, person: Person) -> PersonForm:
    return PersonForm(staff_number=person.staff_number, name=person.name, unit_id=person.unit_id)


def _write_person(work: Work, person: Person, form: PersonForm) -> None:
    same = Person.staff_number == form.staff_number
    check_free(work, person, "staff_number", same, N_("这个工号已有人在用"))
    with work.session.no_autoflush:
        unit = work.session.get(Unit, form.unit_id)
    if unit is None or unit.hall_id != work.hall_id:
        raise WrongFields({"unit_id": FieldFault(N_("请从列表中选择"))})
    person.staff_number, person.name, person.unit_id = form.staff_number, form.name, form.unit_id


PERSON = Part(
    "person",
    Person,
    PersonForm,
    N_("没有这位工作人员"),
    _read_person,
    _write_person,
    private=frozenset({"name"}),
)


def everybody(work: Work) -> Sequence[Person]:
    """The hall's staff with their units, those who have left last."""
    return work.session.scalars(
        select(Person)
        .where(Person.hall_id == work.hall_id)
        .options(joinedload(Person.unit))
        .order_by(Person.active.desc(), Person.unit_id, Person.staff_number)
    ).all()

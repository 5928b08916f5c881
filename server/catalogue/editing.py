"""How the parts of a hall's description are added and changed: one way for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, select

from server.catalogue.events import HallChanged
from server.catalogue.models import Category, Counter, Queue, Service
from server.filling import FieldFault, Filling, WrongFields, check_unchanged, filled
from server.people.models import Person, Unit, VillageAgent
from server.problems import NotFound
from server.screens.models import HallNotice
from server.work import Work

HIDDEN = "***"

RowT = TypeVar("RowT", Category, Counter, Queue, Service, Unit, Person, HallNotice, VillageAgent)
FormT = TypeVar("FormT", bound=Filling)


class Named(Protocol):
    """A row with a name in both languages."""

    name: str
    name_en: str


def nothing_more(_work: Work, _row: object, _form: object) -> None:
    """For a part that is one row only."""


@dataclass(frozen=True, slots=True)
class Part(Generic[RowT, FormT]):
    """One kind of thing that a hall is described by.

    `name` is what the audit calls it, `missing` what is said when there is none; `read` makes a
    form of a row, `write` checks a form and puts it into a row that may be new (raises
    WrongFields), `attach` writes the rows that belong to it. `private` fields are personal: what
    they say is not written into the audit.
    """

    name: str
    model: type[RowT]
    form: type[FormT]
    missing: str
    read: Callable[[Work, RowT], FormT]
    write: Callable[[Work, RowT, FormT], None]
    attach: Callable[[Work, RowT, FormT], None] = nothing_more
    private: frozenset[str] = frozenset()

    def find(self, work: Work, row_id: int) -> RowT:
        """A row of this hall, held until the end of the transaction. Raises NotFound."""
        row = work.session.get(self.model, row_id, with_for_update=True, populate_existing=True)
        if row is None or row.hall_id != work.hall_id:
            raise NotFound(self.missing)
        return row


def form_of(work: Work, part: Part[RowT, FormT], row_id: int) -> FormT:
    """What there is now, as a form. Raises NotFound."""
    return part.read(work, part.find(work, row_id))


def add_part(work: Work, part: Part[RowT, FormT], values: Mapping[str, object]) -> int:
    """Add one from what was filled in; its row number. Raises WrongFields."""
    form = filled(part.form, values)
    row = part.model(hall_id=work.hall_id)
    part.write(work, row, form)
    work.session.add(row)
    work.session.flush()
    part.attach(work, row, form)
    subject = f"{part.name}:{row.id}"
    note_change(work, f"{part.name}.add", subject, None, form, private=part.private)
    return row.id


def change_part(
    work: Work,
    part: Part[RowT, FormT],
    row_id: int,
    values: Mapping[str, object],
    seen: str | None = None,
) -> None:
    """Change one. `seen` is the mark of the form that the person began with; None asks for none.

    Raises NotFound, Stale, WrongFields.
    """
    row = part.find(work, row_id)
    before, form = part.read(work, row), filled(part.form, values)
    if seen is not None:
        check_unchanged(before, seen)
    if form == before:
        return
    part.write(work, row, form)
    work.session.flush()
    part.attach(work, row, form)
    subject = f"{part.name}:{row.id}"
    note_change(work, f"{part.name}.change", subject, before, form, private=part.private)


def check_free(work: Work, own: RowT, field: str, same: ColumnElement[bool], taken: str) -> None:
    """Hold a value that may be there only once against the other rows. Raises WrongFields."""
    kind = type(own)
    with work.session.no_autoflush:
        others = work.session.scalars(select(kind.id).where(kind.hall_id == work.hall_id, same))
        if set(others) - {own.id}:
            raise WrongFields({field: FieldFault(taken)})


def give_names(row: Named, name: str, name_en: str) -> None:
    """Name a row; without an English name the Chinese one stands in for it."""
    row.name, row.name_en = name, name_en or name


def own_english(row: Named) -> str:
    """The English name, blank where the Chinese one stands in for it."""
    return "" if row.name_en == row.name else row.name_en


def note_change(
    work: Work,
    action: str,
    subject: str,
    before: Filling | None,
    after: Filling,
    *,
    private: frozenset[str] = frozenset(),
) -> None:
    """Audit what has become different, and let every screen look again."""
    new = after.model_dump(mode="json")
    old = before.model_dump(mode="json") if before is not None else {}
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    hidden = dict.fromkeys(private & changed.keys(), HIDDEN)
    work.audit(action, subject, **{**changed, **hidden})
    work.record(HallChanged(subject))

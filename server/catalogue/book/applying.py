"""A workbook is held against the hall: what would change, what is wrong, and then the change."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from sqlalchemy import select

from server.catalogue.book.files import Cells
from server.catalogue.book.sheets import NAMES, SHEETS, WEEK, Sheet, Values
from server.catalogue.editing import add_part, change_part, form_of
from server.catalogue.particulars import change_hall, hall_form
from server.filling import FieldFault, WrongFields
from server.i18n import N_
from server.work import Work

HALL = "大厅"
HALL_HEADINGS = {**NAMES, **WEEK}
UNKNOWN_HEADING = FieldFault(N_("不认识这一列"))
TWICE = FieldFault(N_("这一行与前面的重复"))
ALPHABET = 26
ONE_HALL = FieldFault(N_("这张表只能有一行"))


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes different in a row: by heading what was and will be; of a `new` row all."""

    sheet: str
    key: str
    new: bool
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong, and where: sheet, row in the file, heading ('' for the row), column letter."""

    sheet: str
    row: int
    heading: str
    column: str
    fault: FieldFault


@dataclass(slots=True)
class Plan:
    """What a workbook comes to."""

    differences: list[Difference] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)

    def mark(self) -> str:
        """A digest by which is known whether it is still the same that a person has seen."""
        text = json.dumps([asdict(one) for one in self.differences], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class NotApplied(Exception):
    """Raised to leave the hall as it was; carries what would have happened."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("rehearsed")
        self.plan = plan


def hall_as_tables(work: Work) -> dict[str, list[list[str]]]:
    """The whole hall, sheet by sheet, as `bring_in` takes it back."""
    shown = hall_form(work).shown()
    tables = {HALL: [[*HALL_HEADINGS.values()], [shown.get(name, "") for name in HALL_HEADINGS]]}
    for sheet in SHEETS:
        rows = [_row(work, sheet, row_id) for row_id in _row_ids(work, sheet)]
        tables[sheet.title] = [
            [*sheet.headings.values()],
            *([row.get(name, "") for name in sheet.headings] for row in rows),
        ]
    return tables


def rehearse(work: Work, book: Mapping[str, Cells]) -> None:
    """What a workbook would do. Always raises NotApplied, which carries the plan."""
    raise NotApplied(_bring_in(work, book))


def bring_in(work: Work, book: Mapping[str, Cells], seen: str) -> Plan:
    """Change the hall as the workbook says; the plan must be the one that was seen.

    Raises NotApplied with the plan as it is now, when anything is wrong or has changed.
    """
    plan = _bring_in(work, book)
    if plan.faults or plan.mark() != seen:
        raise NotApplied(plan)
    work.audit("hall.import", f"hall:{work.hall_id}", rows=len(plan.differences))
    return plan


def _bring_in(work: Work, book: Mapping[str, Cells]) -> Plan:
    plan = Plan()
    if HALL in book:
        _hall(work, book[HALL], plan)
    for sheet in SHEETS:
        if sheet.title in book:
            _sheet(work, sheet, book[sheet.title], plan)
    return plan


def _hall(work: Work, cells: Cells, plan: Plan) -> None:
    fields = _fields(HALL, HALL_HEADINGS, cells, plan)
    plan.faults += [CellFault(HALL, number, "", "", ONE_HALL) for number, _row in cells.rows[1:]]
    for number, row in cells.rows[:1]:
        before = hall_form(work).shown()
        values = {**before, **{name: row[place] for name, place in fields.items()}}
        try:
            change_hall(work, values)
        except WrongFields as wrong:
            _note_faults(plan, HALL, number, (HALL_HEADINGS, fields), wrong)
        else:
            _note(plan, HALL, work.hall.name, HALL_HEADINGS, (before, hall_form(work).shown()))


def _sheet(work: Work, sheet: Sheet, cells: Cells, plan: Plan) -> None:
    fields = _fields(sheet.title, sheet.headings, cells, plan)
    known: set[str] = set()
    for number, row in cells.rows:
        given = {name: row[place] for name, place in fields.items()}
        key = given.get(sheet.key_field, "")
        if key in known:
            plan.faults.append(CellFault(sheet.title, number, "", "", TWICE))
            continue
        known.add(key)
        try:
            _take(work, sheet, given, plan)
        except WrongFields as wrong:
            _note_faults(plan, sheet.title, number, (sheet.headings, fields), wrong)


def _take(work: Work, sheet: Sheet, given: Values, plan: Plan) -> None:
    """Add or change one row, and note what is different then."""
    key = given.get(sheet.key_field, "")
    row_id = _known_row(work, sheet, key)
    before = _row(work, sheet, row_id) if row_id is not None else {}
    values = sheet.back(work, {**before, **given})
    if row_id is None:
        row_id = add_part(work, sheet.part, values)
    else:
        change_part(work, sheet.part, row_id, values)
    _note(plan, sheet.title, key, sheet.headings, (before, _row(work, sheet, row_id)))


def _note(
    plan: Plan, title: str, key: str, headings: Mapping[str, str], states: tuple[Values, Values]
) -> None:
    before, after = states
    fields = {
        heading: (before.get(name, ""), after.get(name, ""))
        for name, heading in headings.items()
        if before.get(name, "") != after.get(name, "")
    }
    if fields:
        plan.differences.append(Difference(title, key, not before, fields))


def _note_faults(
    plan: Plan,
    title: str,
    number: int,
    place: tuple[Mapping[str, str], Mapping[str, int]],
    wrong: WrongFields,
) -> None:
    headings, fields = place
    for name, fault in wrong.fields.items():
        letter = chr(ord("A") + fields[name]) if name in fields else ""
        plan.faults.append(CellFault(title, number, headings.get(name, ""), letter, fault))


def _fields(title: str, headings: Mapping[str, str], cells: Cells, plan: Plan) -> dict[str, int]:
    """Where each field stands; a heading that is not known is a fault."""
    names = {heading: name for name, heading in headings.items()}
    fields: dict[str, int] = {}
    for place, heading in enumerate(cells.headings):
        if heading in names:
            fields[names[heading]] = place
        elif heading:
            letter = chr(ord("A") + place) if place < ALPHABET else ""
            plan.faults.append(CellFault(title, 1, heading, letter, UNKNOWN_HEADING))
    return fields


def _known_row(work: Work, sheet: Sheet, key: str) -> int | None:
    model = sheet.part.model
    rows = work.session.execute(select(model.id, sheet.key).where(model.hall_id == work.hall_id))
    return next((row_id for row_id, value in rows if str(value) == key), None)


def _row_ids(work: Work, sheet: Sheet) -> Sequence[int]:
    model = sheet.part.model
    return work.session.scalars(
        select(model.id).where(model.hall_id == work.hall_id).order_by(sheet.key)
    ).all()


def _row(work: Work, sheet: Sheet, row_id: int) -> Values:
    """A row as the workbook's cells say it, and what else its form has."""
    return sheet.out(work, form_of(work, sheet.part, row_id).shown())

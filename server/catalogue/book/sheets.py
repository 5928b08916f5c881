"""Which sheets a hall's workbook has, and what stands in their columns.

A row is known by its first column. What refers to another sheet does so by name, a queue by its
letter. Headings are the file's own and the same in every language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from server.catalogue.categories import CATEGORY
from server.catalogue.counters import COUNTER, RANK
from server.catalogue.editing import Part
from server.catalogue.models import Category, Counter, Queue, Service
from server.catalogue.queues import QUEUE
from server.catalogue.services import SERVICE
from server.filling import FieldFault, WrongFields
from server.i18n import N_
from server.people.models import Person, Unit
from server.people.parts import PERSON, UNIT
from server.work import Work

Values = dict[str, str]
Recode = Callable[[Work, Values], Values]

YES, NO = "是", "否"
WEEK = {f"day_{day}": f"星期{name}" for day, name in enumerate("一二三四五六日")}
NAMES = {"name": "中文名称", "name_en": "英文名称"}
RANKS = {1: "首选队列", 2: "帮忙队列", 3: "最后帮忙"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its part, the column that a row is known by, headings by field.

    `out` makes cells of a form's values, `back` values of cells (raises WrongFields).
    """

    title: str
    part: Part[Any, Any]
    key: InstrumentedAttribute[Any]
    headings: Mapping[str, str]
    out: Recode
    back: Recode

    @property
    def key_field(self) -> str:
        """The field of the first column."""
        return next(iter(self.headings))


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a row of another sheet."""

    field: str
    model: Any
    column: Any

    def name_of(self, work: Work, row_id: str) -> str:
        """What the workbook says for a row number."""
        return str(work.session.scalar(select(self.column).where(self.model.id == int(row_id))))

    def row_of(self, work: Work, name: str) -> str:
        """The row number of a name. Raises WrongFields."""
        found = work.session.scalar(
            select(self.model.id).where(self.model.hall_id == work.hall_id, self.column == name)
        )
        if found is None:
            raise WrongFields({self.field: FieldFault(N_("没有叫“{name}”的"), {"name": name})})
        return str(found)


def _recoded(references: Sequence[Reference] = (), checks: Sequence[str] = ()) -> dict[str, Recode]:
    """Both directions for a sheet with these references and yes-or-no columns."""

    def out(work: Work, values: Values) -> Values:
        named = {
            one.field: one.name_of(work, values[one.field])
            for one in references
            if values.get(one.field)
        }
        said = {field: YES if field in values else NO for field in checks}
        return {**values, **named, **said}

    def back(work: Work, cells: Values) -> Values:
        rows = {
            one.field: one.row_of(work, cells[one.field])
            for one in references
            if cells.get(one.field)
        }
        values = {**cells, **rows}
        for field in checks:
            if _is_yes(field, values.pop(field, "")):
                values[field] = "on"
        return values

    return {"out": out, "back": back}


def _is_yes(field: str, text: str) -> bool:
    if text not in {YES, NO, ""}:
        raise WrongFields({field: FieldFault(N_("请填写“是”或“否”"))})
    return text == YES


def _ranks_out(work: Work, values: Values) -> Values:
    letters = _letters(work)
    ranks = {
        f"rank{rank}": " ".join(
            letter for letter, row in letters.items() if values.get(f"{RANK}{row}") == str(rank)
        )
        for rank in RANKS
    }
    return {**values, **ranks, "auto_next": YES if "auto_next" in values else NO}


def _ranks_back(work: Work, cells: Values) -> Values:
    letters = _letters(work)
    values = {name: value for name, value in cells.items() if not name.startswith(RANK)}
    for rank in RANKS:
        field = f"rank{rank}"
        for letter in values.pop(field, "").upper().split():
            if letter not in letters:
                fault = FieldFault(N_("没有叫“{name}”的"), {"name": letter})
                raise WrongFields({field: fault})
            values[f"{RANK}{letters[letter]}"] = str(rank)
    if _is_yes("auto_next", values.pop("auto_next", "")):
        values["auto_next"] = "on"
    return values


def _letters(work: Work) -> dict[str, int]:
    rows = work.session.execute(
        select(Queue.prefix, Queue.id).where(Queue.hall_id == work.hall_id).order_by(Queue.prefix)
    )
    return {row.prefix: row.id for row in rows}


OF_UNIT = Reference("unit_id", Unit, Unit.name)

SHEETS = (
    Sheet("单位", UNIT, Unit.name, NAMES, **_recoded()),
    Sheet("分类", CATEGORY, Category.name, {**NAMES, "position": "显示次序"}, **_recoded()),
    Sheet(
        "队列",
        QUEUE,
        Queue.prefix,
        {
            "prefix": "字头",
            **NAMES,
            "first_number": "起始号码",
            "last_number": "最后号码",
            "width": "号码位数",
        },
        **_recoded(),
    ),
    Sheet(
        "事项",
        SERVICE,
        Service.code,
        {
            "code": "事项编码",
            **NAMES,
            "category_id": "分类",
            "queue_id": "队列字头",
            "unit_id": "单位",
            "position": "显示次序",
            "daily_quota": "每日限量",
            "usual_minutes": "一般办理分钟",
            "promised_days": "承诺工作日",
            "telephone": "咨询电话",
            "real_name": "凭身份证取号",
            "materials": "材料",
            **WEEK,
        },
        **_recoded(
            (
                Reference("category_id", Category, Category.name),
                Reference("queue_id", Queue, Queue.prefix),
                OF_UNIT,
            ),
            ("real_name",),
        ),
    ),
    Sheet(
        "窗口",
        COUNTER,
        Counter.number,
        {
            "number": "窗口号",
            **NAMES,
            "auto_next": "自动下一位",
            **{f"rank{rank}": heading for rank, heading in RANKS.items()},
        },
        out=_ranks_out,
        back=_ranks_back,
    ),
    Sheet(
        "人员",
        PERSON,
        Person.staff_number,
        {"staff_number": "工号", "name": "姓名", "unit_id": "单位"},
        **_recoded((OF_UNIT,)),
    ),
)

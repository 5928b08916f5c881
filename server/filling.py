"""What a person fills in: checked as a whole, each fault told at its field, nothing overwritten
that another has changed meanwhile.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from server.i18n import N_
from server.problems import Invalid, Stale

LONGEST_NAME = 60
LARGEST_ROW_NUMBER = 2**63 - 1

FAULTS = {
    "missing": N_("请填写这一项"),
    "string_too_short": N_("请填写这一项"),
    "int_parsing": N_("请填写整数"),
    "int_from_float": N_("请填写整数"),
    "float_parsing": N_("请填写数字"),
    "greater_than_equal": N_("不能小于 {ge}"),
    "greater_than": N_("须大于 {gt}"),
    "less_than_equal": N_("不能大于 {le}"),
    "multiple_of": N_("须为 {multiple_of} 的倍数"),
    "too_long": N_("最多填 {max_length} 段"),
    "string_too_long": N_("不能超过 {max_length} 个字"),
    "enum": N_("请从列表中选择"),
    "datetime_parsing": N_("请填写日期和时间"),
    "datetime_from_date_parsing": N_("请填写日期和时间"),
}
"""Why a value was refused, by the validator's own name for it."""

OTHER_FAULT = N_("请检查这一项")


@dataclass(frozen=True, slots=True)
class FieldFault:
    """What is wrong with a field: a catalogue sentence and what fills its places."""

    message: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


class WrongFields(Invalid):
    """Some of what was filled in cannot be taken; `fields` names it and says why."""

    code = "wrong-fields"

    def __init__(self, fields: Mapping[str, FieldFault]) -> None:
        super().__init__(N_("有几处需要修改，已在下面标出"))
        self.fields = fields


class Filling(BaseModel):
    """Parent of what is filled in; a field left blank is as usual, or missing."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    def mark(self) -> str:
        """A digest by which is known whether somebody has changed it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def shown(self) -> dict[str, str]:
        """The fields as a form shows them: blank for none, 'on' for what is so."""
        values = self.model_dump(mode="json")
        return {name: _shown(value) for name, value in values.items() if value is not False}


FillingT = TypeVar("FillingT", bound=Filling)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return "on" if value is True else str(value)


def _storable(text: str) -> str:
    """PostgreSQL stores no NUL."""
    if "\x00" in text:
        raise ValueError(OTHER_FAULT)
    return text


STORABLE = AfterValidator(_storable)
Words = Annotated[str, Field(max_length=LONGEST_NAME), STORABLE]
Name = Annotated[Words, Field(min_length=1)]
RowNumber = Annotated[int, Field(ge=1, le=LARGEST_ROW_NUMBER)]


def filled(form: type[FillingT], values: Mapping[str, object]) -> FillingT:
    """What was filled in, typed. Raises WrongFields."""
    given = {name: value for name, value in values.items() if not _blank(value)}
    try:
        return form.model_validate(given)
    except ValidationError as error:
        raise WrongFields(faults_of(error, steps=2)) from error


def faults_of(error: ValidationError, steps: int = 1) -> dict[str, FieldFault]:
    """What a validator found, by field; '' for what concerns the whole.

    With two `steps` an entry of a field that has several is named apart: rank-7.
    """
    faults: dict[str, FieldFault] = {}
    for one in error.errors():
        limits = one.get("ctx", {})
        said = limits.get("error")
        words = str(said) if isinstance(said, ValueError) else FAULTS.get(one["type"], OTHER_FAULT)
        name = "-".join(str(step) for step in one["loc"][:steps])
        faults.setdefault(name, FieldFault(words, limits))
    return faults


def check_unchanged(now: Filling, seen: str) -> None:
    """Hold what a person saw when beginning against what there is. Raises Stale."""
    if now.mark() != seen:
        raise Stale(N_("您打开这一页之后，有人改过这一项；请核对，仍要按您填写的保存，请再按一次"))


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())

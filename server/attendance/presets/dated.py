"""Numbers of a regulation that hold from a date on, each with the clause it comes from."""

from datetime import date
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class NotInForceError(LookupError):
    """A date lies before the first entry of a setting."""


class Value(BaseModel):
    """A frozen value read from a preset; an unknown key is an error, so that typing slips show."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Value):
    """One entry of a setting: in force from `since` until the next entry of the same setting.

    `note` says in Chinese where the hall decided what the text leaves open.
    """

    since: date
    clause: str = Field(min_length=1)
    note: str = ""


T = TypeVar("T")
DatedT = TypeVar("DatedT", bound=Dated)


def _not_empty(values: tuple[T, ...]) -> tuple[T, ...]:
    if not values:
        raise PydanticCustomError("nothing_there", "")
    return values


def _ascending(entries: tuple[DatedT, ...]) -> tuple[DatedT, ...]:
    for earlier, later in pairwise(entries):
        if later.since <= earlier.since:
            raise PydanticCustomError("dates_not_ascending", "{since}", {"since": str(later.since)})
    return entries


Some = Annotated[tuple[T, ...], AfterValidator(_not_empty)]
"""One value or more; checked last, so that a wrong value is not reported as a missing one too."""

History = Annotated[Some[DatedT], AfterValidator(_ascending)]
"""All entries of one setting, oldest first."""


def in_force(history: tuple[DatedT, ...], day: date) -> DatedT:
    """The entry that holds on a day; raises NotInForceError before the first one."""
    for entry in reversed(history):
        if entry.since <= day:
            return entry
    raise NotInForceError(f"{type(history[0]).__name__}: nothing in force on {day}")

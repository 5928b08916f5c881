"""A hall described in one TOML file: units and staff, services and their queues, counters, hours.

`config/sample/hall.toml` is an example; `hall import FILE` reads it into a hall.
"""

import tomllib
from collections import Counter as Tally
from collections.abc import Iterable
from datetime import time
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Text = Annotated[str, Field(min_length=1, max_length=100)]
Note = Annotated[str, Field(max_length=200)]
Prefix = Annotated[str, Field(pattern="^[A-Z]$")]


class HallFileError(ValueError):
    """The file cannot be read in; each line says where and what is wrong."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitPart(_Part):
    """A unit and its staff, who get the next staff numbers in the order of the file."""

    name: Text
    name_en: Text
    staff: tuple[Text, ...] = ()


class GroupPart(_Part):
    """A category of the kiosk with its number series; a service is code, name, English name."""

    name: Text
    name_en: Text
    prefix: Prefix
    unit: Text
    services: tuple[tuple[Text, Text, Text], ...]


class MaterialPart(_Part):
    """A document to bring."""

    name: Text
    name_en: Text
    copies: Annotated[int, Field(ge=1, le=99)] = 1
    note: Note = ""
    note_en: Note = ""


class GuidePart(_Part):
    """What a citizen must know about a service, given by its code, before taking a number.

    `promised_days` are working days, 0 on the spot.
    """

    service: Text
    promised_days: Annotated[int, Field(ge=0, le=999)] | None = None
    telephone: Annotated[str, Field(max_length=40)] = ""
    real_name: bool = False
    materials: tuple[MaterialPart, ...] = ()


class CounterPart(_Part):
    """A counter and the prefixes that it serves."""

    number: Annotated[int, Field(ge=1, le=999)]
    name: Text
    name_en: Text
    queues: Annotated[str, Field(pattern="^[A-Z]+$")]


class HoursPart(_Part):
    """A span in which tickets are given on some weekdays (Monday = 1 … Sunday = 7)."""

    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...]
    opens: time
    closes: time


class HallFile(_Part):
    """The whole file."""

    name: Text
    name_en: Text
    time_zone: Text = "Asia/Shanghai"
    hours: tuple[HoursPart, ...] = ()
    units: tuple[UnitPart, ...] = ()
    groups: tuple[GroupPart, ...] = ()
    guides: tuple[GuidePart, ...] = ()
    counters: tuple[CounterPart, ...] = ()

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> Self:
        _no_repeats("unit", (unit.name for unit in self.units))
        _no_repeats("prefix", (group.prefix for group in self.groups))
        _no_repeats("counter", (counter.number for counter in self.counters))
        codes = [row[0] for group in self.groups for row in group.services]
        _no_repeats("service code", codes)
        _no_repeats("guide", (guide.service for guide in self.guides))
        if unknown := {guide.service for guide in self.guides} - set(codes):
            raise ValueError(f"guides: no service has the code {unknown}")
        units = {unit.name for unit in self.units}
        prefixes = {group.prefix for group in self.groups}
        for group in self.groups:
            if group.unit not in units:
                raise ValueError(f"group {group.name}: no unit is called {group.unit}")
        for counter in self.counters:
            if strange := set(counter.queues) - prefixes:
                raise ValueError(f"counter {counter.number}: no group has the prefix {strange}")
        return self


def read_hall_file(source: str) -> HallFile:
    """Read a hall's file. Raises HallFileError."""
    try:
        return HallFile.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(str(error)) from error
    except ValidationError as error:
        lines = (
            f"{'.'.join(str(step) for step in fault['loc']) or 'file'}: {fault['msg']}"
            for fault in error.errors()
        )
        raise HallFileError("\n".join(lines)) from error


def _no_repeats(what: str, values: Iterable[object]) -> None:
    repeated = [value for value, count in Tally(values).items() if count > 1]
    if repeated:
        raise ValueError(f"{what} given more than once: {repeated}")

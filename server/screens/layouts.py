"""What each hall screen shows, as an administrator chooses it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer
from sqlalchemy import select

from server.catalogue.events import HallChanged
from server.catalogue.models import Counter
from server.catalogue.views import counters
from server.devices.models import Device, DeviceKind
from server.filling import FieldFault, Filling, WrongFields, check_unchanged, filled
from server.i18n import N_
from server.problems import NotFound
from server.screens.windows import WindowState, window_state
from server.work import Work

LARGEST_COUNTER = 9999
MOST_ENTRIES = 200
SEPARATORS = re.compile(r"[,，、;；\s]+")
SPAN = re.compile(r"(\d{1,4})(?:[-–—~～至](\d{1,4}))?")
NOT_NUMBERS = N_("请写成 1-5，8 这样")


class LayoutKind(StrEnum):
    """How a screen is divided."""

    TABLE = "table"  # the call, the calls before it, who waits
    LARGE = "large"  # calls alone, as large as the room allows
    WINDOW = "window"  # one counter's own display


class ScreenLayout(BaseModel):
    """A screen's layout: calls to `counters`, who waits in `queues` (none named: all of them).

    `window` is the number of the counter whose own display it is.
    """

    kind: LayoutKind = LayoutKind.TABLE
    counters: list[int] = []
    queues: list[str] = []
    window: int | None = None

    @property
    def is_in_part(self) -> bool:
        """Whether it shows some counters' calls alone."""
        return self.kind is LayoutKind.WINDOW or bool(self.counters)


def _counters(text: object) -> object:
    if not isinstance(text, str):
        return text
    numbers: set[int] = set()
    for part in filter(None, SEPARATORS.split(text)):
        span = SPAN.fullmatch(part)
        if span is None:
            raise ValueError(NOT_NUMBERS)
        first, last = int(span[1]), int(span[2] or span[1])
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def _queues(text: object) -> object:
    parts = SEPARATORS.split(text) if isinstance(text, str) else text
    return [part.upper() for part in parts if part] if isinstance(parts, list) else parts


def _joined(values: Sequence[object]) -> str:
    return "，".join(map(str, values))


Numbers = Annotated[
    list[Annotated[int, Field(ge=1, le=LARGEST_COUNTER)]],
    Field(max_length=LARGEST_COUNTER),
    BeforeValidator(_counters),
    PlainSerializer(_joined),
]
Prefixes = Annotated[
    list[str], Field(max_length=MOST_ENTRIES), BeforeValidator(_queues), PlainSerializer(_joined)
]


class ScreenForm(Filling):
    """A screen's layout as it is filled in: counters as `1-5，8`, queues as `A，B`."""

    kind: LayoutKind = LayoutKind.TABLE
    counters: Numbers = Field(default_factory=list)
    queues: Prefixes = Field(default_factory=list)
    window: Annotated[int, Field(ge=1, le=LARGEST_COUNTER)] | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """A paired screen and its layout."""

    id: int
    name: str
    layout: ScreenLayout


def screens(work: Work) -> list[Screen]:
    """The hall's paired screens that are in use."""
    rows = work.session.scalars(
        select(Device)
        .where(Device.hall_id == work.hall_id, Device.kind == DeviceKind.DISPLAY, Device.active)
        .order_by(Device.id)
    )
    return [Screen(row.id, row.name, ScreenLayout.model_validate(row.options)) for row in rows]


def screen_form(work: Work, screen_id: int) -> ScreenForm:
    """A screen's layout as a form. Raises NotFound."""
    return ScreenForm.model_validate(_row(work, screen_id).options)


def change_screen(
    work: Work, screen_id: int, values: Mapping[str, object], seen: str | None = None
) -> None:
    """Choose a screen's layout; the screen follows at once.

    Raises NotFound, Stale, WrongFields.
    """
    row = _row(work, screen_id)
    before, form = screen_form(work, screen_id), filled(ScreenForm, values)
    if seen is not None:
        check_unchanged(before, seen)
    numbers = {counter.number for counter in counters(work)}
    if form.kind is LayoutKind.WINDOW and form.window not in numbers:
        raise WrongFields({"window": FieldFault(N_("请填写一个在用的窗口号"))})
    layout = ScreenLayout(
        kind=form.kind, counters=form.counters, queues=form.queues, window=form.window
    )
    row.options = layout.model_dump(mode="json")
    work.audit("screen.layout", f"device:{row.id}", **row.options)
    work.record(HallChanged(f"device:{row.id}"))


def windows(work: Work, shown: Sequence[Screen]) -> dict[int, WindowState]:
    """How the counters stand that have a display of their own, by number."""
    numbers = {screen.layout.window for screen in shown if screen.layout.kind is LayoutKind.WINDOW}
    return {one.number: window_state(work, one) for one in _in_use(work, numbers)}


def _in_use(work: Work, numbers: set[int | None]) -> list[Counter]:
    return [one for one in counters(work) if one.number in numbers] if numbers else []


def _row(work: Work, screen_id: int) -> Device:
    row = work.session.get(Device, screen_id)
    if (
        row is None
        or row.hall_id != work.hall_id
        or row.kind is not DeviceKind.DISPLAY
        or not row.active
    ):
        raise NotFound(N_("没有这台设备"))
    return row

"""The record layouts of attendance logs, as terminals of different ages keep them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from struct import Struct

Row = tuple[int | None, int | bytes | None, int, int, int, int]
"""uid, pin (bytes end before the first NUL), packed time, verify, state, workcode."""


class Layout(StrEnum):
    """A record layout, named by its size in bytes."""

    B8 = "8"
    B8_STATE_FIRST = "8-state-first"
    B16 = "16"
    B40 = "40"
    B49 = "49"


@dataclass(frozen=True, slots=True)
class Columns:
    """The records of a body field by field, each as long as there are records; as in `Row`."""

    uids: Sequence[int | None]
    pins: Sequence[int | bytes | None]
    times: Sequence[int]
    verifies: Sequence[int]
    states: Sequence[int]
    workcodes: Sequence[int]


_LAYOUTS: dict[Layout, tuple[Struct, tuple[str, ...]]] = {
    Layout.B8: (Struct("<HBIB"), ("uids", "verifies", "times", "states")),
    # MA300, ZEM500
    Layout.B8_STATE_FIRST: (Struct("<HBBI"), ("uids", "verifies", "states", "times")),
    Layout.B16: (Struct("<IIBB2xI"), ("pins", "times", "verifies", "states", "workcodes")),
    Layout.B40: (Struct("<H24sBIB8x"), ("uids", "pins", "verifies", "times", "states")),
    # SpeedFace, MB560
    Layout.B49: (Struct("<H24sBIB17x"), ("uids", "pins", "verifies", "times", "states")),
}


_TEXT_PINS = frozenset((Layout.B40, Layout.B49))


def size_of(layout: Layout) -> int:
    """Bytes of one record."""
    return _LAYOUTS[layout][0].size


def in_columns(layout: Layout, body: bytes) -> Columns:
    """The records of `body`, whose length must divide exactly, in the order of the log."""
    struct, names = _LAYOUTS[layout]
    count = len(body) // struct.size
    told = (
        dict(zip(names, zip(*struct.iter_unpack(body), strict=True), strict=True)) if count else {}
    )
    pins = told.get("pins", (None,) * count)
    return Columns(
        uids=told.get("uids", (None,) * count),
        pins=_without_padding(pins) if layout in _TEXT_PINS else pins,
        times=told.get("times", ()),
        verifies=told.get("verifies", ()),
        states=told.get("states", ()),
        workcodes=told.get("workcodes", (0,) * count),
    )


def rows(layout: Layout, body: bytes) -> Iterator[Row]:
    """The records of `body` one by one."""
    at = in_columns(layout, body)
    return zip(at.uids, at.pins, at.times, at.verifies, at.states, at.workcodes, strict=True)


def _without_padding(pins: Sequence[bytes]) -> list[bytes]:
    ended = {pin: pin.partition(b"\0")[0] for pin in set(pins)}
    return [ended[pin] for pin in pins]


@lru_cache(maxsize=10_000)
def pin_text(pin: int | bytes | None) -> str | None:
    """A PIN as text; bytes that are no ASCII stay visible."""
    if isinstance(pin, bytes):
        return pin.decode("ascii", "backslashreplace")
    return None if pin is None else str(pin)

"""The record layouts of attendance logs, as terminals of different ages keep them."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import lru_cache
from struct import Struct
from typing import Any

Row = tuple[int | None, int | bytes | None, int, int, int, int]
"""uid, pin (bytes end before the first NUL), packed time, verify, state, workcode."""


class Layout(StrEnum):
    """A record layout, named by its size in bytes."""

    B8 = "8"
    B8_STATE_FIRST = "8-state-first"
    B16 = "16"
    B40 = "40"
    B49 = "49"


def _verify_time_state(values: tuple[Any, ...]) -> Row:
    uid, verify, time, state = values
    return uid, None, time, verify, state, 0


def _verify_state_time(values: tuple[Any, ...]) -> Row:
    uid, verify, state, time = values
    return uid, None, time, verify, state, 0


def _number_with_workcode(values: tuple[Any, ...]) -> Row:
    pin, time, verify, state, workcode = values
    return None, pin, time, verify, state, workcode


def _number_as_text(values: tuple[Any, ...]) -> Row:
    uid, pin, verify, time, state = values
    return uid, pin.partition(b"\0")[0], time, verify, state, 0


_LAYOUTS: dict[Layout, tuple[Struct, Callable[[tuple[Any, ...]], Row]]] = {
    Layout.B8: (Struct("<HBIB"), _verify_time_state),
    Layout.B8_STATE_FIRST: (Struct("<HBBI"), _verify_state_time),  # MA300, ZEM500
    Layout.B16: (Struct("<IIBB2xI"), _number_with_workcode),
    Layout.B40: (Struct("<H24sBIB8x"), _number_as_text),
    Layout.B49: (Struct("<H24sBIB17x"), _number_as_text),  # SpeedFace, MB560
}


def size_of(layout: Layout) -> int:
    """Bytes of one record."""
    return _LAYOUTS[layout][0].size


def has_pin(layout: Layout) -> bool:
    """Whether its records say the number that a person was enrolled under."""
    return layout not in (Layout.B8, Layout.B8_STATE_FIRST)


def rows(layout: Layout, body: bytes) -> Iterator[Row]:
    """The records of `body`, whose length must divide exactly, in the order of the log."""
    struct, unify = _LAYOUTS[layout]
    return map(unify, struct.iter_unpack(body))


@lru_cache(maxsize=10_000)
def pin_text(pin: int | bytes | None) -> str | None:
    """A PIN as text; bytes that are no ASCII stay visible."""
    if isinstance(pin, bytes):
        return pin.decode("ascii", "backslashreplace")
    return None if pin is None else str(pin)

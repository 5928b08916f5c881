"""Raw punches as they are taken in: one by one, or a log's ten thousand field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from server.i18n import N_
from server.problems import Unavailable


@dataclass(frozen=True, slots=True)
class RawPunch:
    """A record as a terminal keeps it.

    `raw_time` is its packed clock (ZKTeco binary protocol), `terminal_time` the same as a
    wall-clock reading without zone, or None where the packed value is no real time.
    """

    pin: str
    raw_time: int
    terminal_time: datetime | None
    verify: int
    state: int
    occurrence: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class RawPunches:
    """Many records, each list as long as there are records; the fields are those of `RawPunch`."""

    pins: Sequence[str]
    raw_times: Sequence[int]
    terminal_times: Sequence[datetime | None]
    verifies: Sequence[int]
    states: Sequence[int]
    occurrences: Sequence[int]
    raws: Sequence[bytes] = field(repr=False)

    def __len__(self) -> int:
        return len(self.pins)


def in_columns(punches: Sequence[RawPunch]) -> RawPunches:
    """Single records field by field."""
    return RawPunches(
        [punch.pin for punch in punches],
        [punch.raw_time for punch in punches],
        [punch.terminal_time for punch in punches],
        [punch.verify for punch in punches],
        [punch.state for punch in punches],
        [punch.occurrence for punch in punches],
        [punch.raw for punch in punches],
    )


ReadLog = Callable[[str, bytes, Mapping[int, int]], RawPunches]
"""Reads a terminal's own records in a named layout; the mapping tells the occurrences, by index,
that are not 0. Raises ValueError for what is no such layout or no whole number of records."""


def no_log_reader(_layout: str, _records: bytes, _repeats: Mapping[int, int]) -> RawPunches:
    """Where the application runs without the drivers. Raises Unavailable."""
    raise Unavailable(N_("这里不能读取考勤机记录"))

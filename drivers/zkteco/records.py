"""What a terminal's attendance log says, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class PunchRecord:
    """One punch (打卡) as a terminal or its export tells it.

    `uid` is the terminal's own index of the person and `pin` the number it was enrolled under; a
    layout may carry only one of them. `raw_time` is the packed clock, `terminal_time` the same as
    a time, or None where it is no real time. `verify` and `state` are the terminal's raw codes;
    `state` is no proof of direction. `occurrence` counts equal punches before it in the same
    source, from 0. `raw` is the record itself, or the line it was read from.
    """

    uid: int | None
    pin: str | None
    raw_time: int
    terminal_time: datetime | None
    verify: int
    state: int
    workcode: int
    occurrence: int
    raw: bytes

    @property
    def subject(self) -> str:
        """Who punched, for the unique key: the PIN, or `#uid` where the layout has no PIN."""
        return self.pin if self.pin is not None else f"#{self.uid}"


@dataclass(frozen=True, slots=True)
class LogColumns:
    """Records of a log field by field, oldest first; the fields are those of `PunchRecord`."""

    subjects: Sequence[str]
    raw_times: Sequence[int]
    wall_times: Sequence[datetime | None]
    verifies: Sequence[int]
    states: Sequence[int]
    raws: Sequence[bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How full a terminal says it is; some models always say 0 records."""

    users: int
    fingers: int
    records: int
    user_capacity: int
    finger_capacity: int
    record_capacity: int


@dataclass(frozen=True, slots=True)
class ClockReading:
    """A terminal's clock beside ours.

    `read_at` is the middle of the round trip by our clock. `offset` is how far the terminal is
    ahead of us; the terminal tells whole seconds only, so it is right to half a second plus half
    the round trip. `terminal_time` is None where the terminal's clock shows no real time.
    """

    raw_time: int
    terminal_time: datetime | None
    read_at: datetime
    round_trip: timedelta
    offset: timedelta | None


class RejectReason(StrEnum):
    """Why a read was set aside whole (quarantine) instead of being taken in."""

    TRUNCATED = "truncated"
    """Fewer or more bytes came than the terminal announced."""
    COUNT_MISMATCH = "count_mismatch"
    """No known layout gives the number of records that the terminal says it has."""
    SHRANK = "shrank"
    """The log became shorter while it was read."""
    IMPLAUSIBLE = "implausible"
    """The bytes make no sensible punches in any layout."""
    AMBIGUOUS = "ambiguous"
    """They make sensible punches in more than one layout."""
    READS_DIFFER = "reads_differ"
    """Two reads in a row did not tell the same."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A read that must not be taken in, with its bytes for a person to look at."""

    reason: RejectReason
    detail: str
    raw: bytes = field(repr=False)

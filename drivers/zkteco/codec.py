"""The attendance log's buffer: which layout it has, and its records. Never a guess.

The buffer is a u32 with the body's length and then the records in one of five layouts that
nothing in it names. The layout is taken from the number of records the terminal says it has, and
from whether the records make sense; where that does not single one out, the read is rejected.
"""

from collections import Counter
from dataclasses import dataclass, field
from struct import Struct

from drivers.zkteco.layouts import Columns, Layout, Row, in_columns, pin_text, rows, size_of
from drivers.zkteco.records import LogColumns, Rejected, RejectReason
from drivers.zkteco.timecode import pack_wall, wall_times

_LENGTH = Struct("<I")
_DAY_SECONDS = 86_400
# The protocol's own clock starts at 2000, where a terminal goes back to when its battery is dead.
_RESET_CLOCK = range(1, 7 * _DAY_SECONDS)
# Before it, records of eight bytes could be read either way round.
_OLDEST_PLAUSIBLE = pack_wall((2010, 1, 1, 0, 0, 0)) or 0
_STATES = frozenset((*range(16), 255))
_MOST_DOUBTFUL = 0.1
_WITHOUT_PIN = frozenset((Layout.B8, Layout.B8_STATE_FIRST))


@dataclass(frozen=True, slots=True)
class LogBody:
    """The records of a whole log, oldest first, in a layout that fits them.

    `doubtful` records do not look like punches: either the terminal's memory is bad or the wire
    was, and a second read tells which.
    """

    layout: Layout
    body: bytes = field(repr=False)
    doubtful: int

    @property
    def count(self) -> int:
        """Number of records."""
        return len(self.body) // size_of(self.layout)


def validate_log(raw: bytes, before: int, after: int, latest: int) -> LogBody | Rejected:
    """Check a buffer against the record counts told before and after it was read.

    Both counts 0 mean that the terminal does not tell. `latest` is the last packed time that is
    plausible. An empty log has the eight-byte layout.
    """
    if after < before:
        return Rejected(RejectReason.SHRANK, f"{before} records, then {after}", raw)
    body = raw[_LENGTH.size :]
    announced = _LENGTH.unpack_from(raw)[0] if len(raw) >= _LENGTH.size else -1
    if announced != len(body):
        return Rejected(RejectReason.TRUNCATED, f"{len(body)} bytes of {announced}", raw)
    fitting = [layout for layout in Layout if _count_fits(layout, len(body), before, after)]
    if not fitting:
        told = f"{before} to {after}" if after else "an unknown number of"
        return Rejected(RejectReason.COUNT_MISMATCH, f"{len(body)} bytes, {told} records", raw)
    if not body:
        return LogBody(Layout.B8, body, 0)
    rated = [LogBody(layout, body, _count_doubtful(layout, body, latest)) for layout in fitting]
    sensible = [log for log in rated if log.doubtful <= log.count * _MOST_DOUBTFUL]
    if len(sensible) == 1:
        return sensible[0]
    reason = RejectReason.AMBIGUOUS if sensible else RejectReason.IMPLAUSIBLE
    tried = ", ".join(f"{log.layout}: {log.doubtful} of {log.count} doubtful" for log in rated)
    return Rejected(reason, tried, raw)


def decode_records(layout: Layout, body: bytes) -> LogColumns:
    """The records of a part of a log, of as many bytes as divide exactly; times without zone."""
    size = size_of(layout)
    told = in_columns(layout, body)
    return LogColumns(
        subjects=_subjects(told),
        raw_times=told.times,
        wall_times=wall_times(told.times),
        verifies=told.verifies,
        states=told.states,
        raws=[body[at : at + size] for at in range(0, len(body), size)],
    )


def repetitions(layout: Layout, body: bytes, first: int = 0) -> dict[int, int]:
    """How many equal records came before, for those from index `first` on that have any.

    Only records of the same second can be equal, so that most need no closer look.
    """
    told = in_columns(layout, body)
    asked = set(told.times[first:])
    shared = {time for time, count in Counter(told.times).items() if count > 1 and time in asked}
    who = told.uids if layout in _WITHOUT_PIN else told.pins
    seen: Counter[tuple[object, ...]] = Counter()
    found = {}
    for index in (at for at, time in enumerate(told.times) if time in shared):
        key = (who[index], told.times[index], told.verifies[index], told.states[index])
        if seen[key] and index >= first:
            found[index] = seen[key]
        seen[key] += 1
    return found


def _subjects(told: Columns) -> list[str]:
    """Who punched, as `PunchRecord.subject` says it."""
    if None in set(told.pins):  # a layout has pins or it has none
        numbered = {uid: f"#{uid}" for uid in set(told.uids)}
        return [numbered[uid] for uid in told.uids]
    named = {pin: pin_text(pin) or "" for pin in set(told.pins)}
    return [named[pin] for pin in told.pins]


def _count_fits(layout: Layout, length: int, before: int, after: int) -> bool:
    count, rest = divmod(length, size_of(layout))
    return rest == 0 and (after == 0 or before <= count <= after)


def _count_doubtful(layout: Layout, body: bytes, latest: int) -> int:
    if _is_all_sensible(in_columns(layout, body), latest):
        return 0
    return sum(not _is_sensible(row, latest) for row in rows(layout, body))


def _is_all_sensible(told: Columns, latest: int) -> bool:
    """The usual case, told from the few values that occur."""
    return (
        min(told.times) >= _OLDEST_PLAUSIBLE
        and max(told.times) <= latest
        and set(told.states) <= _STATES
        and 0 not in set(told.uids)
        and all(map(_is_pin, set(told.pins)))
    )


def _is_sensible(row: Row, latest: int) -> bool:
    uid, pin, time, _, state, _ = row
    return (
        (_OLDEST_PLAUSIBLE <= time <= latest or time in _RESET_CLOCK)
        and state in _STATES
        and uid != 0
        and _is_pin(pin)
    )


def _is_pin(pin: int | bytes | None) -> bool:
    return pin.isalnum() if isinstance(pin, bytes) else pin != 0

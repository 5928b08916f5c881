"""The attendance log's buffer: which layout it has, and its records. Never a guess.

The buffer is a u32 with the body's length and then the records in one of five layouts that
nothing in it names. The layout is taken from the number of records the terminal says it has, and
from whether the records make sense; where that does not single one out, the read is rejected.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import tzinfo
from struct import Struct

from drivers.zkteco.layouts import Layout, Row, has_pin, pin_text, rows, size_of
from drivers.zkteco.records import PunchRecord, Rejected, RejectReason
from drivers.zkteco.timecode import decode_time, pack_wall

_LENGTH = Struct("<I")
_DAY_SECONDS = 86_400
# The protocol's own clock starts at 2000, where a terminal goes back to when its battery is dead.
_RESET_CLOCK = range(1, 7 * _DAY_SECONDS)
# Before it, records of eight bytes could be read either way round.
_OLDEST_PLAUSIBLE = pack_wall((2010, 1, 1, 0, 0, 0)) or 0
_STATES = frozenset((*range(16), 255))
_MOST_DOUBTFUL = 0.1


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


def decode_log(log: LogBody, zone: tzinfo, first: int = 0) -> list[PunchRecord]:
    """The records from index `first` on; equal ones are counted from the start of the log."""
    if first >= log.count:
        return []
    size = size_of(log.layout)
    again = _repetitions(log, first)
    records = []
    for index, row in enumerate(rows(log.layout, log.body[first * size :]), first):
        uid, pin, time, verify, state, workcode = row
        records.append(
            PunchRecord(
                uid,
                pin_text(pin),
                time,
                decode_time(time, zone),
                verify,
                state,
                workcode,
                again.get(index, 0),
                log.body[index * size : (index + 1) * size],
            )
        )
    return records


def _repetitions(log: LogBody, first: int) -> dict[int, int]:
    """How many equal records came before, for those from `first` on that have any.

    Only records of the same second can be equal, so that most need no closer look.
    """
    times = [row[2] for row in rows(log.layout, log.body)]
    asked = set(times[first:])
    shared = {time for time, count in Counter(times).items() if count > 1 and time in asked}
    whose = 1 if has_pin(log.layout) else 0
    seen: Counter[tuple[object, ...]] = Counter()
    found = {}
    for index, row in enumerate(rows(log.layout, log.body) if shared else ()):
        if row[2] in shared:
            key = (row[whose], *row[2:5])
            if seen[key] and index >= first:
                found[index] = seen[key]
            seen[key] += 1
    return found


def _count_fits(layout: Layout, length: int, before: int, after: int) -> bool:
    count, rest = divmod(length, size_of(layout))
    return rest == 0 and (after == 0 or before <= count <= after)


def _count_doubtful(layout: Layout, body: bytes, latest: int) -> int:
    return sum(not _is_sensible(row, latest) for row in rows(layout, body))


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

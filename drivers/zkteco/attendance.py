"""Reading a terminal's attendance log whole, so that what comes out is the log or a named fault."""

from dataclasses import dataclass
from datetime import timedelta

from zk import const

from drivers.zkteco.codec import LogBody, validate_log
from drivers.zkteco.errors import CommandRefusedError
from drivers.zkteco.link import Link
from drivers.zkteco.records import ClockReading, Rejected, RejectReason, Sizes
from drivers.zkteco.session import Clock, compare_clock, utc_now
from drivers.zkteco.terminal import Terminal, Wire
from drivers.zkteco.timecode import encode_time

_EMPTY_LOG = bytes(4)
# A clock may run years ahead, and what it stamped is judged one by one, not thrown out whole.
_FURTHEST_AHEAD = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class LogRead:
    """A validated read: the records, and how the terminal stood before and after it."""

    log: LogBody
    before: Sizes
    after: Sizes
    clock: ClockReading


def read_log(terminal: Terminal, now: Clock = utc_now) -> LogRead | Rejected:
    """Read the attendance log; nothing on the terminal is locked, changed or cleared.

    A read that cannot be right is tried once more, and one that may be wrong without showing it
    (over UDP, of a ring that is full, with doubtful records) must come out the same twice.
    Raises a TerminalError.
    """
    with Link(terminal) as link:
        clock = compare_clock(link, now)
        first = _read(link, clock)
        if isinstance(first, LogRead) and not _needs_proof(first, terminal.wire):
            return first
        second = _read(link, clock)
    if isinstance(first, Rejected):
        settled = isinstance(second, Rejected) or not _needs_proof(second, terminal.wire)
        return second if settled else first
    return second if isinstance(second, Rejected) else _proven(first, second)


def _read(link: Link, clock: ClockReading) -> LogRead | Rejected:
    before = link.sizes()
    try:
        raw = link.read_buffer(const.CMD_ATTLOG_RRQ)
    except CommandRefusedError:
        if before.records:
            raise
        raw = _EMPTY_LOG  # some models refuse to read a log with nothing in it
    after = link.sizes()
    latest = encode_time(clock.read_at + _FURTHEST_AHEAD, link.terminal.zone)
    log = validate_log(raw, before.records, after.records, latest)
    return log if isinstance(log, Rejected) else LogRead(log, before, after, clock)


def _needs_proof(read: LogRead, wire: Wire) -> bool:
    full = 0 < read.after.record_capacity <= read.after.records
    return bool(read.log.count) and (wire is Wire.UDP or full or read.log.doubtful > 0)


def _proven(first: LogRead, second: LogRead) -> LogRead | Rejected:
    same_layout = first.log.layout is second.log.layout
    if same_layout and second.log.body.startswith(first.log.body):
        return first
    detail = f"{first.log.count} records, then {second.log.count}"
    return Rejected(RejectReason.READS_DIFFER, detail, second.log.body)

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
_MOST_READS = 3
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

    What may be wrong without showing it (a read over UDP, of a ring that is full, with doubtful
    records) must come out the same twice. Reads up to three times, then tells why none is good.
    Raises a TerminalError.
    """
    unproven: LogRead | None = None
    with Link(terminal) as link:
        clock = compare_clock(link, now)
        for _ in range(_MOST_READS):
            read = _read(link, clock)
            if isinstance(read, Rejected):
                failure = read
                continue
            if not _needs_proof(read, terminal.wire):
                return read
            if unproven is not None and _proves(read.log, unproven.log):
                return unproven
            unproven = read
            detail = f"{_MOST_READS} reads, the last of {read.log.count} records"
            failure = Rejected(RejectReason.READS_DIFFER, detail, read.log.body)
    return failure


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


def _proves(later: LogBody, earlier: LogBody) -> bool:
    """Whether the later read tells all of the earlier one again; it may have grown since."""
    return later.layout is earlier.layout and later.body.startswith(earlier.body)

"""Brings a terminal's punches to the hall: a read of the whole log, hastened by live events."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, ClassVar

from drivers.hall_api import PUNCHES_PER_PART, HallApi
from drivers.workers.worker import ATTENTION, LOST, OK, TellHealth
from drivers.zkteco import worker
from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.codec import decode_log
from drivers.zkteco.errors import TerminalError
from drivers.zkteco.layouts import Layout
from drivers.zkteco.live import Silence, listen
from drivers.zkteco.reconcile import Cursor, Reconciliation, reconcile
from drivers.zkteco.records import PunchRecord, Rejected
from drivers.zkteco.session import read_info
from drivers.zkteco.terminal import Terminal

log = logging.getLogger(__name__)

READ_DEADLINE = timedelta(seconds=60)
INFO_DEADLINE = timedelta(seconds=15)
LIVE_PULSE = timedelta(seconds=10)
LIVE_RETRY_SECONDS = 15.0


class PunchesTask:
    """The log of one terminal. The hall keeps the cursor and stores each record once."""

    interval: ClassVar[float] = 600.0

    def __init__(self, hall: HallApi, terminal_id: int, terminal: Terminal) -> None:
        self.counts: Counter[str] = Counter()
        self._hall = hall
        self._terminal_id = terminal_id
        self._terminal = terminal

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Read the log and hand in what is new; what cannot be right is set aside whole."""
        base = self._hall.begin_log(self._terminal_id)
        try:
            read = worker.run(READ_DEADLINE, read_log, self._terminal)
        except TerminalError as error:
            tell(LOST, error.code)
            return
        if isinstance(read, Rejected):
            self._hall.rejected_read(self._terminal_id, read.reason, read.detail, read.raw)
            tell(ATTENTION, f"log not taken in: {read.reason}: {read.detail}")
            return
        found = reconcile(
            cursor_from(base),
            read.log,
            capacity=read.after.record_capacity,
            read_at=read.clock.terminal_time,
            zone=self._terminal.zone,
        )
        self._hand_in(base, read, found)
        alarm = found.finding is not None and found.finding.alarm
        tell(ATTENTION if alarm else OK, found.finding.kind if alarm and found.finding else "")

    def close(self) -> None:
        """Nothing is held between reads."""

    def _hand_in(self, base: dict[str, Any] | None, read: LogRead, found: Reconciliation) -> None:
        """Send the records in parts; the cursor moves with the last one."""
        new = decode_log(read.log, self._terminal.zone, found.first)
        parts = list(_batched(new, PUNCHES_PER_PART)) or [()]
        stored = 0
        for part in parts:
            state = _state(read, found) if part is parts[-1] else None
            stored += self._hall.log_part(self._terminal_id, base, part, state)
        if stored:
            self.counts["punches"] += stored
            log.info("punches", extra={"terminal": self._terminal_id, "stored": stored})


def cursor_from(message: Mapping[str, Any] | None) -> Cursor | None:
    """A cursor as the hall keeps it, read again. None before the first read."""
    if message is None:
        return None
    known = dict(message)
    return Cursor(layout=Layout(known.pop("layout")), tail=tuple(known.pop("tail")), **known)


def _state(read: LogRead, found: Reconciliation) -> dict[str, Any]:
    """The terminal at the end of a read, as the hall stores it."""
    finding, offset = found.finding, read.clock.offset
    return {
        "cursor": asdict(found.cursor),
        "records": read.after.records,
        "record_capacity": read.after.record_capacity,
        "users": read.after.users,
        "clock_offset_ms": None if offset is None else round(offset / timedelta(milliseconds=1)),
        "finding": finding
        and {
            "kind": finding.kind,
            "alarm": finding.alarm,
            "since": finding.since and finding.since.isoformat(),
            "until": finding.until and finding.until.isoformat(),
            "dropped": finding.dropped,
        },
    }


def _batched(records: Sequence[PunchRecord], size: int) -> Iterator[Sequence[PunchRecord]]:
    """The records in runs of at most `size`."""
    for start in range(0, len(records), size):
        yield records[start : start + size]


class LiveEars:
    """Listens to a terminal and calls `hint` for each punch heard: the log is to be read now."""

    def __init__(self, terminal: Terminal, hint: Callable[[], None]) -> None:
        self._terminal = terminal
        self._hint = hint
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to listen; a lost connection is opened again."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more once the present silence ends."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            except TerminalError as error:
                log.debug("live events ended: %s", error.code)
            except Exception:  # without ears the schedule still reads everything
                log.exception("listening failed", extra={"terminal": self._terminal.host})
            self._hint()
            self._stopped.wait(LIVE_RETRY_SECONDS)

    def _listen(self) -> None:
        with worker.stream(LIVE_PULSE * 3, listen, self._terminal, LIVE_PULSE) as heard:
            for sound in heard:
                if self._stopped.is_set():
                    return
                if not isinstance(sound, Silence):
                    self._hint()


def terminal_identity(terminal: Terminal) -> str:
    """What a terminal says it is: name, platform, serial number; '' when it does not answer."""
    try:
        info = worker.run(INFO_DEADLINE, read_info, terminal)
    except TerminalError:
        return ""
    return " ".join(filter(None, (info.name, info.platform, info.serial_number)))

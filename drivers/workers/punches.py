"""Brings a terminal's punches to the hall: a read of the whole log, hastened by live events."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from drivers.hall_api import HallApi
from drivers.workers.worker import ATTENTION, LOST, OK, TellHealth
from drivers.zkteco import worker
from drivers.zkteco.attendance import read_log
from drivers.zkteco.codec import decode_log
from drivers.zkteco.errors import TerminalError
from drivers.zkteco.live import Silence, listen
from drivers.zkteco.reconcile import Cursor, reconcile
from drivers.zkteco.records import Rejected
from drivers.zkteco.session import read_info
from drivers.zkteco.terminal import Terminal

log = logging.getLogger(__name__)

READ_DEADLINE = timedelta(seconds=60)
INFO_DEADLINE = timedelta(seconds=15)
LIVE_PULSE = timedelta(seconds=10)
LIVE_RETRY_SECONDS = 15.0


class PunchesTask:
    """The log of one terminal. The server stores each record once, however often it comes."""

    interval: ClassVar[float] = 600.0

    def __init__(self, hall: HallApi, terminal_id: int, terminal: Terminal) -> None:
        self.counts: Counter[str] = Counter()
        self._hall = hall
        self._terminal_id = terminal_id
        self._terminal = terminal
        self._cursor: Cursor | None = None

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Read the log and hand in what is new."""
        try:
            read = worker.run(READ_DEADLINE, read_log, self._terminal)
        except TerminalError as error:
            tell(LOST, error.code)
            return
        if isinstance(read, Rejected):
            tell(ATTENTION, f"log not taken in: {read.reason}: {read.detail}")
            return
        zone: ZoneInfo = self._terminal.zone
        found = reconcile(
            self._cursor,
            read.log,
            capacity=read.after.record_capacity,
            read_at=read.clock.terminal_time,
            zone=zone,
        )
        new = decode_log(read.log, zone, found.first)
        if new:
            stored = self._hall.punches(self._terminal_id, new, "pull")
            self.counts["punches"] += stored
            log.info("punches", extra={"terminal": self._terminal_id, "stored": stored})
        self._cursor = found.cursor
        alarm = found.finding is not None and found.finding.alarm
        tell(ATTENTION if alarm else OK, found.finding.kind if alarm and found.finding else "")

    def close(self) -> None:
        """Nothing is held between reads."""


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

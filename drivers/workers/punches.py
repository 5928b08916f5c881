"""Brings a terminal's punches to the hall: a read of the whole log, hastened by live events."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from drivers.hall_api import PUNCHES_PER_PART, HallApi
from drivers.hall_messages import TerminalCommand
from drivers.workers.terminal_commands import CommandReport, change_people
from drivers.workers.worker import ATTENTION, LOST, OK, TellHealth
from drivers.zkteco import worker
from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.errors import TerminalError
from drivers.zkteco.layouts import Layout
from drivers.zkteco.live import Silence, listen
from drivers.zkteco.parts import parts_of
from drivers.zkteco.reconcile import Cursor, Reconciliation, reconcile
from drivers.zkteco.records import Rejected
from drivers.zkteco.session import read_clock, read_info, set_clock
from drivers.zkteco.terminal import Terminal

log = logging.getLogger(__name__)

READ_DEADLINE = timedelta(seconds=60)
CLOCK_DEADLINE = timedelta(seconds=15)
INFO_DEADLINE = timedelta(seconds=15)
LIVE_PULSE = timedelta(seconds=10)
LIVE_RETRY_SECONDS = 15.0
SYNC = "sync"
SET_CLOCK = "set_clock"

Progress = Callable[[int, int], None]
"""Told how many of how many records the hall has."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a terminal is read without a hint, and how wrong its clock may be.

    With `set_clock_beyond` None its clock is never set.
    """

    every: timedelta = timedelta(minutes=10)
    set_clock_beyond: timedelta | None = None


class PunchesTask:
    """The log of one terminal. The hall keeps the cursor and stores each record once."""

    def __init__(
        self, hall: HallApi, terminal_id: int, terminal: Terminal, habits: Habits = Habits()
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.interval = habits.every.total_seconds()
        self._hall = hall
        self._terminal_id = terminal_id
        self._terminal = terminal
        self._beyond = habits.set_clock_beyond

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Do what was asked, then read the log unless that was asked and done."""
        read = False
        while not stopped.is_set():
            command = self._hall.claim_command(self._terminal_id)
            if command is None:
                break
            read = self._carry_out(command, tell) or read
        if not (read or stopped.is_set()):
            self._sync(tell)

    def close(self) -> None:
        """Nothing is held between reads."""

    def _carry_out(self, command: TerminalCommand, tell: TellHealth) -> bool:
        """Do one command and tell what came of it; whether the log was read for it."""
        try:
            report = self._do(command, tell)
        except TerminalError as error:
            report = CommandReport("failed", error.code)
        except KeyError as error:
            report = CommandReport("failed", f"missing {error}")
        self._hall.report_command(command.id, report.message(), command.attempt)
        return command.kind == SYNC

    def _do(self, command: TerminalCommand, tell: TellHealth) -> CommandReport:
        if command.kind == SYNC:

            def progress(done: int, of: int) -> None:
                so_far = CommandReport("taken", result={"done": done, "of": of})
                self._hall.report_command(command.id, so_far.message(), command.attempt)

            problem, stored = self._sync(tell, progress)
            return CommandReport("failed" if problem else "done", problem, {"stored": stored})
        if command.kind == SET_CLOCK:
            before = worker.run(CLOCK_DEADLINE, read_clock, self._terminal).offset
            return CommandReport("done", result=self._put_clock_right(before))
        return change_people(self._terminal, command.kind, command.arguments)

    def _sync(self, tell: TellHealth, progress: Progress | None = None) -> tuple[str, int]:
        """Read the log and hand in what is new; what cannot be right is set aside whole.

        Returns what went wrong, '' for nothing, and how many records were new.
        """
        base = self._hall.begin_log(self._terminal_id)
        try:
            read = worker.run(READ_DEADLINE, read_log, self._terminal)
        except TerminalError as error:
            tell(LOST, error.code)
            return error.code, 0
        if isinstance(read, Rejected):
            self._hall.rejected_read(self._terminal_id, read.reason, read.detail, read.raw)
            tell(ATTENTION, f"log not taken in: {read.reason}: {read.detail}")
            return read.reason, 0
        found = reconcile(
            cursor_from(base),
            read.log,
            capacity=read.after.record_capacity,
            read_at=read.clock.terminal_time,
            zone=self._terminal.zone,
        )
        stored = self._hand_in(base, read, found, progress)
        alarm = found.finding is not None and found.finding.alarm
        tell(ATTENTION if alarm else OK, found.finding.kind if alarm and found.finding else "")
        self._watch_clock(read.clock.offset)
        return "", stored

    def _hand_in(
        self,
        base: dict[str, Any] | None,
        read: LogRead,
        found: Reconciliation,
        progress: Progress | None,
    ) -> int:
        """Send the records in parts; the cursor moves with the last one. How many were new."""
        parts = parts_of(read.log, found.first, PUNCHES_PER_PART, certain=found.certain)
        stored = sent = 0
        for part in parts:
            state = _state(read, found) if part is parts[-1] else None
            stored += self._hall.log_part(
                self._terminal_id, base, part, state, certain=found.certain
            )
            sent += part.count
            if progress is not None and state is None:
                progress(sent, read.log.count - found.first)
        if stored:
            self.counts["punches"] += stored
            log.info("punches", extra={"terminal": self._terminal_id, "stored": stored})
        return stored

    def _watch_clock(self, offset: timedelta | None) -> None:
        """Log how far the terminal's clock is off, and put it right where that is wanted."""
        log.info("clock", extra={"terminal": self._terminal_id, "offset_ms": milliseconds(offset)})
        if self._beyond is None or (offset is not None and abs(offset) <= self._beyond):
            return
        try:
            self._put_clock_right(offset)
        except TerminalError as error:
            log.warning("clock not set", extra={"terminal": self._terminal_id, "why": error.code})

    def _put_clock_right(self, before: timedelta | None) -> dict[str, Any]:
        """Set the terminal's clock, which the hall writes down. Raises a TerminalError."""
        reading = worker.run(CLOCK_DEADLINE, set_clock, self._terminal)
        moved = {"before_ms": milliseconds(before), "after_ms": milliseconds(reading.offset)}
        self._hall.clock_was_set(self._terminal_id, moved)
        return moved


def milliseconds(offset: timedelta | None) -> int | None:
    """An offset as the hall stores it."""
    return None if offset is None else round(offset / timedelta(milliseconds=1))


def cursor_from(message: Mapping[str, Any] | None) -> Cursor | None:
    """A cursor as the hall keeps it, read again. None before the first read."""
    if message is None:
        return None
    known = dict(message)
    return Cursor(layout=Layout(known.pop("layout")), tail=tuple(known.pop("tail")), **known)


def _state(read: LogRead, found: Reconciliation) -> dict[str, Any]:
    """The terminal at the end of a read, as the hall stores it."""
    finding = found.finding
    return {
        "cursor": asdict(found.cursor),
        "records": read.after.records,
        "record_capacity": read.after.record_capacity,
        "users": read.after.users,
        "clock_offset_ms": milliseconds(read.clock.offset),
        "finding": finding
        and {
            "kind": finding.kind,
            "alarm": finding.alarm,
            "since": finding.since and finding.since.isoformat(),
            "until": finding.until and finding.until.isoformat(),
            "dropped": finding.dropped,
        },
    }


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

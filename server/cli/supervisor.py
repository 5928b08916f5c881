"""Keeps the hall's processes running: starts, watches, restarts and ends them."""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger(__name__)

ROUND_SECONDS = 0.2
FIRST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 60.0
STEADY_SECONDS = 60.0  # a process that ran this long starts again after the first delay
STOP_SECONDS = 5.0
CHECK_SECONDS = 5.0
FAILED_CHECKS = 3  # a process that has not answered for fifteen seconds hangs


@dataclass(slots=True)
class Child:
    """One process. `alive`, where given, says whether it still answers.

    Told to end, it has `stop_seconds` for what it has in hand.
    """

    name: str
    arguments: Sequence[str]
    environment: dict[str, str]
    alive: Callable[[], bool] | None = None
    stop_seconds: float = STOP_SECONDS
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY_SECONDS
    start_at: float = 0.0
    answered: bool = False
    failed_checks: int = 0
    check_at: float = field(default=0.0)

    def start(self) -> None:
        """Start the process; it ends when our end of its standard input closes."""
        self.process = subprocess.Popen(  # noqa: S603 - our own modules under our own interpreter
            [sys.executable, "-m", *self.arguments],
            env=os.environ | self.environment,
            stdin=subprocess.PIPE,
        )
        self.started = time.monotonic()
        self.answered = False
        self.failed_checks = 0
        log.info("started", extra={"child": self.name, "pid": self.process.pid})

    def running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """End the process: first the ask, then the kill."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            log.error("does not end; killed", extra={"child": self.name})
            self.process.kill()
            self.process.wait()
        self.forget()

    def forget(self) -> None:
        """The process has ended."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
        self.process = None


class Supervisor:
    """Runs children until told to stop."""

    def __init__(self) -> None:
        self._children: list[Child] = []
        self._stop = threading.Event()

    def add(self, child: Child) -> None:
        """Take a child on; it is started by the next round."""
        self._children.append(child)

    def run(self, each_round: Callable[[], None] | None = None) -> None:
        """Watch the children until SIGTERM or SIGINT; then end them all.

        A terminal sends SIGINT to them too, who leave it to us: they end in order.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        try:
            while not self._stop.wait(ROUND_SECONDS):
                for child in self._children:
                    self._care_for(child)
                if each_round is not None:
                    _try(each_round)
        finally:
            self._end_all()

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _care_for(self, child: Child) -> None:
        now = time.monotonic()
        if child.running():
            self._check(child, now)
        elif child.process is not None:
            self._plan_restart(child, now)
        elif now >= child.start_at:
            try:
                child.start()
            except OSError:
                log.exception("cannot be started", extra={"child": child.name})
                _delay(child, now)

    def _check(self, child: Child, now: float) -> None:
        """Ask whether the process answers; kill one that did before and no longer does."""
        if child.alive is None or now < child.check_at:
            return
        child.check_at = now + CHECK_SECONDS
        if child.alive():
            child.answered = True
            child.failed_checks = 0
            return
        child.failed_checks += 1
        if child.answered and child.failed_checks >= FAILED_CHECKS and child.process is not None:
            log.error("hangs; killed", extra={"child": child.name})
            child.process.kill()

    def _plan_restart(self, child: Child, now: float) -> None:
        assert child.process is not None  # noqa: S101 - it has ended
        log.error("ended", extra={"child": child.name, "code": child.process.returncode})
        if now - child.started > STEADY_SECONDS:
            child.delay = FIRST_DELAY_SECONDS
        child.forget()
        _delay(child, now)

    def _end_all(self) -> None:
        """End the children one after another, the last one first: it may need those before it."""
        for child in reversed(self._children):
            child.stop()


def _delay(child: Child, now: float) -> None:
    """Start a child after a pause that grows from failure to failure."""
    child.start_at = now + child.delay * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    child.delay = min(child.delay * 2, LONGEST_DELAY_SECONDS)


def _try(act: Callable[[], None]) -> None:
    """Do something whose failure must not end the hall; the next round tries again."""
    try:
        act()
    except Exception:
        log.exception("an error in the supervisor's round")

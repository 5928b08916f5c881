"""Child processes of tests: started, waited for, killed, and never left behind."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.services import artefacts
from tests.services.ports import LOOPBACK, is_open
from tests.services.waiting import Result, wait_until

START_SECONDS = 75.0  # of a machine that also runs the other tests
STOP_SECONDS = 10.0
TAIL_LINES = 40
HALL = str(Path(sys.executable).with_name("hall"))


class ChildEndedError(Exception):
    """A child ended while something was still expected of it."""


class Child:
    """A running program, in a process group of its own, which writes to `log`."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.log = log
        self._process = process

    @property
    def pid(self) -> int:
        """Its process id, which is also its process group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._process.poll()

    def output(self) -> str:
        """Everything it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(
        self, condition: Callable[[], Result], what: str, *, seconds: float = START_SECONDS
    ) -> Result:
        """Like `wait_until`, but a child that ends raises ChildEndedError with its last lines."""

        def still_running() -> Result:
            result = condition()
            if not result and self.exit_code is not None:
                raise ChildEndedError(f"{what}: ended with {self.exit_code}\n{self._tail()}")
            return result

        return wait_until(still_running, what, seconds=seconds)

    def wait_for_port(self, port: int) -> None:
        """Wait until somebody accepts connections on this loopback port."""
        self.wait_for(lambda: is_open(port), f"port {port}")

    def wait_for_answer(self, port: int, path: str = "/readyz") -> None:
        """Wait until HTTP answers with a status of success."""
        self.wait_for(lambda: _answers(port, path), f"http://{LOOPBACK}:{port}{path}")

    def wait_for_output(self, text: str) -> None:
        """Wait until it has written this text."""
        self.wait_for(lambda: text in self.output(), repr(text))

    def kill(self) -> None:
        """End it and what it started at once, as a power cut would (SIGKILL)."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait(STOP_SECONDS)

    def stop(self, ask: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, kill what has not ended in ten seconds, and return its exit code."""
        if self.exit_code is None:
            self._process.send_signal(ask)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        self.kill()
        return self._process.returncode

    def _tail(self) -> str:
        return "\n".join(self.output().splitlines()[-TAIL_LINES:])


def _answers(port: int, path: str) -> bool:
    with closing(http.client.HTTPConnection(LOOPBACK, port, timeout=STOP_SECONDS)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status < http.client.BAD_REQUEST
        except (OSError, http.client.HTTPException):
            return False


@contextmanager
def running(
    command: list[str],
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    user: str | None = None,
    ask: signal.Signals = signal.SIGTERM,
) -> Iterator[Child]:
    """A child for the length of a block, for fixtures of any scope.

    `environment` is added to the test's own; `user` needs root; `ask` is the signal it ends by.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
        )
    child = Child(process, log)
    try:
        yield child
    finally:
        child.stop(ask)


class Children:
    """Starts the children of one test."""

    def __init__(self, stack: ExitStack, logs: Path) -> None:
        self._stack = stack
        self._logs = logs

    def start(
        self, *command: str, name: str, environment: Mapping[str, str] | None = None
    ) -> Child:
        """Start a program; its log is `name` and a number."""
        number = len(list(self._logs.iterdir()))
        log = self._logs / f"{name}-{number}.log"
        return self._stack.enter_context(running(list(command), log, environment=environment))

    def hall(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Child:
        """Start `hall` with these arguments."""
        return self.start(HALL, *arguments, name="hall", environment=environment)

    def python(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Child:
        """Start the tests' own interpreter, for example with `-m` and a module."""
        return self.start(sys.executable, *arguments, name="python", environment=environment)


@pytest.fixture
def children(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Children]:
    """Starts child processes that end with the test; their logs are kept when it fails."""
    logs = tmp_path / "logs"
    logs.mkdir()
    with ExitStack() as stack:
        yield Children(stack, logs)
    if artefacts.has_failed(request.node):
        shutil.copytree(logs, artefacts.folder_of(request.node) / "logs", dirs_exist_ok=True)

"""One talk with a terminal in a process of its own, which can be killed.

A terminal that stops in the wrong place can hold pyzk for ever; a thread could not be got rid of.
The process starts when the talk does (some 60 ms) and ends with it, and it ends itself when this
one dies.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Timer
from typing import IO, Any, ParamSpec, TypeVar

from drivers.zkteco.errors import DeadlineError, WorkerDiedError
from drivers.zkteco.worker_process import RAISED, RETURNED, YIELDED

P = ParamSpec("P")
T = TypeVar("T")
_MODULE = "drivers.zkteco.worker_process"
_LEAVE_SECONDS = 1.0
_SOURCE_ROOT = str(Path(__file__).parents[2])


class _Worker:
    """A running process and the clock that kills it when it is not heard of in time."""

    def __init__(self, patience: timedelta) -> None:
        self._patience = patience
        self.expired = False
        self._said_all = False
        search_path = os.pathsep.join(filter(None, [_SOURCE_ROOT, os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": search_path},
        )
        self._timer = self._start_timer()

    def post(self, work: partial[Any]) -> None:
        """Hand over the work. The pipe stays open: its end would tell the process to end."""
        with suppress(BrokenPipeError):  # it died at once, which the first answer tells
            pickle.dump(work, _pipe(self._process.stdin))
            _pipe(self._process.stdin).flush()

    def answer(self) -> tuple[str, Any]:
        """The next thing it says. Raises DeadlineError and WorkerDiedError."""
        try:
            said: tuple[str, Any] = pickle.load(_pipe(self._process.stdout))  # noqa: S301 - ours
        except (EOFError, pickle.UnpicklingError) as error:
            if self.expired:
                raise DeadlineError(f"nothing for {self._patience}") from error
            raise WorkerDiedError(f"exit code {self._process.wait()}") from error
        self._said_all = said[0] != YIELDED
        return said

    def rewind(self) -> None:
        """It was heard of: begin to wait anew."""
        self._timer.cancel()
        self._timer = self._start_timer()

    def end(self) -> None:
        """Kill it, whatever it does, unless it has said all and ends by itself."""
        self._timer.cancel()
        if self._said_all:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LEAVE_SECONDS)
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                _pipe(pipe).close()

    def _start_timer(self) -> Timer:
        timer = Timer(self._patience.total_seconds(), self._expire)
        timer.daemon = True
        timer.start()
        return timer

    def _expire(self) -> None:
        self.expired = True
        self._process.kill()


def run(deadline: timedelta, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of `operation` (a function of a module), which may take until `deadline`.

    Raises what it raises if that is a TerminalError, DeadlineError when it had to be killed, and
    WorkerDiedError when its process ended by itself.
    """
    with _at_work(deadline, partial(operation, *args, **kwargs)) as worker:
        kind, value = worker.answer()
    if kind == RAISED:
        raise value
    result: T = value
    return result


@contextmanager
def stream(
    patience: timedelta, operation: Callable[P, Iterator[T]], *args: P.args, **kwargs: P.kwargs
) -> Iterator[Iterator[T]]:
    """What `operation` yields, as it yields it; leaving the context ends the process.

    Raises as `run` does; DeadlineError when nothing came for `patience`.
    """
    with _at_work(patience, partial(operation, *args, **kwargs)) as worker:
        yield _heard(worker)


def _heard(worker: _Worker) -> Iterator[Any]:
    while True:
        kind, value = worker.answer()
        if kind == RAISED:
            raise value
        if kind == RETURNED:
            return
        worker.rewind()
        yield value


@contextmanager
def _at_work(patience: timedelta, work: partial[Any]) -> Iterator[_Worker]:
    worker = _Worker(patience)
    try:
        worker.post(work)
        yield worker
    finally:
        worker.end()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise WorkerDiedError("started without pipes")
    return pipe

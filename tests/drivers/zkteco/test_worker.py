import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.errors import DeadlineError, TerminalUnreachableError, WorkerDiedError
from drivers.zkteco.events import LiveHint
from drivers.zkteco.live import Silence, listen
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal
from drivers.zkteco.worker import run, stream
from tests.services.waiting import wait_until

Start = Callable[..., SimulatedTerminal]
Reach = Callable[..., Terminal]
LONG = timedelta(seconds=20)
ROOT = Path(__file__).parents[3]


def processes() -> set[int]:
    """Workers that are running on this machine for this test."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            if b"drivers.zkteco.worker_process" in command and parent == os.getpid():
                found.add(int(entry.name))
    return found


def has_ended(pid: int) -> bool:
    """Whether a process is gone, or dead and waiting for its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_result_comes_back_whole(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("fill", records=2_000)
    read = run(LONG, read_log, reach(simulated))
    assert isinstance(read, LogRead)
    assert read.log.count == 2_000


def test_a_named_fault_comes_back_by_its_name(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.stop()
    with pytest.raises(TerminalUnreachableError, match=r"127\.0\.0\.1"):
        run(LONG, read_log, reach(simulated))


def test_any_other_fault_says_what_it_was() -> None:
    with pytest.raises(WorkerDiedError, match="ZeroDivisionError"):
        run(LONG, divmod, 1, 0)


def test_a_process_that_just_ends_is_noticed() -> None:
    with pytest.raises(WorkerDiedError, match="exit code 7"):
        run(LONG, os._exit, 7)


def test_printing_does_not_spoil_the_answer() -> None:
    assert run(LONG, print, "WRN: pyzk prints") is None


@pytest.mark.fault
def test_a_terminal_that_drips_is_given_up_at_the_deadline(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("fill", records=2_000)
    simulated.command("slow", seconds=0.9)  # each answer comes in time, and all together never
    began = time.monotonic()
    with pytest.raises(DeadlineError):
        run(timedelta(seconds=1.5), read_log, reach(simulated))
    assert time.monotonic() - began < 4
    assert processes() == set()


def test_what_is_yielded_comes_as_it_is_yielded(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023")
    with stream(LONG, listen, reach(simulated), timedelta(seconds=5)) as heard:
        assert next(heard) == Silence()
        simulated.command("press_finger", pin="10023")
        assert isinstance(next(heard), LiveHint)
    assert processes() == set()


def test_a_stream_may_end_by_itself() -> None:
    with stream(LONG, iter, [1, 2]) as numbers:
        assert list(numbers) == [1, 2]


@pytest.mark.fault
def test_a_stream_that_falls_silent_is_ended(start: Start, reach: Reach) -> None:
    terminal = reach(start())
    with stream(timedelta(seconds=1.5), listen, terminal, timedelta(seconds=60)) as heard:
        assert next(heard) == Silence()
        with pytest.raises(DeadlineError):
            next(heard)


PARENT = """
import sys
from datetime import timedelta
from drivers.zkteco.live import listen
from drivers.zkteco.terminal import Terminal
from drivers.zkteco.worker import stream
long = timedelta(seconds=60)
with stream(long, listen, Terminal.at(sys.argv[1]), long) as heard:
    next(heard)
    print("listening", flush=True)
    next(heard)
"""


@pytest.mark.fault
def test_a_worker_does_not_outlive_an_agent_that_was_killed(start: Start) -> None:
    simulated = start()
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, simulated.address],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "listening\n"
        children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        parent.send_signal(signal.SIGKILL)
    assert len(children) == 1
    assert wait_until(lambda: has_ended(int(children[0])), "the end of the worker")

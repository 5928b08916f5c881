import os
import signal
from pathlib import Path

import pytest

from tests.services.children import ChildEndedError, Children, running
from tests.services.ports import free_port
from tests.services.waiting import wait_until

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("grandchild", grandchild.pid, "is up")
time.sleep(600)
"""


def is_gone(pid: int) -> bool:
    """Whether the process has ended; one that only waits to be reaped has."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    return stat.rpartition(") ")[2].startswith("Z")


def test_waits_until_a_server_answers(children: Children) -> None:
    port = free_port()
    server = children.python("-m", "http.server", str(port), "--bind", "127.0.0.1")
    server.wait_for_answer(port, "/")
    assert server.exit_code is None


def test_a_child_that_ended_shows_its_last_words_at_once(children: Children) -> None:
    child = children.python("-c", "raise SystemExit('no hall here')")
    with pytest.raises(ChildEndedError, match="no hall here"):
        child.wait_for_output("ready")


def test_kill_takes_the_grandchildren_along(children: Children) -> None:
    child = children.python("-c", STUBBORN)
    child.wait_for_output("is up")
    grandchild = int(child.output().split()[1])
    child.kill()
    assert child.exit_code == -signal.SIGKILL
    wait_until(lambda: is_gone(grandchild), "the grandchild's end")


def test_stop_returns_how_it_ended(children: Children) -> None:
    child = children.python("-c", "print('up'); import time; time.sleep(600)")
    child.wait_for_output("up")
    assert child.stop() == -signal.SIGTERM


def test_a_failing_block_leaves_no_child(tmp_path: Path) -> None:
    command = ["sleep", "600"]
    with pytest.raises(RuntimeError), running(command, tmp_path / "log") as child:
        raise RuntimeError
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)

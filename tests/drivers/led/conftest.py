import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Until = Callable[[Callable[[], bool]], None]


@pytest.fixture(scope="session")
def until() -> Until:
    """Wait at most five seconds for a condition."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 5
        while not condition():
            assert time.monotonic() < deadline, "it did not happen within 5 s"
            time.sleep(0.005)

    return wait


@pytest.fixture
def serial_cable(tmp_path: Path, until: Until) -> Iterator[Callable[[str], str]]:
    """Plug a pseudo terminal into a `tcp://` address with socat; return its device path."""
    if shutil.which("socat") is None:
        pytest.skip("socat is not installed: serial lines are not tested")
    cables: list[subprocess.Popen[bytes]] = []

    def plug(address: str) -> str:
        port = tmp_path / f"tty{len(cables)}"
        tcp = "TCP:" + address.removeprefix("tcp://")
        cables.append(subprocess.Popen(["socat", f"PTY,raw,echo=0,link={port}", tcp]))
        until(port.exists)
        return str(port)

    yield plug
    for cable in cables:
        cable.terminate()
        cable.wait()

"""The web process under a bench: alone on a fresh sample hall, its CPU time read from outside."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.browser import LOST, Browser
from tests.faults.installation import Installation, install_hall
from tests.services.ports import free_port
from tests.services.waiting import wait_until

STOP_SECONDS = 10.0
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Web:
    """A running web process and the hall that it serves."""

    port: int
    process: subprocess.Popen[bytes]
    installation: Installation

    def cpu_seconds(self) -> float:
        """User and system time that the process has used so far."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(") ")[2].split()[11:13]
        return (int(user) + int(system)) / TICKS_PER_SECOND


@contextmanager
def fresh_hall() -> Iterator[Installation]:
    """A sample hall in a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="hallkeeper-bench-") as folder:
        yield install_hall(Path(folder) / "data")


@contextmanager
def web_process(
    installation: Installation, environment: Mapping[str, str] | None = None
) -> Iterator[Web]:
    """The web process as `hall serve` starts it, for the length of a block."""
    port = free_port()
    settings = {
        "HALLKEEPER_DATA_DIR": str(installation.data_dir),
        "HALLKEEPER_PORT": str(port),
        **(environment or {}),
    }
    log = installation.data_dir / "web.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "server.web"],
            stdin=subprocess.PIPE,
            stderr=output,
            env=os.environ | settings,
        ) as process,
    ):
        try:
            wait_until(lambda: answers(port), f"the web process, see {log}", seconds=30)
            yield Web(port, process, installation)
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def answers(port: int) -> bool:
    """Whether the web process is ready."""
    try:
        return Browser(port, "/readyz", {}).get("/readyz").status < 500
    except LOST:
        return False

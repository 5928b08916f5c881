"""`hall serve` as a test sees it: started, watched through its log, killed in part or whole."""

import json
import os
import signal
from collections.abc import Mapping
from contextlib import suppress

from tests.faults.browser import LOST, Browser
from tests.faults.installation import Installation
from tests.services.children import Child, Children
from tests.services.ports import free_port
from tests.services.waiting import wait_until

START_SECONDS = 60.0
READY = 200
LEASE_SECONDS = 3


class Serving:
    """A hall's server processes on one port, which may be started again after they were killed."""

    def __init__(
        self,
        children: Children,
        installation: Installation,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.port = free_port()
        self._children = children
        self._installation = installation
        self._environment = {
            "HALLKEEPER_PRINT_LEASE_SECONDS": str(LEASE_SECONDS),
            **(environment or {}),
        }
        self.supervisor: Child

    def start(self) -> None:
        """Start the supervisor; it starts the others."""
        self.supervisor = self._children.hall(
            "serve",
            "--allow-simulators",
            "--port",
            str(self.port),
            "--data-dir",
            str(self._installation.data_dir),
            environment=self._environment,
        )

    def wait_until_ready(self) -> None:
        """Wait until the web process answers and the agent was started."""
        self.supervisor.wait_for(self._answers, "the web process", seconds=START_SECONDS)
        self.wait_for_start("agent")

    def _answers(self) -> bool:
        with suppress(*LOST):
            return Browser(self.port, "", {}).get("/readyz").status == READY
        return False

    def pids(self, name: str) -> list[int]:
        """The process ids that a child of this supervisor had, the latest last."""
        lines = (line for line in self.supervisor.output().splitlines() if line.endswith("}"))
        entries = (json.loads(line) for line in lines if line.startswith('{"event": "started"'))
        return [entry["pid"] for entry in entries if entry["child"] == name]

    def wait_for_start(self, name: str, *, after: int = 0) -> int:
        """Wait until a child was started more than `after` times; its process id."""
        wait_until(
            lambda: len(self.pids(name)) > after, f"the start of {name}", seconds=START_SECONDS
        )
        return self.pids(name)[-1]

    def kill(self, name: str) -> None:
        """SIGKILL to the web process or the agent, as its process id was last told."""
        with suppress(ProcessLookupError):
            os.kill(self.wait_for_start(name), signal.SIGKILL)

    def kill_supervisor(self) -> None:
        """SIGKILL to the supervisor alone; its children must notice by themselves."""
        os.kill(self.supervisor.pid, signal.SIGKILL)
        wait_until(lambda: self.supervisor.exit_code is not None, "the supervisor's end")

    def cut_power(self) -> None:
        """SIGKILL to all of them at once."""
        self.supervisor.kill()

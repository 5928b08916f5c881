"""`hall demo` as the browser tests use it: started, left, started again on the same data."""

import json
import re
from contextlib import ExitStack
from pathlib import Path

from tests.services.children import HALL, Child, running
from tests.services.ports import LOOPBACK, free_port

KEY = re.compile(r"/demo\?key=(\w+)")
PASSWORD = re.compile(r"^    (\w+) +(\S+)$", re.MULTILINE)


class DemoHall:
    """The sample hall with every device simulated, on one port for as long as a test needs it."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://{LOOPBACK}:{self.port}"
        self._folder = folder
        self._stack = ExitStack()
        self._starts = 0
        self._passwords: dict[str, str] = {}
        self.signed_in: dict[str, str] = {}
        self.child: Child

    def start(self) -> None:
        """Start it and wait until its pages answer and its simulators are up."""
        self._starts += 1
        command = [HALL, "demo", "--port", str(self.port), "--data-dir", str(self._folder / "data")]
        log = self._folder / f"demo-{self._starts}.log"
        self.child = self._stack.enter_context(running(command, log))
        self.child.wait_for_answer(self.port)
        self.child.wait_for_output("SIMULATED device")
        self._passwords |= dict(PASSWORD.findall(self.child.output()))

    def stop(self) -> None:
        """Stop it; the data stays."""
        self._stack.close()

    @property
    def key_address(self) -> str:
        """The address that lets a visitor in."""
        found = KEY.search(self.child.output())
        assert found, "the demonstration printed no address"
        return f"{self.address}/demo?key={found[1]}"

    def seat(self, name: str) -> str:
        """Where a visitor sits down at a seat."""
        return f"{self.address}/seat/{name}/demo/enter"

    def password(self, username: str) -> str:
        """An account's password, as it was shown at the first start."""
        return self._passwords[username]

    def web_pid(self) -> int:
        """The process id of the web process that was started last."""
        lines = (line for line in self.child.output().splitlines() if line.startswith("{"))
        started = [entry for entry in map(json.loads, lines) if entry.get("child") == "web"]
        return int(started[-1]["pid"])

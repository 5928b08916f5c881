"""A SIMULATED ticket printer on TCP: real bytes in, papers that one can look at out."""

import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial

from drivers.escpos.faults import Faults
from drivers.escpos.machine import Machine
from drivers.escpos.paper import Paper
from drivers.simulator import Result, TcpServer, run_command

KEPT_PAPERS = 100
READ_SIZE = 4096
PAUSE = 0.05  # seconds: how often a slow or full printer looks for more

_SWITCHES: Mapping[str, Mapping[str, object]] = {
    "refill": {"feeds_left": None, "near_end": False},
    "near_end": {"near_end": True},
    "cover_open": {"cover_open": True},
    "cover_close": {"cover_open": False},
    "cutter_error": {"cutter_jammed": True},
    "cutter_clear": {"cutter_jammed": False},
    "overheat": {"overheated": True},
    "cool_down": {"overheated": False},
    "silent": {"silent": True},
    "no_fn48": {"no_fn48": True},
    "no_barrier": {"no_barrier": True},
}


class PrinterSimulator:
    """A SIMULATED network printer that can run out of paper, jam, fall silent or lose its link.

    One client at a time, as such printers have it: a second one is linked but not listened to.
    """

    kind = "printer"

    def __init__(
        self, name: str = "printer", *, width_dots: int, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self.name = name
        self._machine = Machine(width_dots)
        self._papers: deque[Paper] = deque(maxlen=KEPT_PAPERS)
        self._printed = 0
        self._drop_after: int | None = None
        self._bytes_per_second: int | None = None
        self._server = TcpServer(self._serve, host, port)
        self._turn = threading.Lock()  # held by the client that is listened to
        self._lock = threading.Lock()  # guards everything above and the link
        self._link: socket.socket | None = None
        self._stopping = threading.Event()
        self._commands: dict[str, Callable[..., Result]] = {
            name: partial(self._switch, values) for name, values in _SWITCHES.items()
        } | {
            "paper_out": self._paper_out,
            "drop_after_bytes": self._set_drop_after,
            "slow": self._set_speed,
            "reset": self._reset,
            "repair": self._repair,
        }

    @property
    def address(self) -> str:
        """The URL to print to; known once started when the port was left open."""
        return self._server.address

    def start(self) -> None:
        """Switch on."""
        self._stopping.clear()
        self._server.start()

    def stop(self) -> None:
        """Switch off; the papers stay."""
        self._stopping.set()
        self._server.stop()

    def papers(self) -> tuple[Paper, ...]:
        """The last papers that came out, oldest first."""
        with self._lock:
            return tuple(self._papers)

    def picture(self, index: int = -1) -> bytes | None:
        """A PNG of one of `papers`, the latest by default; None when there is none such."""
        papers = self.papers()
        return papers[index].picture() if -len(papers) <= index < len(papers) else None

    def state(self) -> dict[str, object]:
        """Papers, faults and buffer, for the demo page."""
        with self._lock:
            return {
                "simulated": True,
                "papers": self._printed,
                "last_text": self._papers[-1].text if self._papers else "",
                "waiting": self._machine.waiting,
                "unknown_commands": self._machine.unknown,
                "queries": self._machine.queries,
                "faults": asdict(self._machine.faults),
                "bytes_per_second": self._bytes_per_second,
            }

    def commands(self) -> tuple[str, ...]:
        """Faults, repairs and what one can do at the printer."""
        return tuple(sorted(self._commands))

    def command(self, name: str, **arguments: object) -> Result:
        """Break or mend something now; returns the state after it. ValueError as `run_command`."""
        run_command(self._commands, name, arguments)
        return self.state()

    def _serve(self, link: socket.socket) -> None:
        with self._turn:
            try:
                with self._lock:
                    self._link = link
                    self._settle()
                while data := self._read(link):
                    self._take(data)
            finally:
                with self._lock:
                    self._link = None
                    self._machine.tear_off()
                    self._settle()

    def _read(self, link: socket.socket) -> bytes:
        while self._machine.full and not self._stopping.wait(PAUSE):
            pass
        speed = self._bytes_per_second
        if speed is None:
            return link.recv(READ_SIZE)
        self._stopping.wait(PAUSE)
        return link.recv(max(int(speed * PAUSE), 1))

    def _take(self, data: bytes) -> None:
        with self._lock:
            taken = data[: self._drop_after]
            self._machine.receive(taken)
            self._settle()
            if self._drop_after is not None:
                self._drop_after -= len(taken)
                if self._drop_after == 0:
                    self._drop_after = None
                    raise ConnectionAbortedError("the cable was cut")

    def _settle(self) -> None:
        """Collect what came out, and send what is to be said if someone listens."""
        papers = self._machine.take_papers()
        self._papers.extend(papers)
        self._printed += len(papers)
        if self._link is not None:
            with suppress(OSError):
                self._link.sendall(self._machine.take_answers())

    def _switch(self, values: Mapping[str, object]) -> Result:
        with self._lock:
            for name, value in values.items():
                setattr(self._machine.faults, name, value)
            self._machine.go_on()
            self._settle()
        return {}

    def _paper_out(self, after: int = 0) -> Result:
        """The roll ends after so many more printed lines or images."""
        return self._switch({"feeds_left": int(after)})

    def _set_drop_after(self, count: int) -> Result:
        """The cable is cut once so many more bytes have come in."""
        with self._lock:
            self._drop_after = max(int(count), 1)
        return {}

    def _set_speed(self, bytes_per_second: int | None) -> Result:
        """Take bytes no faster than this; None is full speed."""
        with self._lock:
            self._bytes_per_second = max(int(bytes_per_second), 1) if bytes_per_second else None
        return {}

    def _reset(self) -> Result:
        """Power off and on: links, buffer and answers are lost."""
        with self._lock:
            self._machine.power_cycle()
        self._server.drop_links()
        return {}

    def _repair(self) -> Result:
        """Everything in order again."""
        with self._lock:
            self._drop_after = self._bytes_per_second = None
            self._machine.faults = Faults()
            self._machine.go_on()
            self._settle()
        return {}

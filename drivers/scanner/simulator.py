"""A SIMULATED scanner on TCP, as behind a serial-to-Ethernet box."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from drivers.simulator import Result, TcpServer, run_command

HELLO = b"SIMULATED SCANNER\r\n"


class ScannerSimulator:
    """A SIMULATED scanner; the test or the demonstration holds the codes before it."""

    kind = "scanner"

    def __init__(self, name: str, *, port: int = 0) -> None:
        self.name = name
        self._lock = threading.Lock()
        self._links: list[socket.socket] = []
        self._scanned = ""
        self._server = TcpServer(self._serve, port=port)
        self._table: dict[str, Callable[..., Result]] = {
            "scan": self._scan,
            "scan_half": self._scan_half,
            "drop": self._drop,
        }

    @property
    def address(self) -> str:
        """The URL a driver opens; known once started."""
        return self._server.address

    def start(self) -> None:
        """Plug it in."""
        self._server.start()

    def stop(self) -> None:
        """Unplug it."""
        self._server.stop()

    def state(self) -> dict[str, object]:
        """What the demo page shows, ready for JSON."""
        with self._lock:
            return {
                "simulated": True,
                "name": self.name,
                "kind": self.kind,
                "address": self.address,
                "scanned": self._scanned,
                "listeners": len(self._links),
            }

    def picture(self) -> bytes | None:
        """There is nothing to see on a scanner."""
        return None

    def commands(self) -> tuple[str, ...]:
        """scan, scan_half, drop."""
        return tuple(self._table)

    def command(self, name: str, **arguments: object) -> Result:
        """Do or break something now. Raises ValueError for a wrong name or wrong arguments."""
        return run_command(self._table, name, arguments)

    def _serve(self, link: socket.socket) -> None:
        link.sendall(HELLO)
        with self._lock:
            self._links.append(link)
        try:
            while link.recv(256):
                pass
        finally:
            with self._lock:
                self._links.remove(link)

    def _scan(self, text: str) -> Result:
        """Hold a code before the scanner."""
        self._send(text.encode() + b"\r\n")
        return {"scanned": text}

    def _scan_half(self, text: str) -> Result:
        """Send a code whose end is lost."""
        self._send(text.encode())
        return {"scanned": text}

    def _drop(self) -> Result:
        """Cut the line now; the host may open it again."""
        self._server.drop_links()
        return {"drop": True}

    def _send(self, data: bytes) -> None:
        with self._lock:
            self._scanned = data.decode().strip()
            for link in self._links:
                with suppress(OSError):  # whoever reads a broken line ends it
                    link.sendall(data)

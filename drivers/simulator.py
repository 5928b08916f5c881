"""What every simulated device offers the demo and the tests, and the TCP server most of them need.

A simulator is the other side of the wire. It is never a stand-in for a real device in a hall.
"""

import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from inspect import signature
from typing import Protocol

Result = dict[str, object]


class Simulator(Protocol):
    """A SIMULATED device that listens on its real wire protocol and can be broken at run time."""

    name: str
    kind: str

    @property
    def address(self) -> str:
        """The URL a driver opens, e.g. `tcp://127.0.0.1:9100`; known once started."""

    def start(self) -> None:
        """Begin to listen."""

    def stop(self) -> None:
        """Cut every link, join every thread."""

    def state(self) -> dict[str, object]:
        """What the demo page shows, ready for JSON."""

    def picture(self) -> bytes | None:
        """A PNG of what a person standing there would see, if there is anything to see."""

    def commands(self) -> tuple[str, ...]:
        """Names that `command` takes."""

    def command(self, name: str, **arguments: object) -> Result:
        """Do or break something now. Raises ValueError for an unknown name or wrong arguments."""


def run_command(
    table: Mapping[str, Callable[..., Result]], name: str, arguments: Mapping[str, object]
) -> Result:
    """Call one command of a simulator's table; ValueError says which names or arguments fit."""
    if name not in table:
        raise ValueError(f"unknown command {name!r}; known: {', '.join(sorted(table))}")
    action = table[name]
    try:
        bound = signature(action).bind(**arguments)
    except TypeError as error:
        raise ValueError(f"{name} takes {signature(action)}: {error}") from error
    return action(*bound.args, **bound.kwargs)


class TcpServer:
    """Serves each TCP connection in a thread of its own.

    `serve(connection)` runs until it returns or the peer goes; an OSError in it means the link
    ended. Port 0 takes a free port, which a later `start` keeps.
    """

    def __init__(
        self, serve: Callable[[socket.socket], None], host: str = "127.0.0.1", port: int = 0
    ) -> None:
        self._serve = serve
        self._host = host
        self._port = port
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self._links: dict[threading.Thread, socket.socket] = {}
        self._acceptor: threading.Thread | None = None

    @property
    def address(self) -> str:
        """`tcp://host:port`; the port is 0 before the first start when none was given."""
        return f"tcp://{self._host}:{self._port}"

    def start(self) -> None:
        """Listen; returns when connections are accepted. OSError when the port is taken."""
        self._listener = socket.create_server((self._host, self._port))
        self._port = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(
            target=self._accept, args=(self._listener,), name=f"accept {self.address}", daemon=True
        )
        self._acceptor.start()

    def stop(self) -> None:
        """Close the listener and every connection, and wait for their threads."""
        listener, acceptor = self._listener, self._acceptor
        if listener is None or acceptor is None:
            return
        self._listener = self._acceptor = None
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes accept(), which close() alone does not
        listener.close()
        acceptor.join()
        self.drop_links()
        with self._lock:
            threads = list(self._links)
        for thread in threads:
            thread.join()

    def drop_links(self) -> None:
        """Cut every connection at once, as if the cable were pulled; keep listening."""
        with self._lock:
            for link in self._links.values():
                with suppress(OSError):
                    link.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(
                target=self._run, args=(link,), name=f"link {self.address}", daemon=True
            )
            with self._lock:
                self._links[thread] = link
            thread.start()

    def _run(self, link: socket.socket) -> None:
        try:
            with link, suppress(OSError):
                self._serve(link)
        finally:
            with self._lock:
                del self._links[threading.current_thread()]

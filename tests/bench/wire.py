"""A cheap HTTP client for benches: keep-alive connections, each with one request on its way."""

import json
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.services.ports import LOOPBACK

READ_BYTES = 64 * 1024
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
SUCCESS = b"20"


@dataclass(slots=True)
class Exchange:
    """One connection: what has come of the answer, and since when it is awaited."""

    link: socket.socket
    received: bytes = b""
    sent_at: float = 0.0


@dataclass(slots=True)
class Load:
    """What a run measured: seconds of each answer, and of the whole."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.latencies) / self.seconds


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: hall"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def connect(port: int) -> socket.socket:
    """A connection on which what is written leaves at once."""
    link = socket.create_connection((LOOPBACK, port))
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def receive(link: socket.socket) -> Any:
    """Wait for the whole answer on a connection; the JSON in it. ValueError for a refusal."""
    exchange = Exchange(link)
    while not _take(exchange, SUCCESS):
        pass
    return json.loads(exchange.received.partition(HEAD_END)[2])


def run(port: int, requests: Iterator[bytes], clients: int, expected: bytes) -> Load:
    """Send all requests over `clients` connections, each as soon as the one before is answered.

    Raises ValueError for an answer whose status is not `expected`, e.g. b"201".
    """
    load = Load()
    with selectors.DefaultSelector() as selector:
        for _ in range(clients):
            link = connect(port)
            selector.register(link, selectors.EVENT_READ, exchange := Exchange(link))
            _send_next(exchange, requests, selector)
        started = time.perf_counter()
        while selector.get_map():
            for key, _events in selector.select():
                exchange = key.data
                if _take(exchange, expected):
                    load.latencies.append(time.perf_counter() - exchange.sent_at)
                    _send_next(exchange, requests, selector)
        load.seconds = time.perf_counter() - started
    return load


def _send_next(
    exchange: Exchange, requests: Iterator[bytes], selector: selectors.BaseSelector
) -> None:
    following = next(requests, None)
    if following is None:
        selector.unregister(exchange.link)
        exchange.link.close()
        return
    exchange.received, exchange.sent_at = b"", time.perf_counter()
    exchange.link.sendall(following)


def _take(exchange: Exchange, expected: bytes) -> bool:
    """Read what has come; whether the answer is whole."""
    data = exchange.link.recv(READ_BYTES)
    exchange.received += data
    head, _, body = exchange.received.partition(HEAD_END)
    if not data or not head.startswith(b"HTTP/1.1 " + expected[: len(head)]):
        raise ValueError(f"unexpected answer: {exchange.received.decode(errors='replace')}")
    at = head.lower().find(LENGTH)
    if at < 0:
        return False
    return len(body) >= int(head[at + len(LENGTH) :].partition(b"\r\n")[0])

"""SIMULATED terminal: its TCP and UDP ports, each client with a dialogue of its own."""

import secrets
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from drivers.simulator import TcpServer
from drivers.zkteco.simulated.brain import Brain, Dialogue
from drivers.zkteco.simulated.faults import Faults, Hang, Send, SendRaw, Step, Wait
from drivers.zkteco.simulated.frames import MAGIC, Answer, Request, build, on_tcp, parse

_LONGEST_REQUEST = 0x10000


class Way(Protocol):
    """How bytes get to one client."""

    def send(self, payload: bytes, share: float = 1.0) -> None:
        """Send a message, or the first share of it."""

    def send_raw(self, data: bytes) -> None:
        """Send bytes as they are."""


class Client:
    """One client: its dialogue, and everything that is sent to it."""

    def __init__(self, brain: Brain, faults: Faults, way: Way, stopping: threading.Event) -> None:
        self._brain = brain
        self._faults = faults
        self._way = way
        self._stopping = stopping
        self._sending = threading.Lock()
        self.dialogue = Dialogue(secrets.randbelow(0xFFFE) + 1, isinstance(way, UdpWay))

    def handle(self, payload: bytes) -> bool:
        """Do what a request asks; False when the connection is to be closed."""
        request = parse(payload)
        if request is None:
            return True  # a terminal says nothing to a broken message
        undone = self._faults.leave_undone(request)
        steps = [] if undone else self._brain.answer(self.dialogue, request)
        return all(self._do(step, request) for step in self._faults.apply(request, steps))

    def tell(self, event: Answer) -> None:
        """Send an event that this client registered for, if it is still there."""
        with self._sending, suppress(OSError):
            self._way.send(build(event, 0, 0))

    def _do(self, step: Step, request: Request) -> bool:
        match step:
            case Wait(seconds):
                self._stopping.wait(seconds)
            case Send(answer, share):
                with self._sending:
                    self._way.send(build(answer, self.dialogue.session, request.reply), share)
            case SendRaw(data):
                with self._sending:
                    self._way.send_raw(data)
            case Hang():
                return False
        return True


@dataclass(frozen=True, slots=True)
class TcpWay:
    """A TCP connection."""

    connection: socket.socket

    def send(self, payload: bytes, share: float = 1.0) -> None:
        framed = on_tcp(payload)
        self.connection.sendall(framed[: int(len(framed) * share)])

    def send_raw(self, data: bytes) -> None:
        self.connection.sendall(data)


@dataclass(frozen=True, slots=True)
class UdpWay:
    """Datagrams to one address; half a datagram cannot be sent."""

    port: socket.socket
    peer: tuple[str, int]

    def send(self, payload: bytes, share: float = 1.0) -> None:
        if share == 1.0:
            self.port.sendto(payload, self.peer)

    def send_raw(self, data: bytes) -> None:
        self.port.sendto(data, self.peer)


class Ports:
    """Both ports of one terminal, under the same number."""

    def __init__(
        self, brain: Brain, faults: Faults, host: str, port: int, *, tcp: bool, udp: bool
    ) -> None:
        self._brain = brain
        self._faults = faults
        self._host = host
        self.port = port
        self._with_tcp, self._with_udp = tcp, udp
        self._stopping = threading.Event()
        self._clients: list[Client] = []
        self._server: TcpServer | None = None
        self._udp: tuple[socket.socket, threading.Thread] | None = None

    def start(self) -> None:
        """Listen. Raises OSError when a port is taken."""
        self._stopping.clear()
        if self._with_tcp:
            self._server = TcpServer(self._serve_tcp, self._host, self.port)
            self._server.start()
            self.port = int(self._server.address.rpartition(":")[2])
        if self._with_udp:
            listener = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            listener.bind((self._host, self.port))
            self.port = listener.getsockname()[1]
            thread = threading.Thread(
                target=self._serve_udp, args=(listener,), name=f"udp {self.port}", daemon=True
            )
            thread.start()
            self._udp = listener, thread

    def stop(self) -> None:
        """Cut every connection and wait for the threads."""
        self._stopping.set()
        if self._server:
            self._server.stop()
            self._server = None
        if self._udp:
            listener, thread = self._udp
            listener.sendto(b"", (self._host, self.port))  # wakes its own reader
            thread.join()
            listener.close()
            self._udp = None
        self._clients.clear()

    def listeners(self, event: int) -> list[Client]:
        """Clients that registered for an event."""
        return [client for client in self._clients if client.dialogue.events & event]

    @property
    def count(self) -> int:
        """Clients that are connected, or were last heard of over UDP."""
        return len(self._clients)

    def _new_client(self, way: Way) -> Client:
        client = Client(self._brain, self._faults, way, self._stopping)
        self._clients.append(client)
        return client

    def _serve_tcp(self, connection: socket.socket) -> None:
        client = self._new_client(TcpWay(connection))
        try:
            while client.handle(_read_message(connection)):
                pass
        finally:
            with suppress(ValueError):  # stop() may have forgotten it already
                self._clients.remove(client)

    def _serve_udp(self, listener: socket.socket) -> None:
        clients: dict[tuple[str, int], Client] = {}
        while not self._stopping.is_set():
            payload, peer = listener.recvfrom(_LONGEST_REQUEST)
            if peer not in clients:
                clients[peer] = self._new_client(UdpWay(listener, peer))
            if payload and not clients[peer].handle(payload):
                self._clients.remove(clients.pop(peer))


def _read_message(connection: socket.socket) -> bytes:
    head = _read_exactly(connection, 8)
    length = int.from_bytes(head[4:], "little")
    if int.from_bytes(head[:4], "little") != MAGIC or length > _LONGEST_REQUEST:
        raise ConnectionError("no message of the protocol")
    return _read_exactly(connection, length)


def _read_exactly(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise ConnectionError("end of stream")
        data += part
    return data

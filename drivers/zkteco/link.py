"""One connection to one terminal, through pyzk, with its faults turned into named ones.

pyzk 0.9 knows the handshakes of real terminals but takes an end of stream for an empty read and
asks again for ever, keeps the sizes of before when it cannot read an answer, and offers no way to
close a broken connection or to send a command it has no method for. This is the one place that
reaches into it for those.
"""

import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Self

from zk import ZK
from zk.exception import ZKErrorConnection, ZKErrorResponse, ZKNetworkError

from drivers.zkteco.errors import (
    CommandRefusedError,
    ConnectionLostError,
    GarbledReplyError,
    NoReplyError,
    TerminalError,
    TerminalUnreachableError,
    WrongCommKeyError,
)
from drivers.zkteco.records import Sizes
from drivers.zkteco.terminal import Terminal, Wire

# What taking apart a reply that is none makes pyzk raise.
_MISREADINGS = (struct.error, ValueError, TypeError, IndexError, AttributeError, UnboundLocalError)
_SIZES_UNREAD = -1
_LARGEST_DATAGRAM = 65_535
_HEADER_BYTES = 8
_KEEP_ALIVE = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}  # seconds, seconds, tries


class EndOfStreamError(ConnectionResetError):
    """The terminal closed the connection."""


class _HonestSocket:
    """The socket that pyzk reads, with an end of stream that cannot be taken for an empty read."""

    def __init__(self, inner: socket.socket) -> None:
        self.inner = inner
        self.send = inner.send
        self.sendto = inner.sendto
        self.settimeout = inner.settimeout
        self.close = inner.close

    def recv(self, size: int) -> bytes:
        data = self.inner.recv(size)
        if not data:
            raise EndOfStreamError("end of stream")
        return data


class Link:
    """An open connection, as a context. Use it for one operation: a late reply dies with it.

    Every method raises a TerminalError when the terminal does not do its part.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._zk = ZK(
            terminal.host,
            port=terminal.port,
            timeout=terminal.reply_timeout.total_seconds(),
            password=terminal.comm_key,
            force_udp=terminal.wire is Wire.UDP,
            ommit_ping=True,  # its ping runs a shell with the address
            encoding=terminal.encoding,
        )
        self._private("sock").close()  # one that it makes too early and then forgets

    def __enter__(self) -> Self:
        try:
            self._connect()
        except BaseException:
            self._private("sock").close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            # What was asked is done by now; a terminal that does not say good-bye changes nothing.
            with suppress(TerminalError):
                self._ask(self._zk.disconnect)
        self._private("sock").close()

    def command(self, code: int, data: bytes = b"", *, answer_bytes: int = 0) -> bytes:
        """Send a command and return the data of the terminal's yes, at most `answer_bytes`.

        What follows on the wire stays there: an event may be right behind.
        """
        answer = self._ask(self._private("send_command"), code, data, _HEADER_BYTES + answer_bytes)
        if not answer["status"]:
            raise CommandRefusedError(f"command {code} was answered {answer['code']}")
        return bytes(self._private("data"))

    def read_buffer(self, command: int, kind: int = 0) -> bytes:
        """What the terminal prepares for `command`, in as many pieces as it takes."""
        data, _ = self._ask(self._zk.read_with_buffer, command, kind)
        return bytes(data)

    def sizes(self) -> Sizes:
        """How full the terminal says it is."""
        zk = self._zk
        zk.records = _SIZES_UNREAD
        self._ask(zk.read_sizes)
        if zk.records == _SIZES_UNREAD:
            raise GarbledReplyError("the terminal's sizes could not be read")
        return Sizes(
            users=zk.users,
            fingers=zk.fingers,
            records=zk.records,
            user_capacity=zk.users_cap,
            finger_capacity=zk.fingers_cap,
            record_capacity=zk.rec_cap,
        )

    def option(self, read: str) -> str | None:
        """What pyzk's method `read` tells of the terminal; None where this model has no answer."""
        try:
            return str(self._ask(getattr(self._zk, read)))
        except CommandRefusedError:
            return None

    def receive(self, wait: timedelta) -> bytes | None:
        """What the terminal sends next without being asked; None when `wait` passes in silence."""
        sock = self._private("sock")
        sock.settimeout(wait.total_seconds())
        try:
            data: bytes = sock.recv(_LARGEST_DATAGRAM)
        except TimeoutError:
            return None
        except OSError as error:
            raise _named(error) from error
        return data

    def acknowledge(self) -> None:
        """Tell the terminal that an event arrived; it holds back the next ones until then."""
        self._ask(self._private("ack_ok"))

    def _connect(self) -> None:
        try:
            self._ask(self._zk.connect)
        except CommandRefusedError as error:
            raise WrongCommKeyError(str(error)) from error
        except (NoReplyError, ConnectionLostError) as error:
            raise TerminalUnreachableError(f"{self.terminal.host}: {error}") from error
        inner = self._private("sock")
        if self.terminal.wire is Wire.TCP:
            _keep_alive(inner)
        setattr(self._zk, _mangled("sock"), _HonestSocket(inner))
        # Another program may have locked the terminal and died; staff would stand before it.
        self._ask(self._zk.enable_device)

    def _ask(self, question: Callable[..., Any], *arguments: object) -> Any:
        try:
            return question(*arguments)
        except ZKNetworkError as error:
            raise _named(error.__context__ or error) from error
        except (ZKErrorResponse, ZKErrorConnection) as error:
            raise CommandRefusedError(str(error)) from error
        except (OSError, *_MISREADINGS) as error:
            raise _named(error) from error

    def _private(self, name: str) -> Any:
        return getattr(self._zk, _mangled(name))


def _mangled(name: str) -> str:
    return f"_ZK__{name}"


def _named(cause: BaseException) -> TerminalError:
    if isinstance(cause, TimeoutError):
        return NoReplyError("no reply in time")
    if isinstance(cause, OSError):
        return ConnectionLostError(str(cause))
    return GarbledReplyError(f"{type(cause).__name__}: {cause}")


def _keep_alive(sock: socket.socket) -> None:
    """Have the kernel notice a terminal that was switched off while nothing is being said."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEP_ALIVE.items():
        if hasattr(socket, name):  # not on every system
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

"""Byte transports to devices: one URL opens TCP, a USB printer or anything pyserial knows."""

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

import serial

from drivers.usb import UsbLink

DEFAULT_BAUD = "9600"
FLOW_CONTROLS = ("rtscts", "xonxoff", "dsrdtr")

# What pyserial and the sockets were seen to raise when a device goes away or a setting is wrong.
PORT_ERRORS = (OSError, ValueError, TypeError)


class TransportError(OSError):
    """The device cannot be reached or the link broke; close the transport and open a new one."""


class Transport(Protocol):
    """An open link to one device. Only the thread that owns it may call it."""

    def read(self, max_bytes: int) -> bytes:
        """Return what has arrived, at most `max_bytes`; b'' when the timeout passed in silence.

        Raises TransportError when the link is gone.
        """

    def write(self, data: bytes) -> None:
        """Hand over all of `data` within the timeout.

        Raises TransportError otherwise: an unknown part of `data` may then have been sent.
        """

    def close(self) -> None:
        """Let go of the link; calling it twice is harmless."""


def open_transport(url: str, *, timeout: float) -> Transport:
    """Open the link that `url` names; `timeout` (seconds) bounds opening, each read and each write.

    Takes `tcp://host:port` (`socket://` means the same), `usb://vendor:product[/serial]` for a
    USB printer on Linux, and what pyserial takes: `/dev/serial/by-id/…`, `COM3`,
    `rfc2217://host:port`. A serial URL may end in `?baud=9600&flow=rtscts|xonxoff|dsrdtr`.
    Raises TransportError when it cannot be opened.
    """
    try:
        return _Guarded(_KINDS.get(url.partition("://")[0], SerialLink)(url, timeout))
    except PORT_ERRORS as error:
        raise TransportError(f"cannot open {url}: {error}") from error


class _Guarded:
    """A link whose many ways to fail are all TransportErrors."""

    def __init__(self, link: Transport) -> None:
        self._link = link

    def read(self, max_bytes: int) -> bytes:
        try:
            return self._link.read(max_bytes)
        except PORT_ERRORS as error:
            raise TransportError(f"link lost while reading: {error}") from error

    def write(self, data: bytes) -> None:
        try:
            self._link.write(data)
        except PORT_ERRORS as error:
            raise TransportError(f"link lost while writing: {error}") from error

    def close(self) -> None:
        with suppress(*PORT_ERRORS):
            self._link.close()


class TcpLink:
    """A plain TCP link, as network printers and serial-to-Ethernet boxes speak."""

    def __init__(self, url: str, timeout: float) -> None:
        parts = urlsplit(url)
        if not parts.hostname or not parts.port:
            raise ValueError("give host and port, as in tcp://192.168.1.50:9100")
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, max_bytes: int) -> bytes:
        """What has arrived. Raises OSError when the device closed the link."""
        try:
            data = self._socket.recv(max_bytes)
        except TimeoutError:
            return b""
        if not data:
            raise OSError("closed by the device")
        return data

    def write(self, data: bytes) -> None:
        """Hand over all of `data` to the network."""
        self._socket.sendall(data)

    def close(self) -> None:
        """End the stream in order."""
        # Unread bytes at close() make the kernel reset the connection, and a reset may
        # throw away data that the device has not taken yet: end the stream, then drain.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.setblocking(False)
            while self._socket.recv(4096):
                pass
        self._socket.close()


class SerialLink:
    """A port of pyserial; real ports are locked against a second opener."""

    def __init__(self, url: str, timeout: float) -> None:
        flow = _options(url).get("flow")
        if flow is not None and flow not in FLOW_CONTROLS:
            raise ValueError(f"flow control {flow!r} is not one of {', '.join(FLOW_CONTROLS)}")
        scheme = url.partition("://")[0] if "://" in url else ""
        self._port = serial.serial_for_url(
            _without_own_options(url),
            baudrate=baud_of(url),
            timeout=timeout,
            # pyserial's RFC 2217 client refuses a write timeout; it has its own network timeout.
            write_timeout=None if scheme == "rfc2217" else timeout,
            exclusive=None if scheme else True,
            rtscts=flow == "rtscts",
            xonxoff=flow == "xonxoff",
            dsrdtr=flow == "dsrdtr",
        )

    def read(self, max_bytes: int) -> bytes:
        """What has arrived."""
        first = self._port.read(1)
        more = min(self._port.in_waiting, max_bytes - 1) if first else 0
        return first + (self._port.read(more) if more else b"")

    def write(self, data: bytes) -> None:
        """Hand over all of `data` to the port."""
        self._port.write(data)

    def close(self) -> None:
        """Release the port and its lock."""
        self._port.close()


def baud_of(url: str) -> int:
    """The bits per second that a serial URL asks for; 9600 where it does not say.

    Raises ValueError when it is no number.
    """
    return int(_options(url).get("baud", DEFAULT_BAUD))


def at_baud(url: str, baud: int) -> str:
    """The same URL at this speed, unless it names one or leads to no serial line of ours."""
    if url.partition("://")[0] in _KINDS or "baud" in _options(url):
        return url
    return f"{url}{'&' if '?' in url else '?'}baud={baud}"


def _options(url: str) -> dict[str, str]:
    return dict(parse_qsl(url.partition("?")[2], keep_blank_values=True))


def _without_own_options(url: str) -> str:
    """What pyserial is to open: the URL with the options that only pyserial knows."""
    others = {key: value for key, value in _options(url).items() if key not in ("baud", "flow")}
    return url.partition("?")[0] + (f"?{urlencode(others)}" if others else "")


_KINDS: dict[str, Callable[[str, float], Transport]] = {
    "tcp": TcpLink,
    "socket": TcpLink,
    "usb": UsbLink,
}

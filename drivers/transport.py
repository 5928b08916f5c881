"""Byte transports to devices: one URL opens TCP or anything pyserial knows."""

import socket
from contextlib import suppress
from typing import Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

import serial

TCP_SCHEMES = ("tcp", "socket")
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

    Takes `tcp://host:port` (`socket://` means the same) and what pyserial takes:
    `/dev/serial/by-id/…`, `COM3`, `rfc2217://host:port`. A serial URL may end in
    `?baud=9600&flow=rtscts|xonxoff|dsrdtr`. Raises TransportError when it cannot be opened.
    """
    try:
        if urlsplit(url).scheme in TCP_SCHEMES:
            return TcpTransport(url, timeout)
        return SerialTransport(url, timeout)
    except PORT_ERRORS as error:
        raise TransportError(f"cannot open {url}: {error}") from error


class TcpTransport:
    """A plain TCP link, as network printers and serial-to-Ethernet boxes speak."""

    def __init__(self, url: str, timeout: float) -> None:
        parts = urlsplit(url)
        if not parts.hostname or not parts.port:
            raise ValueError("give host and port, as in tcp://192.168.1.50:9100")
        self._socket = socket.create_connection((parts.hostname, parts.port), timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, max_bytes: int) -> bytes:
        try:
            data = self._socket.recv(max_bytes)
        except TimeoutError:
            return b""
        except OSError as error:
            raise TransportError(f"link lost while reading: {error}") from error
        if not data:
            raise TransportError("link closed by the device")
        return data

    def write(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise TransportError(f"link lost while writing: {error}") from error

    def close(self) -> None:
        # Unread bytes at close() make the kernel reset the connection, and a reset may
        # throw away data that the device has not taken yet: end the stream, then drain.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.setblocking(False)
            while self._socket.recv(4096):
                pass
        self._socket.close()


class SerialTransport:
    """A port of pyserial; real ports are locked against a second opener."""

    def __init__(self, url: str, timeout: float) -> None:
        address, baud, flow = _split_serial_url(url)
        scheme = urlsplit(address).scheme if "://" in address else ""
        self._port = serial.serial_for_url(
            address,
            baudrate=baud,
            timeout=timeout,
            # pyserial's RFC 2217 client refuses a write timeout; it has its own network timeout.
            write_timeout=None if scheme == "rfc2217" else timeout,
            exclusive=None if scheme else True,
            rtscts=flow == "rtscts",
            xonxoff=flow == "xonxoff",
            dsrdtr=flow == "dsrdtr",
        )

    def read(self, max_bytes: int) -> bytes:
        try:
            first = self._port.read(1)
            more = min(self._port.in_waiting, max_bytes - 1) if first else 0
            return first + (self._port.read(more) if more else b"")
        except PORT_ERRORS as error:
            raise TransportError(f"port lost while reading: {error}") from error

    def write(self, data: bytes) -> None:
        try:
            sent = self._port.write(data)
        except PORT_ERRORS as error:
            raise TransportError(f"port lost while writing: {error}") from error
        if sent != len(data):
            raise TransportError(f"port took {sent} of {len(data)} bytes")

    def close(self) -> None:
        with suppress(*PORT_ERRORS):
            self._port.close()


def _split_serial_url(url: str) -> tuple[str, int, str | None]:
    """Take our own options off a serial URL: (what pyserial opens, baud, flow control)."""
    address, _, query = url.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    baud = int(options.pop("baud", "9600"))
    flow = options.pop("flow", None)
    if flow is not None and flow not in FLOW_CONTROLS:
        raise ValueError(f"flow control {flow!r} is not one of {', '.join(FLOW_CONTROLS)}")
    return address + (f"?{urlencode(options)}" if options else ""), baud, flow

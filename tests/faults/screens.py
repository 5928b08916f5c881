"""A hall screen's socket without a browser: Socket.IO over one plain WebSocket connection."""

import base64
import os
import socket
import struct
from collections.abc import Iterator

from tests.services.ports import LOOPBACK

READ_BYTES = 64 * 1024
PATIENCE_SECONDS = 20.0
HEAD_END = b"\r\n\r\n"
TEXT = b"\x81"  # RFC 6455 5.2: one final frame of text
MASKED = 0x80
TWO_BYTES, EIGHT_BYTES = 126, 127
PING, PONG, CONNECT, EVENT = "2", "3", "40", "42"


class Screen:
    """A paired screen that hears notices. May be waited for with `selectors`.

    `buffer` is how many bytes the system keeps of what has not been read.
    """

    def __init__(self, port: int, token: str, *, buffer: int = READ_BYTES) -> None:
        self._link = socket.socket()
        self._link.settimeout(PATIENCE_SECONDS)
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self._link.connect((LOOPBACK, port))
        self._received = b""
        self._shake_hands(port, token)
        self._say(CONNECT)
        while not any(packet.startswith(CONNECT) for packet in self._packets()):
            pass

    def fileno(self) -> int:
        """The socket's descriptor."""
        return self._link.fileno()

    def events(self) -> list[str]:
        """Wait until something comes; the events in it as JSON, `["name", data]`, not yet read.

        Pings are answered.
        """
        found = []
        for packet in self._packets():
            if packet == PING:
                self._say(PONG)
            elif packet.startswith(EVENT):
                found.append(packet.removeprefix(EVENT))
        return found

    def close(self) -> None:
        """Pull the plug."""
        self._link.close()

    def _shake_hands(self, port: int, token: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            f"Host: {LOOPBACK}:{port}\r\n"
            f"Cookie: hk_display={token}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}{HEAD_END.decode()}"
        )
        self._link.sendall(request.encode())
        while HEAD_END not in self._received:
            self._read()
        head, _, self._received = self._received.partition(HEAD_END)
        assert head.startswith(b"HTTP/1.1 101"), head

    def _say(self, packet: str) -> None:
        """Send a short packet; the mask that a client must use is nothing but zeros."""
        payload = packet.encode()
        self._link.sendall(TEXT + bytes([MASKED | len(payload)]) + bytes(4) + payload)

    def _packets(self) -> Iterator[str]:
        """Wait until bytes come; the whole packets that are there then."""
        self._read()
        while (frame := _first_frame(self._received)) is not None:
            payload, size = frame
            self._received = self._received[size:]
            yield payload.decode()

    def _read(self) -> None:
        data = self._link.recv(READ_BYTES)
        if not data:
            raise ConnectionResetError("the server closed the socket")
        self._received += data


def _first_frame(data: bytes) -> tuple[bytes, int] | None:
    """The payload and the whole size of the first frame; None while it is not all there."""
    if len(data) < 2:
        return None
    length, at = data[1], 2
    if length in {TWO_BYTES, EIGHT_BYTES}:
        extended = "!H" if length == TWO_BYTES else "!Q"
        at += struct.calcsize(extended)
        if len(data) < at:
            return None
        [length] = struct.unpack(extended, data[2:at])
    return (data[at : at + length], at + length) if len(data) >= at + length else None

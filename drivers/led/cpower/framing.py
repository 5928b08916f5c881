"""The two ways C-Power packets travel: escaped on a serial line, behind a head on TCP.

The order of the two length bytes on TCP is not documented by the maker, so it is a setting.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from drivers.led.cpower.codec import Reply, parse
from drivers.led.envelope import Envelope, Unwrapper

ENVELOPE = Envelope(
    start=0xA5, end=0xAE, escapes={0xA5: b"\xaa\x05", 0xAA: b"\xaa\x0a", 0xAE: b"\xaa\x0e"}
)
REPLY_LIMIT = 256
"""Longest reply packet in bytes that is believed over TCP."""

_ANY_NETWORK_ID = b"\xff\xff\xff\xff"
_NETWORK_HEAD = 8  # id code 4, length 2, reserved 2
_PACKET_START = re.compile(rb"\0\0[\xe8\x68]\x32")  # the reserved bytes, then a reply


class ByteOrder(StrEnum):
    """Order of the length in the TCP framing."""

    LITTLE = "little"
    BIG = "big"


class ReplyDecoder(Protocol):
    """Finds replies in whatever arrives; `rejected` counts what looked like one and was not."""

    @property
    def rejected(self) -> int:
        """Damaged packets so far."""

    def feed(self, data: bytes) -> list[Reply]:
        """Take bytes as they arrive; return the replies they complete."""


class Framing(Protocol):
    """How packets travel."""

    def wrap(self, inside: bytes) -> bytes:
        """The bytes to send for one packet."""

    def decoder(self) -> ReplyDecoder:
        """A new decoder for the other direction."""


class SerialFraming:
    """On a serial line: between A5 and AE, escaped."""

    def wrap(self, inside: bytes) -> bytes:
        """The bytes to send for one packet."""
        return ENVELOPE.wrap(inside)

    def decoder(self) -> ReplyDecoder:
        """A new decoder for the other direction."""
        return SerialDecoder()


@dataclass(frozen=True, slots=True)
class TcpFraming:
    """On TCP: network id, length, two zero bytes, then the packet as it is."""

    byte_order: ByteOrder = ByteOrder.LITTLE

    def wrap(self, inside: bytes) -> bytes:
        """The bytes to send for one packet."""
        length = len(inside).to_bytes(2, self.byte_order.value)
        return _ANY_NETWORK_ID + length + b"\0\0" + inside

    def decoder(self) -> ReplyDecoder:
        """A new decoder for the other direction."""
        return TcpDecoder(self.byte_order)


class SerialDecoder:
    """Finds replies between A5 and AE."""

    def __init__(self) -> None:
        self._unwrapper = Unwrapper(ENVELOPE)
        self._rejected = 0

    @property
    def rejected(self) -> int:
        """Damaged packets so far."""
        return self._rejected + self._unwrapper.rejected

    def feed(self, data: bytes) -> list[Reply]:
        """Take bytes as they arrive; return the replies they complete."""
        replies = [parse(inside) for inside in self._unwrapper.feed(data)]
        self._rejected += replies.count(None)
        return [reply for reply in replies if reply is not None]


class TcpDecoder:
    """Finds replies behind their network heads.

    A whole packet with a good sum is believed wherever it starts, so a damaged length in front
    of it cannot hold it back.
    """

    def __init__(self, byte_order: ByteOrder = ByteOrder.LITTLE) -> None:
        self._byte_order = byte_order
        self._pending = bytearray()
        self.rejected = 0

    def feed(self, data: bytes) -> list[Reply]:
        """Take bytes as they arrive; return the replies they complete."""
        replies: list[Reply] = []
        for start in range(0, len(data), REPLY_LIMIT):
            self._pending += data[start : start + REPLY_LIMIT]
            replies += self._take()
            del self._pending[: -(REPLY_LIMIT + _NETWORK_HEAD)]
        return replies

    def _take(self) -> list[Reply]:
        replies: list[Reply] = []
        done = 0
        for match in _PACKET_START.finditer(self._pending):
            start = match.start() + 2
            length = int.from_bytes(self._pending[start - 4 : start - 2], self._byte_order.value)
            packet = bytes(self._pending[start : start + length])
            if start - _NETWORK_HEAD < done or len(packet) < length or length > REPLY_LIMIT:
                continue
            reply = parse(packet)
            if reply is None:
                self.rejected += 1
                done = start
            else:
                replies.append(reply)
                done = start + length
        del self._pending[:done]
        return replies

"""Requests to a font card and its replies, as bytes. Text is bytes in the card's own notation.

Layout and constants: document 'potocol' v1.4, chapters on the packet format and the dynamic area.
"""

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct, error
from typing import ClassVar

from drivers.led.envelope import Envelope, Unwrapper

ANY_CARD = 0xFFFE
"""Destination that every card on the line takes for its own."""

ENVELOPE = Envelope(
    start=0xA5,
    end=0x5A,
    escapes={0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"},
    start_count=8,
)
FAULTS = {
    1: "unknown command group",
    2: "unknown command",
    3: "busy",
    4: "out of memory",
    5: "wrong checksum",
    0x0C: "font missing",
}

# dst2, src2, reserved 3 + 1, check mode, display mode, device type, version, data length 2
_HEADER = Struct("<HH4xBBBBH")
_CHECKSUM = Struct("<H")
_REPLY = Struct("<BBB2x")
# type, X2, Y2, W2, H2, number, line space, run mode, timeout2, voice, extensions, align,
# single line, wrap, effect, exit, speed, stay, text length 4
_AREA = Struct("<BHHHHBBBHBBBBBBBBBI")
_AREA_LENGTH = Struct("<H")
_HOST = 0x8000
_CHECK_BY_CRC = 0
_ANY_DEVICE = 0xFE
_VERSION = 2
_MUST_REPLY = 1
_ALL_AREAS = 0xFF
_IN_DOTS = 0x8000  # without it X and width count bytes of eight dots


class Effect(IntEnum):
    """How an area's text appears."""

    STATIC = 1
    LEFT = 3


@dataclass(frozen=True, slots=True)
class Ping:
    """Asks whether the card is there."""

    COMMAND: ClassVar = (0xA2, 0x00)

    def payload(self) -> bytes:
        """Nothing but the command."""
        return b""


@dataclass(frozen=True, slots=True)
class ReadStatus:
    """Asks for the card's state; the layout of the answer's data depends on the model."""

    COMMAND: ClassVar = (0xA1, 0x02)

    def payload(self) -> bytes:
        """Nothing but the command."""
        return b""


@dataclass(frozen=True, slots=True)
class ClearAreas:
    """Deletes what earlier updates put on the sign."""

    COMMAND: ClassVar = (0xA3, 0x10)

    def payload(self) -> bytes:
        """Nothing but the command."""
        return b""


@dataclass(frozen=True, slots=True)
class DynamicArea:
    """A rectangle in dots and its text. Kept in RAM only: no flash wear, lost at power-off.

    `speed` 0 (fastest) to 24; `stay` in half seconds; the timeout, in seconds, counts only in
    the card's run mode 2, which is not used.
    """

    number: int
    x: int
    y: int
    width: int
    height: int
    text: bytes
    single_line: bool = False
    effect: Effect = Effect.STATIC
    speed: int = 2
    stay: int = 10
    timeout: int = 10

    def encode(self) -> bytes:
        """The area with its length in front. Raises ValueError when a number does not fit."""
        try:
            head = _AREA.pack(
                0,
                self.x | _IN_DOTS,
                self.y,
                self.width | _IN_DOTS,
                self.height,
                self.number,
                0,
                0,
                self.timeout,
                0,
                0,
                0,
                1 if self.single_line else 2,
                1,
                self.effect,
                0,
                self.speed,
                self.stay,
                len(self.text),
            )
            return _AREA_LENGTH.pack(len(head) + len(self.text)) + head + self.text
        except error as problem:
            raise ValueError(f"area {self.number} does not fit the protocol: {problem}") from None


@dataclass(frozen=True, slots=True)
class UpdateAreas:
    """Shows areas; `alone` deletes all others in the same step."""

    areas: tuple[DynamicArea, ...]
    alone: bool = False
    COMMAND: ClassVar = (0xA3, 0x06)

    def payload(self) -> bytes:
        """Deletions, then areas. Raises ValueError when an area does not fit."""
        counts = bytes([_ALL_AREAS if self.alone else 0, len(self.areas)])
        return counts + b"".join(area.encode() for area in self.areas)


Request = Ping | ReadStatus | ClearAreas | UpdateAreas


@dataclass(frozen=True, slots=True)
class Reply:
    """A card's answer: `group` and `command` say to what kind of request, `data` the rest."""

    card: int
    group: int
    command: int
    error: int
    data: bytes

    @property
    def fault(self) -> str | None:
        """What the card refused the request for, or None when it was carried out."""
        return FAULTS.get(self.error, f"error {self.error:#04x}") if self.error else None


def encode(request: Request, card: int = ANY_CARD) -> bytes:
    """The bytes of a request that must be answered. Raises ValueError when it does not fit."""
    group, command = request.COMMAND
    data = bytes([group, command, _MUST_REPLY, 0, 0]) + request.payload()
    if len(data) > ENVELOPE.limit // 2:
        raise ValueError(f"a frame of {len(data)} bytes is more than a card takes")
    header = _HEADER.pack(card, _HOST, _CHECK_BY_CRC, 0, _ANY_DEVICE, _VERSION, len(data))
    return ENVELOPE.wrap(header + data + _CHECKSUM.pack(crc16(header + data)))


class Decoder:
    """Finds a card's replies in whatever arrives from the line."""

    def __init__(self) -> None:
        self._unwrapper = Unwrapper(ENVELOPE)
        self._rejected = 0

    @property
    def rejected(self) -> int:
        """Frames so far that were damaged or no reply."""
        return self._rejected + self._unwrapper.rejected

    def feed(self, data: bytes) -> list[Reply]:
        """Take bytes as they arrive; return the replies they complete."""
        replies = [_parse(inside) for inside in self._unwrapper.feed(data)]
        self._rejected += replies.count(None)
        return [reply for reply in replies if reply is not None]


def crc16(data: bytes) -> int:
    """CRC-16/ARC: polynomial 8005 reflected (A001), start 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def _parse(inside: bytes) -> Reply | None:
    body, checksum = inside[: -_CHECKSUM.size], inside[-_CHECKSUM.size :]
    if len(body) < _HEADER.size + _REPLY.size or _CHECKSUM.pack(crc16(body)) != checksum:
        return None
    _, card, check_mode, _, _, _, length = _HEADER.unpack_from(body)
    if check_mode != _CHECK_BY_CRC or length != len(body) - _HEADER.size:
        return None
    group, command, fault = _REPLY.unpack_from(body, _HEADER.size)
    return Reply(card, group, command, fault, body[_HEADER.size + _REPLY.size :])

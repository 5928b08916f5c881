"""Requests to a C-Power card and its replies, as packets without their framing.

Layout: the maker's 'C-Power multi-window control communication protocol' V1.9.
"""

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct, error
from typing import ClassVar

ANY_CARD = 0xFF
FAULTS = {1: "wrong checksum", 2: "packet out of sequence"}
_REQUEST = 0x68
_REPLIES = (0xE8, 0x68)
_CARD_TYPE = 0x32
_MUST_REPLY = 1
_WINDOWS = 0x7B
_POWER = 0x76
_HEAD = 4  # packet type, card type, card, protocol code
_SUM = Struct("<H")
_PART = Struct("<BHBB")  # confirmation, length, packet number, last packet number
_PURE_TEXT = Struct(">BBBBBHBBBB")
_WINDOW = Struct(">HHHH")


class Effect(IntEnum):
    """How a window's text appears."""

    DRAW = 0
    RUN_LEFT = 14


class FontSize(IntEnum):
    """The card's built-in fonts by height in dots."""

    DOTS_8 = 0
    DOTS_12 = 1
    DOTS_16 = 2
    DOTS_24 = 3


@dataclass(frozen=True, slots=True)
class QueryPower:
    """Asks whether the sign is switched on; any card answers, so it serves to find one."""

    PROTOCOL: ClassVar = _POWER

    def data(self) -> bytes:
        """The bytes after the protocol code."""
        return bytes([_MUST_REPLY, 1])


@dataclass(frozen=True, slots=True)
class PowerOff:
    """Switches the sign off."""

    PROTOCOL: ClassVar = _POWER

    def data(self) -> bytes:
        """The bytes after the protocol code."""
        return bytes([_MUST_REPLY]) + bytes(9)


@dataclass(frozen=True, slots=True)
class SplitWindows:
    """Divides the sign into windows of (x, y, width, height) in dots, numbered from 0."""

    windows: tuple[tuple[int, int, int, int], ...]
    PROTOCOL: ClassVar = _WINDOWS

    def data(self) -> bytes:
        """The bytes after the protocol code. Raises ValueError when a number does not fit."""
        try:
            places = b"".join(_WINDOW.pack(*window) for window in self.windows)
        except error as problem:
            raise ValueError(f"windows do not fit the protocol: {problem}") from None
        return _part(bytes([0x01, len(self.windows)]) + places)


@dataclass(frozen=True, slots=True)
class PureText:
    """Shows GB2312 `text` (lines end in CR) in a window.

    `stay` in seconds, `colour` red, green, blue 0-255; `align` as the card's own byte, 0 is
    upper left; `speed` counts from the fastest, 0.
    """

    window: int
    text: bytes
    effect: int = Effect.DRAW
    align: int = 0
    speed: int = 0
    stay: int = 3
    font: int = FontSize.DOTS_16
    colour: tuple[int, int, int] = (255, 0, 0)
    PROTOCOL: ClassVar = _WINDOWS

    def data(self) -> bytes:
        """The bytes after the protocol code. Raises ValueError when a number does not fit."""
        try:
            head = _PURE_TEXT.pack(
                0x12,
                self.window,
                self.effect,
                self.align,
                self.speed,
                self.stay,
                self.font,
                *self.colour,
            )
        except error as problem:
            raise ValueError(f"text does not fit the protocol: {problem}") from None
        return _part(head + self.text + b"\0")


Request = QueryPower | PowerOff | SplitWindows | PureText


@dataclass(frozen=True, slots=True)
class Reply:
    """A card's answer; `data` is all between the protocol code and the sum."""

    card: int
    protocol: int
    data: bytes

    @property
    def fault(self) -> str | None:
        """What the card refused the request for, or None when it was carried out."""
        if self.protocol != _WINDOWS or self.data[:1] in (b"", b"\0"):
            return None
        return FAULTS.get(self.data[0], f"error {self.data[0]:#04x}")


def packet(request: Request, card: int = ANY_CARD) -> bytes:
    """A request without framing: type … sum. Raises ValueError when it does not fit."""
    inside = bytes([_REQUEST, _CARD_TYPE, card, request.PROTOCOL]) + request.data()
    return inside + _SUM.pack(sum(inside) & 0xFFFF)


def _part(command: bytes) -> bytes:
    """A window command as the only packet of its kind."""
    return _PART.pack(_MUST_REPLY, len(command), 0, 0) + command


def parse(inside: bytes) -> Reply | None:
    """Read a packet, type … sum; None when it is damaged or no reply."""
    body, total = inside[: -_SUM.size], inside[-_SUM.size :]
    if len(body) < _HEAD or _SUM.pack(sum(body) & 0xFFFF) != total:
        return None
    if body[0] not in _REPLIES or body[1] != _CARD_TYPE:
        return None
    return Reply(body[2], body[3], body[_HEAD:])

"""Frames on the panels' bus: `FF 68 L L 68 address command data sum 16`, 9600 8N1.

L counts address to data; the sum is over the same bytes. Source: the maker's 21-key panel
protocol.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

MAX_LENGTH = 64
"""Largest believable L; the longest frame known has 8."""

BLANK = 0x0A
DIGITS = 3
"""Digits of the ticket, and of the waiting count."""

_PREAMBLE = 0xFF
_START = 0x68
_END = 0x16
_HEAD = 4
_TAIL = 2
_SHORTEST = 2
_FRAME_START = re.compile(rb"(?=\x68(.)\1\x68)", re.DOTALL)
_OPEN_RATING = b"\x0b"


class Command(IntEnum):
    """Commands whose meaning is known. Key frames carry some other one, never a pad's."""

    ANSWER = 0x01
    DISPLAY = 0x02
    BEEP = 0x03
    RATING = 0x11
    IDENTITY = 0x7E  # not of the maker's: by it simulated devices say what they are


@dataclass(frozen=True, slots=True)
class Frame:
    """One message to or from the device at `address`."""

    address: int
    command: int
    data: bytes = b""


def encode(frame: Frame) -> bytes:
    """The bytes of a frame. Raises ValueError when its numbers or its data do not fit."""
    inside = bytes([frame.address, frame.command]) + frame.data
    if len(inside) > MAX_LENGTH:
        raise ValueError(f"a frame of {len(inside)} bytes is longer than the bus allows")
    head = bytes([_PREAMBLE, _START, len(inside), len(inside), _START])
    return head + inside + bytes([sum(inside) & 0xFF, _END])


def beep(address: int) -> Frame:
    """A beep, for a key that cannot be obeyed."""
    return Frame(address, Command.BEEP)


def open_rating(address: int) -> Frame:
    """Ask the citizen in front of the pad to rate."""
    return Frame(address, Command.ANSWER, _OPEN_RATING)


def show_ticket(address: int, ticket: str) -> Frame:
    """The last digits of a ticket number; without digits the display goes dark."""
    return Frame(address, Command.DISPLAY, bytes([BLANK] * DIGITS) + _digits(ticket))


def show_waiting(address: int, count: int) -> Frame:
    """How many wait; 999 stands for all that is more."""
    shown = min(count, 10**DIGITS - 1)
    return Frame(address, Command.DISPLAY, _digits(str(shown)) + bytes([BLANK] * DIGITS))


def answer_to(frame: Frame) -> Frame:
    """What the host replies to a device: a pad hears its rating, a panel its own frame."""
    if frame.command == Command.RATING:
        return Frame(frame.address, Command.ANSWER, frame.data)
    return frame


class Decoder:
    """Finds frames in whatever arrives from the bus.

    A whole frame with a good sum is believed wherever it starts, so a damaged length in front
    of it cannot hold it back.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self.rejected = 0
        """Frames with a wrong sum or end so far."""

    @property
    def midway(self) -> bool:
        """Whether a frame seems to be arriving."""
        return bool(self._pending)

    def reset(self) -> None:
        """Forget half a frame: the bus has been silent since."""
        self._pending.clear()

    def feed(self, data: bytes) -> list[Frame]:
        """Take bytes as they arrive; return the frames they complete."""
        frames: list[Frame] = []
        for start in range(0, len(data), MAX_LENGTH):
            self._pending += data[start : start + MAX_LENGTH]
            frames += self._take()
        return frames

    def _take(self) -> Iterator[Frame]:
        done, waiting = 0, len(self._pending) - _HEAD + 1
        for match in _FRAME_START.finditer(bytes(self._pending)):
            start, length = match.start(), match[1][0]
            end = start + _HEAD + length + _TAIL
            if start < done or not _SHORTEST <= length <= MAX_LENGTH:
                continue
            if end > len(self._pending):
                waiting = min(waiting, start)
                continue
            inside = bytes(self._pending[start + _HEAD : end - _TAIL])
            if self._pending[end - _TAIL : end] == bytes([sum(inside) & 0xFF, _END]):
                yield Frame(inside[0], inside[1], inside[2:])
                done, waiting = end, len(self._pending) - _HEAD + 1
            elif waiting > start:
                self.rejected += 1
                done = start + 1
        del self._pending[: max(done, waiting)]


def _digits(number: str) -> bytes:
    digits = [int(character) for character in number if character in "0123456789"][-DIGITS:]
    return bytes([0] * (DIGITS - len(digits)) + digits) if digits else bytes([BLANK] * DIGITS)

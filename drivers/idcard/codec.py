"""Messages to and from the SAM_V module: `AA AA AA 96 69 length command/answer data XOR`.

Lengths are big-endian and count everything after themselves; the XOR is over length to data.
Source: the module's serial interface specification (GA 467).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import reduce
from operator import xor

PREAMBLE = b"\xaa\xaa\xaa\x96\x69"
MAX_LENGTH = 4096
"""Largest believable length; a card with fingerprints answers with about 2,300 bytes."""

_LENGTH_BYTES = 2
_STATUS_BYTES = 3
_SHORTEST = _STATUS_BYTES + 1
_START = re.compile(re.escape(PREAMBLE))


class Command(Enum):
    """What the host asks: command and parameter."""

    RESET = b"\x10\xff"
    STATUS = b"\x11\xff"
    SAM_ID = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ = b"\x30\x01"


class Status(IntEnum):
    """The last byte of an answer's status; the first two are 00."""

    OK = 0x90
    FOUND = 0x9F
    CHECKSUM = 0x10
    LENGTH = 0x11
    COMMAND = 0x21
    CARD_AUTH = 0x31
    SAM_AUTH = 0x32
    WRONG_CARD = 0x40
    READ_FAILED = 0x41
    SELF_TEST = 0x60
    UNAUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the module. Its data may be a person's: it is not shown."""

    status: int
    data: bytes = b""

    def __repr__(self) -> str:
        return f"Answer(status={self.status:#04x}, {len(self.data)} bytes)"


def encode(command: Command) -> bytes:
    """The bytes of a request."""
    length = len(command.value) + 1
    inside = length.to_bytes(_LENGTH_BYTES, "big") + command.value
    return PREAMBLE + inside + bytes([_sum(inside)])


class Decoder:
    """Finds answers in whatever arrives.

    A whole answer with a good sum is believed wherever it starts, so a damaged length in front
    of it cannot hold it back.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self.rejected = 0
        """Answers with a wrong sum so far."""

    def reset(self) -> None:
        """Forget half an answer; what was there may be a person's."""
        self._pending.clear()

    def feed(self, data: bytes) -> list[Answer]:
        """Take bytes as they arrive; return the answers they complete."""
        answers: list[Answer] = []
        for start in range(0, len(data), MAX_LENGTH):
            self._pending += data[start : start + MAX_LENGTH]
            answers += self._take()
        return answers

    def _take(self) -> Iterator[Answer]:
        done, waiting = 0, max(0, len(self._pending) - len(PREAMBLE) + 1)
        for match in _START.finditer(bytes(self._pending)):
            start = match.start()
            end = self._end_of(start)
            if start < done or end is None:
                continue
            if end > len(self._pending):
                waiting = min(waiting, start)
                continue
            answer = self._answer(start, end)
            if answer is not None:
                yield answer
                done, waiting = end, max(end, len(self._pending) - len(PREAMBLE) + 1)
            elif waiting > start:
                self.rejected += 1
        del self._pending[: max(done, waiting)]

    def _end_of(self, start: int) -> int | None:
        """Where the answer that begins at `start` ends; None when it cannot be one."""
        at = start + len(PREAMBLE)
        length = int.from_bytes(self._pending[at : at + _LENGTH_BYTES], "big")
        if len(self._pending) < at + _LENGTH_BYTES:
            return len(self._pending) + 1
        return at + _LENGTH_BYTES + length if _SHORTEST <= length <= MAX_LENGTH else None

    def _answer(self, start: int, end: int) -> Answer | None:
        inside = bytes(self._pending[start + len(PREAMBLE) : end])
        if _sum(inside) != 0:  # the sum cancels itself
            return None
        status = inside[_LENGTH_BYTES : _LENGTH_BYTES + _STATUS_BYTES]
        return Answer(status[-1], inside[_LENGTH_BYTES + _STATUS_BYTES : -1])


def _sum(inside: bytes) -> int:
    return reduce(xor, inside, 0)

"""A printer's side of ESC/POS: bytes into the text and commands they hold.

Written on its own, not from the composing side, so that each checks the other.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 1 << 20  # bytes of arguments; a command that claims more is not believed
LONGEST_LIST = 255  # bytes before the NUL that ends a list

_TEXT = re.compile(rb"[\x20-\xff]+")
_LEADS = b"\x10\x1b\x1c\x1d"  # DLE ESC FS GS

_FUNCTION_B_CUTS = (65, 66, 97, 98, 103, 104)  # GS V m n
_LAST_NUL_BARCODE = 6  # GS k m: up to here the data ends with NUL, above it has a length
_COLUMNS_OF_3_BYTES = (32, 33)  # ESC * m: 24 dots high


@dataclass(frozen=True, slots=True)
class Text:
    """A run of character bytes in whatever encoding the printer is set to."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its one or two leading bytes and its arguments."""

    code: bytes
    args: bytes = b""


Token = Text | Command


def _word(args: bytes, at: int) -> int | None:
    return int.from_bytes(args[at : at + 2], "little") if len(args) >= at + 2 else None


def _with_length(args: bytes) -> int | None:
    """GS ( x, FS ( x, ESC ( x: letter pL pH data."""
    count = _word(args, 1)
    return None if count is None else 3 + count


def _with_long_length(args: bytes) -> int | None:
    """GS 8 L: letter p1 p2 p3 p4 data."""
    return 5 + int.from_bytes(args[1:5], "little") if len(args) >= 5 else None  # noqa: PLR2004


def _raster(args: bytes) -> int | None:
    """GS v 0: '0' m xL xH yL yH data."""
    across, down = _word(args, 2), _word(args, 4)
    return None if across is None or down is None else 6 + across * down


def _columns(args: bytes) -> int | None:
    """ESC * m nL nH data."""
    count = _word(args, 1)
    return None if count is None else 3 + count * (3 if args[0] in _COLUMNS_OF_3_BYTES else 1)


def _cut(args: bytes) -> int | None:
    return None if not args else 2 if args[0] in _FUNCTION_B_CUTS else 1


def _until_nul(args: bytes) -> int | None:
    end = args.find(0, 0, LONGEST_LIST)
    return end + 1 if end >= 0 else LONGEST_LIST if len(args) >= LONGEST_LIST else None


def _barcode(args: bytes) -> int | None:
    if not args:
        return None
    if args[0] > _LAST_NUL_BARCODE:
        return 2 + args[1] if len(args) > 1 else None
    data = _until_nul(args[1:])
    return None if data is None else 1 + data


_VARIABLE: dict[bytes, Callable[[bytes], int | None]] = {
    b"\x1d(": _with_length,
    b"\x1c(": _with_length,
    b"\x1b(": _with_length,
    b"\x1d8": _with_long_length,
    b"\x1dv": _raster,
    b"\x1b*": _columns,
    b"\x1dV": _cut,
    b"\x1bD": _until_nul,
    b"\x1dk": _barcode,
}

_FIXED: dict[bytes, int] = {
    lead + bytes([letter]): count
    for lead, count, letters in (
        (b"\x10", 1, b"\x04\x05"),
        (b"\x10", 3, b"\x14"),
        (b"\x1b", 0, b"@2<FLSim\x0c"),
        (b"\x1b", 1, b"! -3=EGJKMRTUVadert{\x20%?"),
        (b"\x1b", 2, b"$\\Bc"),
        (b"\x1b", 3, b"p"),
        (b"\x1b", 8, b"W"),
        (b"\x1c", 0, b"&."),
        (b"\x1c", 1, b"!-CW"),
        (b"\x1c", 2, b"Sp"),
        (b"\x1d", 0, b":"),
        (b"\x1d", 1, b"!/BEHITabfhrw"),
        (b"\x1d", 2, b"$LPW\\"),
        (b"\x1d", 3, b"^"),
    )
    for letter in letters
}


class Parser:
    """Splits a printer's input, in whatever pieces it comes. Unknown commands have no arguments.

    Never raises; holds at most one unfinished command, LONGEST bytes.
    """

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Token]:
        """Take bytes in; return the text and commands completed by them."""
        self._buffer += data
        tokens: list[Token] = []
        at = 0
        while at < len(self._buffer):
            token, size = self._token(at)
            if token is None:
                break
            tokens.append(token)
            at += size
        self._buffer = self._buffer[at:]
        return tokens

    def _token(self, at: int) -> tuple[Token | None, int]:
        text = _TEXT.match(self._buffer, at)
        if text:
            return Text(text.group()), len(text.group())
        if self._buffer[at] not in _LEADS:
            return Command(self._buffer[at : at + 1]), 1
        code = self._buffer[at : at + 2]
        if len(code) < len(b"\x1b@"):
            return None, 0
        count = self._argument_count(code, at + 2)
        if count is not None and count > LONGEST:
            return Command(code[:1]), 1
        if count is None or len(self._buffer) < at + 2 + count:
            return None, 0
        return Command(code, self._buffer[at + 2 : at + 2 + count]), 2 + count

    def _argument_count(self, code: bytes, at: int) -> int | None:
        measure = _VARIABLE.get(code)
        if measure is None:
            return _FIXED.get(code, 0)
        # Lengths stand in the first bytes; only lists have to be looked through.
        return measure(self._buffer[at : at + LONGEST_LIST + 1])

"""Frames of digit strips, which differ from maker to maker: a template in words describes one.

`{addr} {hi} {lo} {sum8}` and `3A {addr} {lo} {hi} 01 {sum8} 0A` are two that are sold widely.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import xor

MAX_NUMBER = 9999

CHECKSUMS: Mapping[str, Callable[[bytes], int]] = {
    "sum8": lambda data: sum(data) & 0xFF,
    "neg8": lambda data: -sum(data) & 0xFF,
    "xor8": lambda data: reduce(xor, data, 0),
}
FIELDS: Mapping[str, Callable[[int, int], bytes]] = {
    "addr": lambda address, _: bytes([address]),
    "hi": lambda _, number: bytes([number >> 8]),
    "lo": lambda _, number: bytes([number & 0xFF]),
    "bcdhi": lambda _, number: bytes.fromhex(f"{number:04}"[:2]),
    "bcdlo": lambda _, number: bytes.fromhex(f"{number:04}"[2:]),
    "ascii3": lambda _, number: f"{number:03}".encode(),
    "ascii4": lambda _, number: f"{number:04}".encode(),
}


@dataclass(frozen=True, slots=True)
class StripTemplate:
    """A frame as words: hexadecimal bytes, `{fields}` and `{checksums}` over all before them."""

    words: tuple[str, ...]

    @classmethod
    def parse(cls, text: str) -> "StripTemplate":
        """Read a template such as `{addr} {hi} {lo} {sum8}`. ValueError names a wrong word."""
        template = cls(tuple(text.split()))
        if not template.words:
            raise ValueError("a strip template needs at least one word")
        template.encode(0, address=0)
        return template

    def encode(self, number: int, *, address: int) -> bytes:
        """The frame that shows `number` (0-9999) on strip `address` (0-255)."""
        if not 0 <= number <= MAX_NUMBER:
            raise ValueError(f"a strip shows 0 to {MAX_NUMBER}, not {number}")
        frame = b""
        for word in self.words:
            frame += _word(word, number, address, frame)
        return frame


def _word(word: str, number: int, address: int, before: bytes) -> bytes:
    name = word[1:-1] if word.startswith("{") and word.endswith("}") else ""
    if name in FIELDS:
        return FIELDS[name](address, number)
    if name in CHECKSUMS:
        return bytes([CHECKSUMS[name](before)])
    try:
        return bytes.fromhex(word)
    except ValueError:
        known = ", ".join((*FIELDS, *CHECKSUMS))
        raise ValueError(f"{word!r} is no hexadecimal byte and none of: {known}") from None

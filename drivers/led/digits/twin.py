"""A SIMULATED digit strip that understands two kinds of frame sold widely."""

import re

from drivers.led.dots import Region

ADDRESSED_LENGTH = 4
FRAMED = re.compile(rb"\x3a(.)(.)(.)\x01(.)\x0a", re.DOTALL)
LINE_LIMIT = 64


class DigitStrip:
    """Takes `{address, high, low, sum}` and `3A address low high 01 sum 0A`; answers nothing."""

    def __init__(self, width: int, height: int, address: int = 0) -> None:
        self.size = (width, height)
        self.frames = 0
        self.rejected = 0
        self._address = address
        self._line = b""
        self._number: int | None = None

    def receive(self, data: bytes) -> bytes:
        """Bytes from the line in; a strip never answers."""
        for byte in data:
            self._line = (self._line + bytes([byte]))[-LINE_LIMIT:]
            self._look()
        return b""

    def hang_up(self) -> None:
        """The line was cut: half a frame is forgotten."""
        self._line = b""

    def power_cycle(self) -> None:
        """Off and on again: the digits are dark."""
        self._number = None
        self.hang_up()

    def refuse(self, count: int) -> None:
        """A strip cannot refuse. Raises ValueError."""
        raise ValueError(f"a digit strip never answers, so it cannot refuse {count} times")

    def regions(self) -> list[Region]:
        """The digits, right-aligned as they stand on the strip."""
        if self._number is None:
            return []
        return [Region(0, 0, *self.size, lines=(f"{self._number:03}",))]

    def _look(self) -> None:
        framed = FRAMED.search(self._line)
        last = self._line[-ADDRESSED_LENGTH:]
        if framed and sum(framed[0][:5]) % 256 == framed[4][0]:
            self._take(framed[1][0], framed[2][0] + 256 * framed[3][0])
        elif len(last) == ADDRESSED_LENGTH and sum(last[:3]) % 256 == last[3]:
            self._take(last[0], last[1] * 256 + last[2])

    def _take(self, address: int, number: int) -> None:
        self._line = b""
        if address == self._address:
            self._number = number
            self.frames += 1

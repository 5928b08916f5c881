"""A SIMULATED Onbon card. Its parser is written from the document, not from the driver's codec."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from drivers.led.dots import Region
from drivers.led.layout import Colour

LINE_LIMIT = 4096
MEMORY = 2048
FRAME = re.compile(rb"\xa5+([^\xa5\x5a]+)\x5a")
ESCAPED = {b"\xa6\x02": b"\xa5", b"\xa6\x01": b"\xa6", b"\x5b\x02": b"\x5a", b"\x5b\x01": b"\x5b"}
ESCAPE = re.compile(b"|".join(re.escape(pair) for pair in ESCAPED))
SPECIAL = re.compile(rb"[\xa5\xa6\x5a\x5b]")
COLOUR_CODES = {b"1": Colour.RED, b"2": Colour.GREEN, b"3": Colour.YELLOW}
EVERY_CARD = (0xFFFE, 0xFFFF)
GROUPS = (0xA1, 0xA2, 0xA3)
EVERY_AREA = b"\xff"
HEADER, AREA_HEAD = 14, 27
STATIC = 1
NO_GROUP, NO_COMMAND, BUSY, NO_MEMORY, BAD_CRC = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class _Shown:
    region: Region
    since: float | None


class OnbonCard:
    """Takes request bytes, returns reply bytes, remembers the dynamic areas in its RAM."""

    def __init__(
        self, width: int, height: int, address: int = 1, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.size = (width, height)
        self.frames = 0
        self.rejected = 0
        self._address = address
        self._clock = clock
        self._line = b""
        self._areas: dict[int, _Shown] = {}
        self._busy = 0

    def receive(self, data: bytes) -> bytes:
        """Bytes from the line in, the card's answers out."""
        self._line += data
        answers, done = b"", 0
        for match in FRAME.finditer(self._line):
            answers += self._frame(ESCAPE.sub(lambda pair: ESCAPED[pair[0]], match[1]))
            done = match.end()
        self._line = self._line[done:][-LINE_LIMIT:]
        return answers

    def hang_up(self) -> None:
        """The line was cut: half a frame is forgotten."""
        self._line = b""

    def power_cycle(self) -> None:
        """Off and on again: dynamic areas are gone."""
        self._areas.clear()
        self.hang_up()

    def refuse(self, count: int) -> None:
        """Answer the next `count` requests with 'busy'."""
        self._busy = count

    def regions(self) -> list[Region]:
        """What is on the sign at this moment."""
        now = self._clock()
        return [
            shown.region
            if shown.since is None
            else replace(shown.region, running=now - shown.since)
            for _, shown in sorted(self._areas.items())
        ]

    def _frame(self, frame: bytes) -> bytes:
        body, crc = frame[:-2], frame[-2:]
        if len(body) < HEADER + 5:
            self.rejected += 1
            return b""
        if _crc(body) != int.from_bytes(crc, "little"):
            self.rejected += 1
            return self._answer(BAD_CRC)
        if int.from_bytes(body[0:2], "little") not in (self._address, *EVERY_CARD):
            return b""
        self.frames += 1
        fault = self._obey(body[14], body[15], body[19:])
        return self._answer(fault) if body[16] == 1 else b""

    def _obey(self, group: int, command: int, payload: bytes) -> int:
        if self._busy:
            self._busy -= 1
            return BUSY
        if group not in GROUPS:
            return NO_GROUP
        if (group, command) == (0xA3, 0x06):
            return self._update(payload)
        if (group, command) == (0xA3, 0x10):
            self._areas.clear()
            return 0
        return 0 if (group, command) in ((0xA2, 0x00), (0xA1, 0x02)) else NO_COMMAND

    def _update(self, payload: bytes) -> int:
        deletions, rest = payload[:1], payload[1:]
        if deletions == EVERY_AREA:
            self._areas.clear()
        else:
            gone = int.from_bytes(deletions)
            for number in rest[:gone]:
                self._areas.pop(number, None)
            rest = rest[gone:]
        count, rest = int.from_bytes(rest[:1]), rest[1:]
        for _ in range(count):
            length = int.from_bytes(rest[:2], "little")
            area, rest = rest[2 : 2 + length], rest[2 + length :]
            if not AREA_HEAD <= length <= MEMORY or len(area) < length:
                return NO_MEMORY
            self._show(area)
        return 0

    def _show(self, area: bytes) -> None:
        x, y, width, height = (int.from_bytes(area[at : at + 2], "little") for at in (1, 3, 5, 7))
        text = area[AREA_HEAD:][: int.from_bytes(area[23:27], "little")]
        lines, colour = _read_text(text)
        region = Region(_dots(x), y, _dots(width), height, lines, colour)
        self._areas[area[9]] = _Shown(region, None if area[19] == STATIC else self._clock())

    def _answer(self, fault: int) -> bytes:
        header = b"\x00\x80" + self._address.to_bytes(2, "little") + bytes(6) + b"\xfe\x02\x05\x00"
        body = header + bytes([0xA0, 1 if fault else 0, fault, 0, 0])
        frame = body + _crc(body).to_bytes(2, "little")
        plain_to_pair = {plain: pair for pair, plain in ESCAPED.items()}
        return b"\xa5" * 8 + SPECIAL.sub(lambda byte: plain_to_pair[byte[0]], frame) + b"\x5a"


def _dots(value: int) -> int:
    """X and width count dots when bit 15 is set, else bytes of eight dots."""
    return value & 0x7FFF if value & 0x8000 else value * 8


def _read_text(text: bytes) -> tuple[tuple[str, ...], Colour]:
    colour = Colour.RED
    for code in re.findall(rb"\\C(.)", text):
        colour = COLOUR_CODES.get(code, colour)
    plain = re.sub(rb"\\C.", b"", text)
    return tuple(line.decode("gb2312", "replace") for line in plain.split(rb"\n")), colour


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ _CRC_TABLE[(crc ^ byte) & 0xFF]
    return crc


def _crc_table_entry(index: int) -> int:
    for _ in range(8):
        index = (index >> 1) ^ (0xA001 if index % 2 else 0)
    return index


_CRC_TABLE = tuple(_crc_table_entry(index) for index in range(256))

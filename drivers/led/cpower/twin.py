"""A SIMULATED C-Power card. Its parser follows the document, not the driver's codec."""

import re
import time
from collections.abc import Callable
from dataclasses import replace

from drivers.led.dots import Region
from drivers.led.layout import Colour

LINE_LIMIT = 4096
FRAME = re.compile(rb"\xa5([^\xa5\xae]*)\xae")
ESCAPED = {b"\xaa\x05": b"\xa5", b"\xaa\x0a": b"\xaa", b"\xaa\x0e": b"\xae"}
ESCAPE = re.compile(b"|".join(re.escape(pair) for pair in ESCAPED))
SPECIAL = re.compile(rb"[\xa5\xaa\xae]")
EVERY_CARD = 0xFF
BAD_SUM, OUT_OF_SEQUENCE = 1, 2
RUNNING_EFFECTS = range(6, 16)
NETWORK_HEAD = 8
SHORTEST = 8  # of a packet: type, card type, card, protocol, confirmation, a byte, sum
POWER, SPLIT, PURE_TEXT = 0x76, 0x01, 0x12
TEXT_AT = 11
HALF_LIT = 127


class CPowerCard:
    """Takes request bytes, returns reply bytes, remembers windows and texts in its RAM.

    `byte_order` little or big makes it listen to the TCP framing, None to the serial one.
    """

    def __init__(
        self,
        width: int,
        height: int,
        address: int = 1,
        byte_order: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.size = (width, height)
        self.frames = 0
        self.rejected = 0
        self._address = address
        self._low_first = byte_order == "little"
        self._over_tcp = byte_order is not None
        self._clock = clock
        self._line = b""
        self._lit = True
        self._busy = 0
        self._windows = [(0, 0, width, height)]
        self._texts: dict[int, tuple[Region, float | None]] = {}

    def receive(self, data: bytes) -> bytes:
        """Bytes from the line in, the card's answers out."""
        self._line += data
        answers = b""
        for packet in self._network_packets() if self._over_tcp else self._serial_packets():
            answers += self._packet(packet)
        self._line = self._line[-LINE_LIMIT:]
        return answers

    def hang_up(self) -> None:
        """The line was cut: half a packet is forgotten."""
        self._line = b""

    def power_cycle(self) -> None:
        """Off and on again: windows and texts are gone."""
        self._windows = [(0, 0, *self.size)]
        self._texts.clear()
        self._lit = True
        self.hang_up()

    def refuse(self, count: int) -> None:
        """Answer the next `count` window commands with 'out of sequence'."""
        self._busy = count

    def regions(self) -> list[Region]:
        """What is on the sign at this moment."""
        if not self._lit:
            return []
        now = self._clock()
        return [
            region if since is None else replace(region, running=now - since)
            for _, (region, since) in sorted(self._texts.items())
        ]

    def _serial_packets(self) -> list[bytes]:
        packets, done = [], 0
        for match in FRAME.finditer(self._line):
            packets.append(ESCAPE.sub(lambda pair: ESCAPED[pair[0]], match[1]))
            done = match.end()
        self._line = self._line[done:]
        return packets

    def _network_packets(self) -> list[bytes]:
        packets = []
        while len(self._line) > NETWORK_HEAD:
            low, high = (4, 5) if self._low_first else (5, 4)
            length = self._line[low] + 256 * self._line[high]
            if self._line[6:9] != b"\0\0\x68":
                self._line = self._line[1:]
                continue
            if len(self._line) < NETWORK_HEAD + length:
                break
            packets.append(self._line[NETWORK_HEAD : NETWORK_HEAD + length])
            self._line = self._line[NETWORK_HEAD + length :]
        return packets

    def _packet(self, packet: bytes) -> bytes:
        if len(packet) < SHORTEST or packet[:2] != b"\x68\x32":
            self.rejected += 1
            return b""
        if packet[2] not in (self._address, EVERY_CARD):
            return b""
        protocol, wants_answer = packet[3], packet[4] & 1
        if sum(packet[:-2]) % 65536 != packet[-2] + 256 * packet[-1]:
            self.rejected += 1
            return self._answer(protocol, bytes([BAD_SUM]))
        self.frames += 1
        answer = self._power(packet[5:-2]) if protocol == POWER else self._command(packet[5:-2])
        return self._answer(protocol, answer) if wants_answer else b""

    def _power(self, data: bytes) -> bytes:
        if data != b"\x01":
            self._lit = any(data)
        return bytes([1, self._lit])

    def _command(self, part: bytes) -> bytes:
        command = part[4:]
        if self._busy:
            self._busy -= 1
            return bytes([OUT_OF_SEQUENCE])
        if not command or len(command) != part[0] + 256 * part[1]:
            return bytes([OUT_OF_SEQUENCE])
        if command[0] == SPLIT and len(command) == 2 + 8 * sum(command[1:2]):
            self._split(command)
        elif command[0] == PURE_TEXT and len(command) >= TEXT_AT:
            self._text(command)
        return bytes([0, 1, 0, *part[2:4], command[0]])

    def _split(self, command: bytes) -> None:
        values = [command[at] * 256 + command[at + 1] for at in range(2, 2 + 8 * command[1], 2)]
        self._windows = [
            (values[at], values[at + 1], values[at + 2], values[at + 3])
            for at in range(0, len(values), 4)
        ]
        self._texts.clear()

    def _text(self, command: bytes) -> None:
        window, effect = command[1], command[2]
        if window >= len(self._windows):
            return
        red, green, _ = (value > HALF_LIT for value in command[8:11])
        colour = Colour.YELLOW if red and green else Colour.GREEN if green else Colour.RED
        text = command[TEXT_AT:].split(b"\0")[0].decode("gb2312", "replace")
        lines = tuple(re.split("\r\n|\r|\n", text))
        region = Region(*self._windows[window], lines=lines, colour=colour)
        self._texts[window] = region, self._clock() if effect in RUNNING_EFFECTS else None

    def _answer(self, protocol: int, data: bytes) -> bytes:
        packet = bytes([0xE8, 0x32, self._address, protocol]) + data
        packet += (sum(packet) % 65536).to_bytes(2, "little")
        if self._over_tcp:
            high, low = divmod(len(packet), 256)
            length = bytes([low, high] if self._low_first else [high, low])
            return b"\xff\xff\xff\xff" + length + b"\0\0" + packet
        plain_to_pair = {plain: pair for pair, plain in ESCAPED.items()}
        return b"\xa5" + SPECIAL.sub(lambda byte: plain_to_pair[byte[0]], packet) + b"\xae"

"""The inside of a SIMULATED card reader; reads requests with a parser of its own. No I/O."""

import struct
from dataclasses import dataclass, field

HEAD = bytes.fromhex("AAAAAA9669")
TEXT = struct.Struct("<30s2s4s16s70s36s30s16s16s36s")
PHOTO = bytes(1024)
SAM = b"SIMULATED READER"

REFUSED, NO_CARD, FOUND, DONE, UNSELECTED = 0x21, 0x80, 0x9F, 0x90, 0x41


@dataclass(frozen=True, slots=True)
class SyntheticCard:
    """A card of nobody: name and number are invented."""

    name: str
    number: str
    until: str = "长期"

    def text(self) -> bytes:
        """The 256 bytes that a card holds, in UTF-16."""
        sex = "1" if int(self.number[16]) % 2 else "2"
        fields = (
            (self.name, 15),
            (sex, 1),
            ("01", 2),
            (self.number[6:14], 8),
            ("示例省示例市示例县示例路一号", 35),
            (self.number, 18),
            ("示例县公安局", 15),
            ("20200101", 8),
            (self.until, 8),
            ("", 18),
        )
        return TEXT.pack(*(value.ljust(size)[:size].encode("utf-16-le") for value, size in fields))


@dataclass(slots=True)
class Reader:
    """A reader with a card on it, or none. `spoiled` cards are found and cannot be read."""

    card: SyntheticCard | None = None
    spoiled: bool = False
    requests: int = 0
    _steps: set[str] = field(default_factory=set)
    _line: bytearray = field(default_factory=bytearray)

    def lay(self, card: SyntheticCard | None, *, spoiled: bool = False) -> None:
        """Put a card on the reader, or take it away."""
        self.card, self.spoiled = card, spoiled
        self._steps.clear()

    def hear(self, data: bytes) -> bytes:
        """Bytes from the host in, answers out."""
        self._line += data
        answers = b""
        while (at := bytes(self._line).find(HEAD)) >= 0 and len(self._line) >= at + 10:
            body = bytes(self._line[at + 5 : at + 10])
            del self._line[: at + 10]
            length, first, second, check = body[1], body[2], body[3], body[4]
            if length == 3 and check == body[0] ^ length ^ first ^ second:  # noqa: PLR2004
                self.requests += 1
                answers += self._obey(first, second)
        del self._line[:-64]
        return answers

    def _obey(self, command: int, parameter: int) -> bytes:
        if (command, parameter) == (0x12, 0xFF):
            return frame(DONE, SAM)
        if (command, parameter) in {(0x10, 0xFF), (0x11, 0xFF)}:
            return frame(DONE)
        if command not in {0x20, 0x30}:
            return frame(REFUSED)
        if self.card is None:
            return frame(NO_CARD)
        return self._of_card(self.card, command, parameter)

    def _of_card(self, card: SyntheticCard, command: int, parameter: int) -> bytes:
        if (command, parameter) == (0x20, 0x01):
            self._steps = {"found"}
            return frame(FOUND, bytes(4))
        if (command, parameter) == (0x20, 0x02) and "found" in self._steps:
            self._steps.add("selected")
            return frame(DONE, bytes(8))
        if command == 0x30 and "selected" in self._steps and not self.spoiled:  # noqa: PLR2004
            self._steps.clear()
            return frame(DONE, struct.pack(">HH", 256, 1024) + card.text() + PHOTO)
        return frame(UNSELECTED)


def frame(status: int, data: bytes = b"") -> bytes:
    """An answer as the module puts it on the line."""
    inside = struct.pack(">HBBB", len(data) + 4, 0, 0, status) + data
    check = 0
    for byte in inside:
        check ^= byte
    return HEAD + inside + bytes([check])

"""SIMULATED panels and pads on a bus. Their parser is written apart from the driver's codec."""

from dataclasses import dataclass, field

START, END = 0x68, 0x16
HEADER = 4
BUFFER = 32
PANEL_KEY_COMMAND = 0x10
PAD_RATING_COMMAND = 0x11
BLANK = 0x0A
DIGITS = 3
DISPLAY, BEEP, ANSWER = 0x02, 0x03, 0x01
OPEN_RATING = b"\x0b"

KEYS = {
    **{str(digit): digit for digit in range(10)},
    "evaluate": 0x0B,
    "call": 0x0C,
    "recall": 0x0D,
    "cancel": 0x0E,
    "confirm": 0x0F,
    "pause": 0x12,
    "transfer": 0x13,
}


@dataclass(slots=True)
class BusReader:
    """Reads the line as the small processor in a panel does: start, length, length, start."""

    _seen: bytearray = field(default_factory=bytearray)

    def read(self, data: bytes) -> list[bytes]:
        """Bytes from the line in; address, command and data of each good frame out."""
        self._seen += data
        found = []
        while len(self._seen) >= HEADER:
            length = self._seen[1]
            whole = length + HEADER + 2
            if self._seen[:HEADER] != bytes([START, length, length, START]) or length > BUFFER:
                del self._seen[0]
            elif len(self._seen) < whole:
                break
            elif self._seen[whole - 2 : whole] == _closing(self._seen[HEADER : whole - 2]):
                found.append(bytes(self._seen[HEADER : whole - 2]))
                del self._seen[:whole]
            else:
                del self._seen[0]
        return found


def _closing(inside: bytes | bytearray) -> bytes:
    return bytes([sum(inside) % 256, END])


def frame(inside: bytes) -> bytes:
    """Address, command and data as a device puts them on the line."""
    length = len(inside)
    return bytes([0xFF, START, length, length, START]) + inside + _closing(inside)


def confession() -> bytes:
    """What the SIMULATED bus says as soon as somebody listens; no real device sends this."""
    return frame(bytes([0xFE, 0x7E]) + b"SIMULATED")


@dataclass(slots=True)
class Panel:
    """A call panel: three digits of ticket, three of waiting count, a beeper."""

    address: int
    ticket: str = ""
    waiting: str = ""
    beeps: int = 0

    def press(self, codes: bytes) -> tuple[bytes, bytes]:
        """The frame for these keys, and the answer that confirms it."""
        inside = bytes([self.address, PANEL_KEY_COMMAND]) + codes
        return frame(inside), inside

    def hear(self, command: int, data: bytes) -> None:
        """A frame from the host for this address."""
        if command == BEEP:
            self.beeps += 1
        elif command == DISPLAY and len(data) == 2 * DIGITS:
            waiting, ticket = _shown(data[:DIGITS]), _shown(data[DIGITS:])
            self.waiting = waiting or ("" if not ticket else self.waiting)
            self.ticket = ticket or ("" if not waiting else self.ticket)

    def state(self) -> dict[str, object]:
        """What a person sees on it."""
        return {
            "address": self.address,
            "ticket": self.ticket,
            "waiting": self.waiting,
            "beeps": self.beeps,
        }


@dataclass(slots=True)
class Pad:
    """A rating pad: lights up when asked for a rating, goes dark when one was taken."""

    address: int
    asking: bool = False

    def press(self, codes: bytes) -> tuple[bytes, bytes]:
        """The frame for this rating, and the answer that confirms it."""
        inside = bytes([self.address, PAD_RATING_COMMAND]) + codes
        return frame(inside), bytes([self.address, ANSWER]) + codes

    def hear(self, command: int, data: bytes) -> None:
        """A frame from the host for this address."""
        if command == ANSWER:
            self.asking = data == OPEN_RATING

    def state(self) -> dict[str, object]:
        """What a person sees on it."""
        return {"address": self.address, "asking": self.asking}


def _shown(digits: bytes) -> str:
    return "".join(str(digit) for digit in digits if digit < BLANK)

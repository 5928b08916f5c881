"""SIMULATED terminal: who is enrolled and what was punched, in the layout of its generation."""

import struct
from dataclasses import dataclass, field
from enum import StrEnum


class Generation(StrEnum):
    """Which record layouts a terminal uses."""

    UID_8 = "8"
    UID_8_STATE_FIRST = "8'"
    NUMBER_16 = "16"
    TEXT_40 = "40"
    TEXT_49 = "49"


SMALL_USERS = (Generation.UID_8, Generation.UID_8_STATE_FIRST, Generation.NUMBER_16)


@dataclass(frozen=True, slots=True)
class Punch:
    """One record as it was punched."""

    uid: int
    pin: str
    code: int
    verify: int
    state: int
    workcode: int = 0


@dataclass(slots=True)
class Memory:
    """Users by uid as raw records, and the log, oldest first. A full log drops its oldest."""

    generation: Generation
    capacity: int
    drops_at_once: int
    users: dict[int, bytes] = field(default_factory=dict)
    log: list[Punch] = field(default_factory=list)

    def append(self, punch: Punch) -> None:
        """Write a punch; make room first when the log is full."""
        if len(self.log) >= self.capacity:
            del self.log[: self.drops_at_once]
        self.log.append(punch)

    def packed_log(self) -> bytes:
        """The log as a client gets it: the body's length and the records."""
        body = b"".join(pack_punch(self.generation, punch) for punch in self.log)
        return struct.pack("<I", len(body)) + body

    def packed_users(self) -> bytes:
        """The users as a client gets them."""
        body = b"".join(self.users[uid] for uid in sorted(self.users))
        return struct.pack("<I", len(body)) + body

    def write_user(self, record: bytes) -> bool:
        """Take over a client's user record; False when its length is not this generation's."""
        if len(record) != self.user_size:
            return False
        self.users[int.from_bytes(record[:2], "little")] = record
        return True

    def enrol(self, uid: int, pin: str, name: bytes = b"") -> None:
        """Put somebody in, as a person at the menu does."""
        head = struct.pack("<H", uid)
        if self.generation in SMALL_USERS:
            record = head + bytes(6) + name[:8].ljust(8, b"\0") + bytes(8)
            record += struct.pack("<I", int(pin))
        else:
            record = head + bytes(9) + name[:24].ljust(24, b"\0") + bytes(13)
            record += pin.encode().ljust(24, b"\0")
        self.users[uid] = record

    def uid_of(self, pin: str) -> int | None:
        """The uid of an enrolled PIN, None for a stranger."""
        return next((uid for uid in self.users if self.pin_of(uid) == pin), None)

    def pin_of(self, uid: int) -> str:
        """The PIN of an enrolled uid."""
        record = self.users[uid]
        if self.generation in SMALL_USERS:
            return str(int.from_bytes(record[24:28], "little"))
        return record[48:72].split(b"\0")[0].decode("ascii", "replace")

    @property
    def user_size(self) -> int:
        """Bytes of a user record."""
        return 28 if self.generation in SMALL_USERS else 72


def pack_punch(generation: Generation, punch: Punch) -> bytes:
    """A punch as the terminal stores it."""
    uid, code, verify, state = punch.uid, punch.code, punch.verify, punch.state
    match generation:
        case Generation.UID_8:
            return struct.pack("<HBIB", uid, verify, code, state)
        case Generation.UID_8_STATE_FIRST:
            return struct.pack("<HBBI", uid, verify, state, code)
        case Generation.NUMBER_16:
            number = int(punch.pin)
            return struct.pack("<IIBBHI", number, code, verify, state, 0, punch.workcode)
        case Generation.TEXT_40:
            return struct.pack("<H24sBIB8x", uid, punch.pin.encode(), verify, code, state)
        case Generation.TEXT_49:
            return struct.pack("<H24sBIB17x", uid, punch.pin.encode(), verify, code, state)

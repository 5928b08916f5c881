"""SIMULATED terminal: what it answers to each command. No sockets here."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from drivers.zkteco.simulated.clock import WallClock, to_code
from drivers.zkteco.simulated.faults import Hang, Send, Step, Wait
from drivers.zkteco.simulated.frames import Answer, Request
from drivers.zkteco.simulated.keylock import opens
from drivers.zkteco.simulated.memory import Memory, Punch

OK, ERROR, UNAUTHORISED, UNKNOWN = 2000, 2001, 2005, 0xFFFF
PREPARE, DATA = 1500, 1501
CONNECT, EXIT, AUTHORISE = 1000, 1001, 1102
ATTENDANCE_LOG, USERS = 13, 9
_FITS_ONE_DATAGRAM = 1000
_DATAGRAM = 1024


@dataclass(slots=True)
class Dialogue:
    """One client's state."""

    session: int
    datagrams: bool
    authorised: bool = False
    events: int = 0
    prepared: bytes = b""


@dataclass(slots=True)
class Brain:
    """A terminal's whole state apart from its connections."""

    memory: Memory
    clock: WallClock
    options: dict[str, str]
    comm_key: int
    firmware: str
    pace: float
    """Seconds before each message of a bulk answer."""
    locked: bool = False
    told_records: int | None = None
    moves_during_reads: list[int] = field(default_factory=list)
    """For each coming read of the log, how many punches happen in the middle of it."""
    last_punch: Punch | None = None
    cleared: list[str] = field(default_factory=list)
    """What clients have erased, so that a test can see that nobody did."""

    def punch(self, punch: Punch) -> None:
        """Write a punch to the log and show it."""
        self.memory.append(punch)
        self.last_punch = punch

    def answer(self, dialogue: Dialogue, request: Request) -> list[Step]:
        """What a terminal without faults sends."""
        if request.command == CONNECT:
            dialogue.authorised = not self.comm_key
            return [Send(Answer(OK if dialogue.authorised else UNAUTHORISED))]
        if request.session != dialogue.session:
            return [Send(Answer(UNAUTHORISED))]
        if request.command == AUTHORISE:
            dialogue.authorised = opens(request.data, self.comm_key, dialogue.session)
            return [Send(Answer(OK if dialogue.authorised else UNAUTHORISED))]
        if not dialogue.authorised:
            return [Send(Answer(UNAUTHORISED))]
        handler = _HANDLERS.get(request.command)
        return handler(self, dialogue, request.data) if handler else [Send(Answer(UNKNOWN))]


Handler = Callable[[Brain, Dialogue, bytes], list[Step]]


def _simply(act: Callable[[Brain, bytes], object]) -> Handler:
    """A command that changes something and is answered with a bare yes, or no for False."""

    def handle(brain: Brain, _: Dialogue, data: bytes) -> list[Step]:
        return [Send(Answer(ERROR if act(brain, data) is False else OK))]

    return handle


def _telling(tell: Callable[[Brain, bytes], bytes]) -> Handler:
    """A command that is answered with data."""

    def handle(brain: Brain, _: Dialogue, data: bytes) -> list[Step]:
        return [Send(Answer(OK, tell(brain, data)))]

    return handle


def _exit(_brain: Brain, dialogue: Dialogue, _data: bytes) -> list[Step]:
    dialogue.events = 0
    return [Send(Answer(OK)), Hang()]


def _register(_brain: Brain, dialogue: Dialogue, data: bytes) -> list[Step]:
    dialogue.events = int.from_bytes(data[:4], "little")
    return [Send(Answer(OK))]


def _sizes(brain: Brain, _data: bytes) -> bytes:
    memory = brain.memory
    records = len(memory.log) if brain.told_records is None else brain.told_records
    words = [0] * 23
    words[4], words[6], words[8] = len(memory.users), len(memory.users), records
    words[14], words[15], words[16] = 3000, 3000, memory.capacity
    words[17], words[18] = 3000 - len(memory.users), 3000 - len(memory.users)
    words[19] = max(memory.capacity - records, 0)
    return struct.pack("<23I", *words)


def _read_option(brain: Brain, _dialogue: Dialogue, data: bytes) -> list[Step]:
    name = data.split(b"\0")[0].decode("ascii", "replace")
    if name not in brain.options:
        return [Send(Answer(ERROR))]
    return [Send(Answer(OK, f"{name}={brain.options[name]}".encode() + b"\0"))]


def _write_option(brain: Brain, data: bytes) -> bool:
    name, equals, value = data.split(b"\0")[0].decode("ascii", "replace").partition("=")
    if equals:
        brain.options[name] = value
    return bool(equals)


def _set_time(brain: Brain, data: bytes) -> bool:
    try:
        brain.clock.put(brain.clock.from_code(int.from_bytes(data[:4], "little")))
    except ValueError:
        return False
    return True


def _delete_user(brain: Brain, data: bytes) -> bool:
    return brain.memory.users.pop(int.from_bytes(data[:2], "little"), None) is not None


def _lock(brain: Brain, _data: bytes) -> None:
    brain.locked = True


def _unlock(brain: Brain, _data: bytes) -> None:
    brain.locked = False


def _clear_log(brain: Brain, _data: bytes) -> None:
    brain.cleared.append("log")
    brain.memory.log.clear()


def _prepare(brain: Brain, dialogue: Dialogue, data: bytes) -> list[Step]:
    _, wanted, _, _ = struct.unpack("<bhii", data.ljust(11, b"\0")[:11])
    if wanted == ATTENDANCE_LOG:
        dialogue.prepared = brain.memory.packed_log()
        _move(brain)
    elif wanted == USERS:
        dialogue.prepared = brain.memory.packed_users()
    else:
        return [Send(Answer(ERROR))]
    size = len(dialogue.prepared)
    if size <= _FITS_ONE_DATAGRAM:
        return [Send(Answer(DATA, dialogue.prepared))]
    return [Send(Answer(OK, struct.pack("<BIII", 0, size, size, 0)))]


def _move(brain: Brain) -> None:
    """Somebody punches while the log is being read; a negative number of them erases."""
    moves = brain.moves_during_reads.pop(0) if brain.moves_during_reads else 0
    if moves < 0:
        del brain.memory.log[moves:]
    for _ in range(moves):
        brain.punch(Punch(1, "1", to_code(brain.clock.read()), 1, 0))


def _chunk(brain: Brain, dialogue: Dialogue, data: bytes) -> list[Step]:
    start, size = struct.unpack("<ii", data.ljust(8, b"\0")[:8])
    part = dialogue.prepared[start : start + size] if min(start, size) >= 0 else b""
    piece = _DATAGRAM if dialogue.datagrams else max(len(part), 1)
    answers = [Answer(PREPARE, struct.pack("<II", len(part), 0))]
    answers += [Answer(DATA, part[at : at + piece]) for at in range(0, len(part), piece)]
    messages = [Send(answer) for answer in (*answers, Answer(OK))]
    if not brain.pace:
        return [*messages]
    return [step for message in messages for step in (Wait(brain.pace), message)]


def _free(_brain: Brain, dialogue: Dialogue, _data: bytes) -> list[Step]:
    dialogue.prepared = b""
    return [Send(Answer(OK))]


def _nothing(_brain: Brain, _data: bytes) -> None:
    pass


_HANDLERS: dict[int, Handler] = {
    8: _simply(lambda brain, data: brain.memory.write_user(data)),
    11: _read_option,
    12: _simply(_write_option),
    15: _simply(_clear_log),
    18: _simply(_delete_user),
    50: _telling(_sizes),
    60: _simply(_nothing),  # verify
    62: _simply(_nothing),  # cancel capture
    69: _telling(lambda _brain, _data: b"\x09"),  # PIN width
    201: _telling(lambda brain, _data: struct.pack("<I", to_code(brain.clock.read()))),
    202: _simply(_set_time),
    500: _register,
    EXIT: _exit,
    1002: _simply(_unlock),
    1003: _simply(_lock),
    1013: _simply(_nothing),  # refresh data
    1100: _telling(lambda brain, _data: brain.firmware.encode() + b"\0"),
    1502: _free,
    1503: _prepare,
    1504: _chunk,
    # An acknowledged event needs no answer.
    OK: lambda _brain, _dialogue, _data: [],
}

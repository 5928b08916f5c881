"""Live events: frames from a terminal that nobody asked for, and the punch each one hints at."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from struct import Struct

from drivers.zkteco.layouts import pin_text
from drivers.zkteco.timecode import decode_time, pack_event_time

CMD_REG_EVENT = 500
EF_ATTLOG = 1
"""The event 'somebody was verified and it was written to the log'; also its bit in the mask."""

_START = b"\x50\x50\x82\x7d"
_PREFIX = Struct("<4sI")
_HEADER = Struct("<HHHH")
_LONGEST_PAYLOAD = 0x10000
# By length of the data: pin, verify, state, six bytes of time, and what has no known meaning.
_PUNCHES = {
    struct.size: struct
    for struct in (
        Struct("<HBB6s"),
        Struct("<IBB6s"),
        Struct("<HBB6s4x"),
        Struct("<24sBB6s"),
        Struct("<24sBB6s4x"),
        Struct("<24sBB6s5x"),
        Struct("<24sBB6s20x"),
    )
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of the binary protocol; an event has its code in the session field."""

    command: int
    session: int
    reply: int
    data: bytes


@dataclass(frozen=True, slots=True)
class LiveHint:
    """A punch that has just happened, as an event tells it; the log decides what is true.

    `raw_time` is the packed clock as the log keeps it, None where the event's time fits none.
    """

    pin: str
    raw_time: int | None
    terminal_time: datetime | None
    verify: int
    state: int
    raw: bytes


class FrameDecoder:
    """Cuts a TCP stream into frames; skips what is no frame and goes on at the next start mark."""

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Frame]:
        """Frames that are complete with `data`; never raises, keeps less than one frame."""
        self._buffer += data
        frames = []
        while self._align():
            _, length = _PREFIX.unpack_from(self._buffer)
            if not _HEADER.size <= length <= _LONGEST_PAYLOAD:
                self._buffer = self._buffer[len(_START) :]
                continue
            end = _PREFIX.size + length
            if len(self._buffer) < end:
                break
            frames.append(_frame(self._buffer[_PREFIX.size : end]))
            self._buffer = self._buffer[end:]
        return frames

    def _align(self) -> bool:
        """Drop what precedes a start mark; whether a whole prefix is there."""
        at = self._buffer.find(_START)
        keep = len(self._buffer) - len(_START) + 1 if at < 0 else at
        self._buffer = self._buffer[max(keep, 0) :]
        return at >= 0 and len(self._buffer) >= _PREFIX.size


def decode_datagram(data: bytes) -> Frame | None:
    """The frame that a datagram is; None where it is too short for one."""
    return _frame(data) if len(data) >= _HEADER.size else None


def decode_punch(frame: Frame, zone: tzinfo) -> LiveHint | None:
    """The punch that an event tells of; None for any other frame or an unknown length."""
    struct = _PUNCHES.get(len(frame.data))
    if frame.command != CMD_REG_EVENT or not frame.session & EF_ATTLOG or struct is None:
        return None
    pin, verify, state, six = struct.unpack(frame.data)
    code = pack_event_time(six)
    return LiveHint(
        pin=pin_text(pin.partition(b"\0")[0] if isinstance(pin, bytes) else pin) or "",
        raw_time=code,
        terminal_time=None if code is None else decode_time(code, zone),
        verify=verify,
        state=state,
        raw=frame.data,
    )


def _frame(payload: bytes) -> Frame:
    command, _, session, reply = _HEADER.unpack_from(payload)
    return Frame(command, session, reply, payload[_HEADER.size :])

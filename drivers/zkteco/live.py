"""Listening to a terminal for punches as they happen. What is heard is a hint; the log decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from struct import Struct

from drivers.zkteco.events import (
    CMD_REG_EVENT,
    EF_ATTLOG,
    Frame,
    FrameDecoder,
    LiveHint,
    decode_datagram,
    decode_punch,
)
from drivers.zkteco.link import Link
from drivers.zkteco.terminal import Terminal, Wire

_MASK = Struct("<I")


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing happened for a while; the connection stands."""


@dataclass(frozen=True, slots=True)
class UnreadEvent:
    """An event that no known layout fits: read the log to learn what it was."""

    raw: bytes


Heard = LiveHint | UnreadEvent | Silence


def listen(terminal: Terminal, pulse: timedelta) -> Iterator[Heard]:
    """Punches as they happen, and a Silence first and after each `pulse` without one.

    Ends only by raising: a TerminalError when the connection breaks.
    """
    with Link(terminal) as link:
        link.command(CMD_REG_EVENT, _MASK.pack(EF_ATTLOG))
        yield Silence()
        decoder = FrameDecoder()
        while True:
            data = link.receive(pulse)
            if data is None:
                yield Silence()
                continue
            for frame in _frames(terminal.wire, decoder, data):
                if frame.command == CMD_REG_EVENT:
                    link.acknowledge()
                    yield decode_punch(frame, terminal.zone) or UnreadEvent(frame.data)


def _frames(wire: Wire, decoder: FrameDecoder, data: bytes) -> Iterable[Frame]:
    if wire is Wire.TCP:
        return decoder.feed(data)
    frame = decode_datagram(data)
    return [frame] if frame else []

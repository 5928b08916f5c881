"""SIMULATED terminal: messages of the binary protocol, as a terminal builds and reads them."""

import struct
from dataclasses import dataclass

MAGIC = 0x7D825050
LONGEST = 0xFFFF


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks."""

    command: int
    session: int
    reply: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """One message to a client; `session` and `reply` None repeat those of the request."""

    command: int
    data: bytes = b""
    session: int | None = None
    reply: int | None = None


def checksum(payload: bytes) -> int:
    """Carry-folded one's complement over little-endian words, the last byte padded."""
    padded = payload + bytes(len(payload) % 2)
    total: int = sum(struct.unpack(f"<{len(padded) // 2}H", padded))
    while total > LONGEST:
        total = (total & LONGEST) + (total >> 16)
    return ~total & LONGEST


def parse(payload: bytes) -> Request | None:
    """A request, or None for one that is too short or has the wrong checksum.

    Clients fold the carry in their own ways, so equality is modulo 65,535.
    """
    if len(payload) < 8:  # noqa: PLR2004 - four words of header
        return None
    command, claimed, session, reply = struct.unpack("<4H", payload[:8])
    blank = payload[:2] + b"\0\0" + payload[4:]
    if (checksum(blank) - claimed) % LONGEST:
        return None
    return Request(command, session, reply, payload[8:])


def build(answer: Answer, request_session: int, request_reply: int) -> bytes:
    """The payload of an answer."""
    session = request_session if answer.session is None else answer.session
    reply = request_reply if answer.reply is None else answer.reply
    blank = struct.pack("<4H", answer.command, 0, session, reply) + answer.data
    return blank[:2] + struct.pack("<H", checksum(blank)) + blank[4:]


def on_tcp(payload: bytes) -> bytes:
    """The payload behind the prefix that TCP needs."""
    return struct.pack("<II", MAGIC, len(payload)) + payload

"""What is asked of a printer and what it answers: requests, and replies out of a byte stream."""

from dataclasses import dataclass
from enum import IntEnum

TOKEN_LENGTH = 4
BARRIER = b"\x1dr\x01"  # GS r: paper sensor, answered in its turn
NAME_REQUEST = b"\x1dIC"  # GS I 67: model name as a block

LONGEST_BLOCK = 80  # bytes between a block's header and its NUL


class Query(IntEnum):
    """n of DLE EOT n, which a printer answers at once, before what waits in its buffer."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4

    def request(self) -> bytes:
        """The bytes to send."""
        return b"\x10\x04" + bytes([self])


def echo_request(token: bytes) -> bytes:
    """GS ( H fn 48: answered with `token` (4 bytes of 20-7E) once all before it is printed."""
    if len(token) != TOKEN_LENGTH or not all(map(_in_token, token)):
        raise ValueError(f"token {token!r} is not {TOKEN_LENGTH} printable ASCII bytes")
    return b"\x1d(H\x06\x0000" + token


@dataclass(frozen=True, slots=True)
class QueryReply:
    """The answer to one DLE EOT; which one is known only from the order of asking."""

    bits: int


@dataclass(frozen=True, slots=True)
class AutoStatus:
    """Automatic status back: four bytes, unasked."""

    data: bytes


@dataclass(frozen=True, slots=True)
class BarrierReply:
    """The answer to GS r: the printer has got this far."""

    bits: int


@dataclass(frozen=True, slots=True)
class Echo:
    """The answer to GS ( H: everything before this token is on paper."""

    token: bytes


@dataclass(frozen=True, slots=True)
class Name:
    """The answer to GS I: a text the printer has about itself."""

    text: str


Reply = QueryReply | AutoStatus | BarrierReply | Echo | Name

# Bits that tell the kinds of reply apart (x1: the fixed ones are under the mask).
_QUERY_MASK, _QUERY = 0x93, 0x12  # 0xx1xx10
_AUTO = 0x10  # 0xx1xx00 under the same mask
_PLAIN_MASK = 0x90  # 0xx0xxxx
_ECHO_HEAD = b"\x37\x22"
_ECHO_SIZE = len(_ECHO_HEAD) + TOKEN_LENGTH + 1
_NAME_HEAD = 0x5F
_AUTO_SIZE = 4


class Decoder:
    """Sorts a printer's answers, in whatever pieces they come; skips bytes that are none.

    Holds at most one unfinished block. Never raises.
    """

    def __init__(self) -> None:
        self._buffer = b""

    def feed(self, data: bytes) -> list[Reply]:
        """Take bytes in; return the replies completed by them."""
        stream, at = self._buffer + data, 0
        replies: list[Reply] = []
        while at < len(stream):
            reply, size = _first_reply(stream[at : at + LONGEST_BLOCK + 2])
            if size == 0:
                break
            at += size
            if reply is not None:
                replies.append(reply)
        self._buffer = stream[at:]
        return replies


def _first_reply(data: bytes) -> tuple[Reply | None, int]:
    """The reply at the front and its size; size 0 while it is unfinished."""
    head = data[0]
    if head == _ECHO_HEAD[0]:
        return _echo(data)
    if head == _NAME_HEAD:
        return _name(data)
    if head & _QUERY_MASK == _QUERY:
        return QueryReply(head), 1
    if head & _QUERY_MASK == _AUTO:
        return _auto(data)
    if head & _PLAIN_MASK == 0:
        return BarrierReply(head), 1
    return None, 1  # XON, XOFF or noise


def _echo(data: bytes) -> tuple[Reply | None, int]:
    token = data[2 : 2 + TOKEN_LENGTH]
    if not _ECHO_HEAD.startswith(data[:2]) or not all(map(_in_token, token)):
        return None, 1
    if len(data) < _ECHO_SIZE:
        return None, 0
    return (Echo(token), _ECHO_SIZE) if data[_ECHO_SIZE - 1] == 0 else (None, 1)


def _name(data: bytes) -> tuple[Reply | None, int]:
    end = data.find(0, 1, LONGEST_BLOCK + 2)
    if end < 0:
        return None, 0 if len(data) <= LONGEST_BLOCK + 1 else 1
    return Name(data[1:end].decode("ascii", "replace")), end + 1


def _auto(data: bytes) -> tuple[Reply | None, int]:
    rest = data[1:_AUTO_SIZE]
    if any(byte & _PLAIN_MASK for byte in rest):
        return None, 1
    if len(data) < _AUTO_SIZE:
        return None, 0
    return AutoStatus(data[:_AUTO_SIZE]), _AUTO_SIZE


def _in_token(byte: int) -> bool:
    return 0x20 <= byte <= 0x7E  # noqa: PLR2004

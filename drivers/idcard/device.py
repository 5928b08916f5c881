"""A card reader as the hall wants it: whose card was laid on it, once per laying on."""

import hashlib
import secrets
import time
from dataclasses import dataclass

from drivers.idcard.card import CardError, IdCard, parse_card
from drivers.idcard.codec import Answer, Command, Decoder, Status, encode
from drivers.transport import Transport, TransportError, at_baud, open_transport

BAUD = 115200
READ_BYTES = 2048
POLL_SECONDS = 0.35
"""The module is not asked more often than every 300 ms."""

ANSWER_SECONDS = 1.0
CARD_SECONDS = 3.0
"""Reading a card takes the module a second or more."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was laid on the reader and read."""

    card: IdCard


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """A card lies there and cannot be read: it must be taken away and laid on again."""

    reason: str


Reading = CardRead | CardUnreadable


class IdReader:
    """One reader at a transport URL. The thread that owns it turns `poll`.

    Every call raises TransportError when the reader does not answer.
    """

    def __init__(
        self,
        url: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        card_seconds: float = CARD_SECONDS,
    ) -> None:
        self._url = at_baud(url, BAUD)
        self._answer_seconds = answer_seconds
        self._card_seconds = card_seconds
        self._link: Transport | None = None
        self._decoder = Decoder()
        self._salt = secrets.token_bytes(16)
        self._lying: bytes | None = None

    @property
    def rejected(self) -> int:
        """Damaged answers so far."""
        return self._decoder.rejected

    def sam_id(self) -> str:
        """The module's number, or what a simulated one says of itself."""
        data = self._ask(Command.SAM_ID, self._answer_seconds).data
        return data.decode("ascii") if data.isascii() else data.hex()

    def poll(self) -> Reading | None:
        """A card that was laid on since the last call; None while none, or the same, lies there."""
        found = self._ask(Command.FIND, self._answer_seconds)
        if found.status != Status.FOUND:
            self._lying = None
            return None
        reading = self._read()
        lying = _mark(self._salt, reading)
        news = lying != self._lying
        self._lying = lying
        return reading if news else None

    def close(self) -> None:
        """Let go of the line; the next call opens it again."""
        if self._link is not None:
            self._link.close()
            self._link = None
        self._decoder.reset()
        self._lying = None

    def _read(self) -> Reading:
        selected = self._ask(Command.SELECT, self._answer_seconds)
        if selected.status != Status.OK:
            return CardUnreadable(_reason(selected))
        read = self._ask(Command.READ, self._card_seconds)
        if read.status != Status.OK:
            return CardUnreadable(_reason(read))
        try:
            return CardRead(parse_card(read.data))
        except CardError as error:
            return CardUnreadable(str(error))

    def _ask(self, command: Command, seconds: float) -> Answer:
        try:
            link = self._open()
            link.write(encode(command))
            return self._answer(link, seconds)
        except TransportError:
            self.close()
            raise

    def _open(self) -> Transport:
        if self._link is None:
            self._link = open_transport(self._url, timeout=min(self._answer_seconds, 0.2))
        return self._link

    def _answer(self, link: Transport, seconds: float) -> Answer:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for answer in self._decoder.feed(link.read(READ_BYTES)):
                return answer
        raise TransportError(f"the reader did not answer within {seconds:g} s")


def _reason(answer: Answer) -> str:
    known = {status.value for status in Status}
    return Status(answer.status).name.lower() if answer.status in known else f"{answer.status:#04x}"


def _mark(salt: bytes, reading: Reading) -> bytes:
    """Tells one card from another without keeping whose it is."""
    whose = reading.card.number if isinstance(reading, CardRead) else reading.reason
    return hashlib.blake2b(whose.encode(), key=salt).digest()

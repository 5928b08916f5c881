"""One open link to a printer: asking, sending, and sorting what comes back."""

from collections.abc import Callable
from time import monotonic

from drivers.escpos.codec import (
    BARRIER,
    NAME_REQUEST,
    AutoStatus,
    BarrierReply,
    Decoder,
    Echo,
    Name,
    Query,
    QueryReply,
    Reply,
    echo_request,
)
from drivers.escpos.status import PrinterStatus, from_auto, from_replies, silent
from drivers.transport import Transport, TransportError

READ_SIZE = 1024
CHUNK = 1024  # bytes per write: about a second at 9600 baud, so that each has its own timeout


class Session:
    """Owns the talk on `link`; `patience` is the silence in seconds that counts as no answer.

    Every method raises TransportError when the link is lost.
    """

    def __init__(self, link: Transport, patience: float) -> None:
        self.barriers = 0  # GS r answers so far
        self.echoes: set[bytes] = set()
        self._link = link
        self._patience = patience
        self._decoder = Decoder()
        self._answers: list[int] = []
        self._owed = 0  # answers to queries that were given up, which may still come
        self._names: list[str] = []
        self._auto: AutoStatus | None = None

    def send(self, data: bytes, deadline: float) -> None:
        """Hand over `data`; what has not gone by `deadline` (monotonic seconds) is held back."""
        for at in range(0, len(data), CHUNK):
            if monotonic() > deadline:
                raise TransportError(f"out of time with {at} of {len(data)} bytes sent")
            self._link.write(data[at : at + CHUNK])

    def wait(self, come: Callable[[], bool], deadline: float | None = None) -> bool:
        """Read until `come` holds; False after silence, or at the deadline however much comes."""
        until = min(monotonic() + self._patience, deadline or float("inf"))
        while not come() and monotonic() < until:
            for reply in self._decoder.feed(self._link.read(READ_SIZE)):
                self._take(reply)
        return come()

    def status(self) -> PrinterStatus:
        """Ask all that DLE EOT tells. No answer at all counts as offline."""
        replies: dict[Query, int] = {}
        for query in Query:
            answer = self._ask(query)
            if answer is None and not replies:
                self._owed += 1
                return self._why_silent()
            if answer is not None:
                replies[query] = answer
        return from_replies(replies)

    def echoes_back(self, token: bytes) -> bool:
        """Whether GS ( H is answered now."""
        self._link.write(echo_request(token))
        return self.wait(lambda: token in self.echoes)

    def passes_barrier(self) -> bool:
        """Whether GS r is answered now; a real-time query after it flushes older answers out."""
        seen = self.barriers
        self._link.write(BARRIER)
        passed = self.wait(lambda: self.barriers > seen)
        return passed and self._ask(Query.PRINTER) is not None

    def name(self) -> str:
        """The model name that the printer gives; empty when it gives none."""
        self._link.write(NAME_REQUEST)
        self.wait(lambda: bool(self._names))
        return self._names[-1] if self._names else ""

    def _why_silent(self) -> PrinterStatus:
        """A fault told unasked explains the silence; that all was well a while ago does not."""
        told = from_auto(self._auto) if self._auto else None
        return told if told and not told.can_print else silent("no answer to DLE EOT")

    def _ask(self, query: Query) -> int | None:
        """The answer after those still owed: they carry no number, so order is all there is."""
        self._answers.clear()
        self._link.write(query.request())
        self.wait(lambda: len(self._answers) > self._owed)
        if not self._answers:
            return None
        self._owed = 0
        return self._answers[-1]

    def _take(self, reply: Reply) -> None:
        match reply:
            case QueryReply(bits):
                self._answers.append(bits)
            case BarrierReply():
                self.barriers += 1
            case Echo(token):
                self.echoes.add(token)
            case Name(text):
                self._names.append(text)
            case AutoStatus():
                self._auto = reply

"""A LED sign as the hall wants it: show this, and keep showing it whatever happens to the cable."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from drivers.led.content import SignContent
from drivers.led.dialect import Dialect, Orders, Place, ReplyDecoder
from drivers.transport import Transport, TransportError, open_transport

READ_BYTES = 4096
BUSY_PAUSE = 0.1
"""Seconds a card that refused is left alone before it is asked again."""


class Outcome(StrEnum):
    """How far a frame got."""

    ACKNOWLEDGED = "acknowledged"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a frame, and what of it could not be shown as asked.

    `sent` is all that can be said of a sign that never answers. `replaced` characters appear
    as □; `clipped` lines were too wide. `reason` is for the log and the administrator.
    """

    outcome: Outcome
    reason: str = ""
    replaced: tuple[str, ...] = ()
    clipped: tuple[str, ...] = ()


class LedSign:
    """One sign at a transport URL. A frame lives in the card's RAM only, so it is sent again.

    The thread that owns the sign calls `show`, and `keep` every few seconds; `desire` may be
    called from any thread, and only the last desire counts.
    """

    def __init__(
        self, url: str, dialect: Dialect, *, reply_seconds: float = 1.0, attempts: int = 3
    ) -> None:
        self._url = url
        self._dialect = dialect
        self._reply_seconds = reply_seconds
        self._attempts = attempts
        self._desired: SignContent | None = None
        self._delivered: SignContent | None = None
        self._runs = False
        self._link: Transport | None = None
        self._decoder: ReplyDecoder = dialect.decoder()
        self._known: tuple[Place, ...] | None = None

    def desire(self, content: SignContent) -> None:
        """Set what the sign should show, without sending it yet."""
        self._desired = content

    def show(self, content: SignContent) -> Receipt:
        """Show `content` now. After a failure `keep` goes on trying."""
        self.desire(content)
        return self._deliver(content)

    def keep(self) -> Receipt | None:
        """Make sure that the sign shows the last desire; None when there is nothing to do.

        A still frame is simply sent again, which also heals a card that lost its power for a
        moment. A running one, which would start over, is sent only after the link was lost.
        """
        content = self._desired
        if content is not None and not (self._runs and self._delivered is content):
            return self._deliver(content)
        probe = self._dialect.probe
        if probe is None:
            return None
        receipt = self._carry_out(lambda: Orders((probe,)))[0]
        return self._deliver(content) if content and self._delivered is None else receipt

    def close(self) -> None:
        """Let go of the link; the next call opens it again."""
        if self._link is not None:
            self._link.close()
        self._link = self._delivered = self._known = None

    def _deliver(self, content: SignContent) -> Receipt:
        receipt, orders = self._carry_out(lambda: self._dialect.orders(content, self._known))
        if orders is None:
            return receipt
        self._delivered, self._known, self._runs = content, orders.places, orders.scrolls
        return Receipt(receipt.outcome, replaced=orders.replaced, clipped=orders.clipped)

    def _carry_out(self, compose: Callable[[], Orders]) -> tuple[Receipt, Orders | None]:
        """Send what `compose` returns, anew for each attempt; the orders only when carried out."""
        reason = ""
        for _ in range(self._attempts):
            try:
                link = self._open()
            except TransportError as error:
                return Receipt(Outcome.FAILED, str(error)), None
            try:
                orders = compose()
                fault = self._send(link, orders.requests)
            except ValueError as error:
                return Receipt(Outcome.FAILED, str(error)), None
            except TransportError as error:
                self.close()
                reason = str(error)
                continue
            if fault is None:
                answers = self._dialect.probe is not None
                return Receipt(Outcome.ACKNOWLEDGED if answers else Outcome.SENT), orders
            reason = f"refused by the card: {fault}"
            time.sleep(BUSY_PAUSE)
        return Receipt(Outcome.FAILED, reason), None

    def _open(self) -> Transport:
        if self._link is None:
            self._link = open_transport(self._url, timeout=self._reply_seconds)
            self._decoder = self._dialect.decoder()
        return self._link

    def _send(self, link: Transport, requests: tuple[bytes, ...]) -> str | None:
        """Have every request answered; the first fault ends it. TransportError on silence."""
        for request in requests:
            link.write(request)
            if self._dialect.probe is None:
                continue
            fault = self._await_reply(link)
            if fault is not None:
                return fault
        return None

    def _await_reply(self, link: Transport) -> str | None:
        deadline = time.monotonic() + self._reply_seconds
        while time.monotonic() < deadline:
            for reply in self._decoder.feed(link.read(READ_BYTES)):
                return reply.fault
        # A reply that comes later would be taken for the next one's: only a new link is clean.
        raise TransportError(f"no answer within {self._reply_seconds:g} s")

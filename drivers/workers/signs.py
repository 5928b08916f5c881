"""Keeps a LED sign showing what the hall wants shown."""

import threading
from collections import Counter
from typing import ClassVar

from drivers.led.content import SignContent
from drivers.led.device import LedSign, Outcome, Receipt
from drivers.workers.worker import ATTENTION, LOST, OK, TellHealth


class SignTask:
    """One sign. `desire` may be called from any thread; the last desire counts."""

    interval: ClassVar[float] = 3.0  # a sign that was unplugged shows its frame again within five

    def __init__(self, sign: LedSign) -> None:
        self.counts: Counter[str] = Counter()
        self._sign = sign
        self._desired: SignContent | None = None

    def desire(self, content: SignContent) -> bool:
        """Set what the sign should show; the next round sends it. Whether that is news.

        What it shows already is not set anew, for a running text would begin again.
        """
        news = content != self._desired
        if news:
            self._desired = content
            self._sign.desire(content)
        return news

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Send the desired frame, again and again: the card forgets it when it loses power."""
        receipt = self._sign.keep()
        if receipt is not None:
            self.counts[receipt.outcome.value] += 1
            _tell_receipt(receipt, tell)

    def close(self) -> None:
        """Let go of the link."""
        self._sign.close()


def _tell_receipt(receipt: Receipt, tell: TellHealth) -> None:
    if receipt.outcome is Outcome.FAILED:
        tell(LOST, receipt.reason)
    elif receipt.replaced or receipt.clipped:
        missing = "".join(receipt.replaced)
        tell(ATTENTION, f"cannot show: {missing}" if missing else "text is too wide")
    else:
        tell(OK, receipt.outcome.value)

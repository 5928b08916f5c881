"""Bring what was laid on a card reader or held before a scanner to the kiosk beside it."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from drivers.hall_api import HallApi, HallRefusedError, HallUnreachableError
from drivers.idcard.device import POLL_SECONDS, CardRead, IdReader
from drivers.scanner.device import Scanner
from drivers.workers.worker import OK, TellHealth

log = logging.getLogger(__name__)


class IdReaderTask:
    """One card reader. A card is told once and forgotten; what the hall missed is not kept."""

    interval: ClassVar[float] = POLL_SECONDS

    def __init__(self, hall: HallApi, device_id: int, reader: IdReader) -> None:
        self.counts: Counter[str] = Counter()
        self._hall = hall
        self._device_id = device_id
        self._reader = reader

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Look for a card. Raises TransportError when the reader does not answer."""
        reading = self._reader.poll()
        tell(OK, "")
        self.counts["damaged"] = self._reader.rejected
        if reading is None:
            return
        if isinstance(reading, CardRead):
            self.counts["cards"] += 1
            card = reading.card
            _hand_over(partial(self._hall.card, self._device_id, card.name, card.number))
        else:
            self.counts["unreadable"] += 1
            log.info("card not read", extra={"reason": reading.reason})
            _hand_over(partial(self._hall.unreadable_card, self._device_id))

    def close(self) -> None:
        """Let go of the reader."""
        self._reader.close()


class ScannerTask:
    """One scanner."""

    interval: ClassVar[float] = 0.0

    def __init__(self, hall: HallApi, device_id: int, scanner: Scanner) -> None:
        self.counts: Counter[str] = Counter()
        self._hall = hall
        self._device_id = device_id
        self._scanner = scanner

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Hand over what was scanned. Raises TransportError when the scanner is away."""
        texts = self._scanner.poll()
        tell(OK, "")
        self.counts["damaged"] = self._scanner.rejected
        for text in texts:
            self.counts["scans"] += 1
            _hand_over(partial(self._hall.scan, self._device_id, text))

    def close(self) -> None:
        """Let go of the scanner."""
        self._scanner.close()


def _hand_over(send: Callable[[], None]) -> None:
    """Tell the hall now or never: a person who waits lays the card on again."""
    try:
        send()
    except (HallUnreachableError, HallRefusedError) as error:
        log.warning("not handed over: %s", error)

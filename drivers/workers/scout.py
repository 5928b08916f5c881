"""Tells the hall which ports there are here, and looks around on the network when asked."""

import logging
import threading
from collections.abc import Callable, Sequence

from drivers.finding import Found, local_ports, on_network
from drivers.hall_api import HallApi, HallRefusedError, HallUnreachableError

log = logging.getLogger(__name__)


class Scout:
    """The agent's eyes. `connect` makes connections to the hall, one per thread."""

    def __init__(self, connect: Callable[[], HallApi]) -> None:
        self._connect = connect
        self._hall = connect()
        self._told: list[Found] | None = None
        self._search: threading.Thread | None = None

    def look_here(self) -> None:
        """Tell of this computer's ports when they are not as told before. Raises as HallApi."""
        ports = local_ports()
        if ports != self._told:
            self._hall.found(ports, on_network=False)
            self._told = ports

    def look_around(self, addresses: Sequence[str]) -> None:
        """Search the network in a thread of its own, one search at a time."""
        if addresses and (self._search is None or not self._search.is_alive()):
            self._search = threading.Thread(
                target=self._look_around, args=(addresses,), name="search", daemon=True
            )
            self._search.start()

    def _look_around(self, addresses: Sequence[str]) -> None:
        found = on_network(addresses)
        try:
            self._connect().found(found, on_network=True)
        except (HallUnreachableError, HallRefusedError) as error:
            log.warning("the search's findings were not told: %s", error)

"""Which paired devices have a socket now; written down, so that others see who is away."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from server.catalogue.models import Hall
from server.devices import presence
from server.problems import Unavailable
from server.work import SYSTEM, Workplace

log = logging.getLogger(__name__)

GRACE_SECONDS = 4.0
"""A page that is loaded anew is back before anybody is told."""

Spawn = Callable[..., object]
Sleep = Callable[[float], object]


@dataclass(slots=True)
class Presence:
    """Counts each device's sockets. `spawn` runs a call beside the request, `sleep` waits there."""

    workplace: Workplace
    spawn: Spawn
    sleep: Sleep
    _sockets: Counter[tuple[int, int]] = field(default_factory=Counter)

    def came(self, hall_id: int, device_id: int) -> None:
        """A device opened a socket."""
        self._sockets[hall_id, device_id] += 1
        if self._sockets[hall_id, device_id] == 1:
            self.spawn(self._note, hall_id, presence.came, device_id)

    def went(self, hall_id: int, device_id: int) -> None:
        """A socket of a device ended."""
        self._sockets[hall_id, device_id] -= 1
        self.spawn(self._away_after_grace, hall_id, device_id)

    def settle(self) -> None:
        """Some time after the start of the server: whoever has not come back is away."""
        self.sleep(GRACE_SECONDS * 3)
        with self.workplace.database.read() as session:
            hall_ids = list(session.scalars(select(Hall.id)))
        present = {device for (_hall, device), sockets in self._sockets.items() if sockets > 0}
        for hall_id in hall_ids:
            self._note(hall_id, presence.all_went_but, present)

    def _away_after_grace(self, hall_id: int, device_id: int) -> None:
        self.sleep(GRACE_SECONDS)
        if self._sockets[hall_id, device_id] <= 0:
            self._note(hall_id, presence.went, device_id)

    def _note(self, hall_id: int, use_case: Callable[..., None], about: object) -> None:
        try:
            with self.workplace.write(hall_id, SYSTEM) as work:
                use_case(work, about)
        except (SQLAlchemyError, Unavailable):
            log.exception("presence was not written down")

"""Who listens on sockets now, and the end of those who no longer may."""

from collections.abc import Callable
from dataclasses import dataclass, field

from server.edge.topics import rooms_of
from server.security.principal import Credentials, principals
from server.work import Workplace

RECHECK_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Listener:
    """An open socket: what it showed, the rooms that it is in, its devices as (hall, device)."""

    credentials: Credentials
    rooms: frozenset[str]
    devices: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Audience:
    """The open sockets by their id. `cut` ends one, `pause` lets others have the processor."""

    workplace: Workplace
    cut: Callable[[str], object]
    pause: Callable[[], object]
    _listeners: dict[str, Listener] = field(default_factory=dict)

    def admit(self, sid: str, credentials: Credentials) -> Listener | None:
        """Take a socket in; None when there is nothing that it may hear."""
        listener = self._listener(credentials)
        if not listener.rooms:
            return None
        self._listeners[sid] = listener
        return listener

    def leave(self, sid: str) -> Listener | None:
        """A socket has ended."""
        return self._listeners.pop(sid, None)

    def dismiss(self, session_token: str) -> None:
        """End the sockets of a login session that was ended."""
        for sid, listener in [*self._listeners.items()]:
            if listener.credentials.session_token == session_token:
                self.cut(sid)

    def recheck(self) -> None:
        """End the sockets whose rights have changed since they came; they may come again."""
        for sid, listener in [*self._listeners.items()]:
            if self._listener(listener.credentials).rooms != listener.rooms:
                self.cut(sid)
            self.pause()

    def _listener(self, credentials: Credentials) -> Listener:
        with self.workplace.database.read() as session:
            callers = list(principals(session, credentials, self.workplace.clock()))
        devices = [(one.hall_id, one.actor.device_id) for one in callers]
        present = tuple((hall_id, device) for hall_id, device in devices if device is not None)
        return Listener(credentials, rooms_of(callers), present)

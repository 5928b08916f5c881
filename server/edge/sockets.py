"""Who may listen on a socket, and to what. Sockets take no commands."""

from collections.abc import Mapping

from flask import request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, disconnect, emit, join_room

from server import __version__
from server.devices.models import DeviceKind
from server.edge.access import known_callers
from server.edge.context import context
from server.people.models import Role
from server.realtime import room
from server.security.principal import Principal, device_by_token

ROLE_TOPICS: Mapping[Role, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({"supervision", "display"}),
    Role.CLERK: frozenset({"counters"}),
    Role.GUIDANCE_DESK: frozenset({"kiosk", "display", "supervision"}),
    Role.SUPERVISOR: frozenset({"supervision", "display"}),
}

DEVICE_TOPICS: Mapping[DeviceKind, frozenset[str]] = {
    DeviceKind.AGENT: frozenset({"agents", "counters"}),
    DeviceKind.KIOSK: frozenset({"kiosk"}),
    DeviceKind.DISPLAY: frozenset({"display"}),
}


def topics_of(principal: Principal) -> frozenset[str]:
    """The topics that a caller may follow."""
    if principal.role is not None:
        return ROLE_TOPICS[principal.role]
    if principal.device_kind is not None:
        return DEVICE_TOPICS.get(principal.device_kind, frozenset())
    return frozenset()


def install_sockets(socketio: SocketIO) -> None:
    """Admit sockets by the same credentials as requests; refuse every event they send."""

    @socketio.on("connect")
    def connect(auth: object = None) -> None:
        callers = _callers(auth)
        rooms = {
            room(principal.hall_id, topic)
            for principal in callers
            for topic in topics_of(principal)
        }
        if not rooms:
            raise Refused("not-signed-in")
        for name in rooms:
            join_room(name)
        emit("hello", {"version": __version__})

    @socketio.on("*")
    def refuse(event: str, *_data: object) -> None:
        disconnect(request.sid)  # type: ignore[attr-defined]


def _callers(auth: object) -> list[Principal]:
    with context().database.read() as session:
        found = list(known_callers(session))
        token = auth.get("token") if isinstance(auth, dict) else None
        if isinstance(token, str) and (device := device_by_token(session, token)):
            found.append(device)
    return found

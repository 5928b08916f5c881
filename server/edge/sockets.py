"""Who may listen on a socket, and to what. Sockets take no commands."""

from collections.abc import Mapping

from flask import request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, disconnect, emit, join_room

from server import __version__
from server.devices.models import DeviceKind
from server.edge.access import known_callers
from server.edge.context import context
from server.edge.presence import Presence
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


def install_sockets(socketio: SocketIO, presence: Presence) -> None:
    """Admit sockets by the same credentials as requests; refuse every event they send.

    The paired devices among those who open one are present until it ends.
    """
    devices_of: dict[str, list[tuple[int, int]]] = {}

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
        devices = [(one.hall_id, one.actor.device_id) for one in callers if one.actor.device_id]
        devices_of[request.sid] = devices  # type: ignore[attr-defined]
        for hall_id, device_id in devices:
            presence.came(hall_id, device_id)
        emit("hello", {"version": __version__})

    @socketio.on("disconnect")
    def end(_reason: object = None) -> None:
        for hall_id, device_id in devices_of.pop(request.sid, []):  # type: ignore[attr-defined]
            presence.went(hall_id, device_id)

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

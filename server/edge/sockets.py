"""Who may listen on a socket, and to what. Sockets take no commands."""

from dataclasses import replace

from flask import request
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import SocketIO, disconnect, emit, join_room

from server import __version__
from server.devices.models import DeviceKind
from server.edge.access import shown_credentials
from server.edge.audience import Audience
from server.edge.presence import Presence
from server.security.principal import Credentials


def install_sockets(socketio: SocketIO, audience: Audience, presence: Presence) -> None:
    """Admit sockets by the same credentials as requests; refuse every event they send.

    The paired devices among those who open one are present until it ends.
    """

    @socketio.on("connect")
    def connect(auth: object = None) -> None:
        listener = audience.admit(_sid(), _credentials(auth))
        if listener is None:
            raise Refused("not-signed-in")
        for name in listener.rooms:
            join_room(name)
        for hall_id, device_id in listener.devices:
            presence.came(hall_id, device_id)
        emit("hello", {"version": __version__})

    @socketio.on("disconnect")
    def end(_reason: object = None) -> None:
        listener = audience.leave(_sid())
        for hall_id, device_id in listener.devices if listener else ():
            presence.went(hall_id, device_id)

    @socketio.on("*")
    def refuse(event: str, *_data: object) -> None:
        disconnect(_sid())


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


def _credentials(auth: object) -> Credentials:
    """What the request shows, and the agent's credential when the handshake carries it."""
    shown = shown_credentials()
    token = auth.get("token") if isinstance(auth, dict) else None
    if not isinstance(token, str):
        return shown
    return replace(shown, device_tokens=(*shown.device_tokens, (DeviceKind.AGENT, token)))

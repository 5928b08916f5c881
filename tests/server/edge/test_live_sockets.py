"""The same over real connections: what a test client cannot show."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import socketio
from socketio.exceptions import ConnectionError as Refused
from werkzeug.serving import make_server

from server.devices.models import DeviceKind
from server.edge.access import device_cookie
from tests.builders.site import Site
from tests.services.ports import LOOPBACK
from tests.services.waiting import wait_until

OWN_ORIGIN = "http://127.0.0.1:8080"


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Where the application answers."""
    server = make_server(LOOPBACK, 0, site.hallkeeper.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://{LOOPBACK}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def kiosk_cookie(site: Site) -> str:
    cookie = site.device("kiosk").client.get_cookie(device_cookie(DeviceKind.KIOSK))
    assert cookie is not None
    return f"{cookie.key}={cookie.value}"


@contextmanager
def connected(
    address: str, transport: str, **headers: str
) -> Iterator[tuple[socketio.Client, list[str]]]:
    """A client and the names of the events that it has received. Raises Refused."""
    # Browsers send an origin of their own; this client sends the one that the test gives.
    only_given = {"suppress_origin": True}
    client = socketio.Client(reconnection=False, websocket_extra_options=only_given)
    received: list[str] = []
    client.on("*", lambda event, *_data: received.append(event))
    client.connect(address, headers=headers, transports=[transport])
    try:
        yield client, received
    finally:
        client.disconnect()


both_transports = pytest.mark.parametrize("transport", ["websocket", "polling"])


@both_transports
def test_a_paired_browser_is_let_in(address: str, kiosk_cookie: str, transport: str) -> None:
    with connected(address, transport, Cookie=kiosk_cookie, Origin=OWN_ORIGIN) as (_, received):
        wait_until(lambda: "hello" in received, "the server's greeting")


@both_transports
def test_another_sites_page_is_refused(address: str, kiosk_cookie: str, transport: str) -> None:
    with (
        pytest.raises(Refused),
        connected(address, transport, Cookie=kiosk_cookie, Origin="http://evil.example"),
    ):
        pass


@both_transports
def test_without_a_credential_nobody_is_let_in(address: str, transport: str) -> None:
    with pytest.raises(Refused), connected(address, transport, Origin=OWN_ORIGIN):
        pass


def test_who_speaks_is_cut_off(address: str, kiosk_cookie: str) -> None:
    with connected(address, "websocket", Cookie=kiosk_cookie) as (client, _):
        client.emit("take_ticket", {"service_id": 1})
        wait_until(lambda: not client.connected, "the end of the connection")

"""What the agent sees around it becomes what an administrator is offered."""

import pytest

from drivers import finding
from drivers.finding import Found
from drivers.hall_api import HallApi
from drivers.workers import scout
from drivers.workers.scout import Scout
from server.devices.models import DeviceSearch, FoundDevice
from server.devices.searching import ask_for_search, offers
from tests.drivers.workers.conftest import AGENT
from tests.services.live import LiveHall
from tests.services.waiting import wait_until

PORT = Found("/dev/serial/by-id/usb-1", "", "usb-1")


def offered(live_hall: LiveHall) -> list[tuple[str, bool]]:
    with live_hall.hall.work(AGENT) as work:
        return [(one.url, one.on_network) for one in offers(work)]


def test_ports_are_told_once_and_again_when_they_change(
    live_hall: LiveHall, api: HallApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports = [PORT]
    monkeypatch.setattr(scout, "local_ports", lambda: list(ports))
    eyes = Scout(lambda: api)
    eyes.look_here()
    assert offered(live_hall) == [(PORT.url, False)]
    ports.clear()
    eyes.look_here()
    assert offered(live_hall) == []


def test_the_network_is_searched_when_somebody_asks(
    live_hall: LiveHall, api: HallApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(live_hall.address.rpartition(":")[2])
    monkeypatch.setattr(finding, "USUAL_PORTS", {port: "terminal"})
    assert api.desired().search == ()
    with live_hall.hall.work(AGENT) as work:
        ask_for_search(work, live_hall.hall.devices[AGENT], "127.0.0.1")
    Scout(lambda: api).look_around(api.desired().search)
    wait_until(lambda: live_hall.hall.count(FoundDevice) == 1, "the finding")
    assert offered(live_hall) == [(f"tcp://127.0.0.1:{port}", True)]
    assert api.desired().search == ()
    assert live_hall.hall.count(DeviceSearch) == 1

"""Looking for devices."""

import pytest

from server.devices.models import DeviceKind
from server.devices.registry import DeviceForm, add_device
from server.devices.searching import (
    MOST_ADDRESSES,
    Found,
    ask_for_search,
    offers,
    open_search,
    searching,
    spread,
    take_findings,
)
from server.problems import Invalid, NotFound
from tests.builders.built import BuiltHall
from tests.server.devices.conftest import ADMIN, AGENT, KIOSK

PORT = Found("/dev/serial/by-id/usb-1", "", "usb-1")
PRINTER = Found("tcp://192.168.1.50:9100", "printer", "XP-80C")


@pytest.mark.parametrize(
    ("addresses", "first", "last", "count"),
    [
        ("192.168.1.50", "192.168.1.50", "192.168.1.50", 1),
        ("192.168.1.10-12", "192.168.1.10", "192.168.1.12", 3),
        ("192.168.1.0/24", "192.168.1.1", "192.168.1.254", 254),
        ("10.0.0.1, 10.0.0.2;10.0.0.3", "10.0.0.1", "10.0.0.3", 3),
    ],
)
def test_addresses_are_spread(addresses: str, first: str, last: str, count: int) -> None:
    found = spread(addresses)
    assert (found[0], found[-1], len(found)) == (first, last, count)


@pytest.mark.parametrize(
    "addresses", ["", "hall", "192.168.1.0/8", "10.0.0.250-300", "10.0.0.0/22 10.0.4.0/22"]
)
def test_what_is_no_address_or_too_many(addresses: str) -> None:
    with pytest.raises(Invalid):
        spread(addresses)


def test_a_whole_small_network_may_be_searched() -> None:
    assert len(spread("10.0.0.0/22")) == MOST_ADDRESSES - 2


def test_an_agent_looks_until_it_has_told(hall: BuiltHall) -> None:
    with hall.work(ADMIN) as work:
        ask_for_search(work, hall.devices[AGENT], "192.168.1.50")
    with hall.work(AGENT) as work:
        assert open_search(work) == ["192.168.1.50"]
        assert searching(work) == {hall.devices[AGENT]}
        take_findings(work, [PRINTER], on_network=True)
    with hall.work(AGENT) as work:
        assert open_search(work) == []
        assert searching(work) == set()


def test_nobody_asked(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work:
        assert open_search(work) == []


def test_a_kiosk_does_not_search(hall: BuiltHall) -> None:
    with hall.work(ADMIN) as work, pytest.raises(NotFound):
        ask_for_search(work, hall.devices[KIOSK], "192.168.1.50")


def test_what_was_found_is_offered_until_a_device_uses_it(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work:
        take_findings(work, [PORT], on_network=False)
        take_findings(work, [PRINTER, PRINTER], on_network=True)
    with hall.work(ADMIN) as work:
        assert [one.url for one in offers(work)] == [PORT.url, PRINTER.url]
        form = DeviceForm("打印机", PRINTER.url, {})
        add_device(work, hall.devices[AGENT], DeviceKind.PRINTER, form)
        assert [one.url for one in offers(work)] == [PORT.url]


def test_what_was_unplugged_is_no_longer_offered(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work:
        take_findings(work, [PORT], on_network=False)
    with hall.work(AGENT) as work:
        take_findings(work, [], on_network=False)
        assert offers(work) == []

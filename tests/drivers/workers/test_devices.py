"""Devices under their workers: what they are made from, and what they heed.

A device's options in JSON become its driver's settings, or an error that names the option.
"""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from drivers.hall_api import HallApi
from drivers.hall_messages import AgentDevice, Desired
from drivers.led.signs import SignProtocol
from drivers.workers.devices import MAKERS, Surroundings, make_device, sign_settings
from server.devices.options import OPTIONS

ZONE = ZoneInfo("Asia/Shanghai")
NOWHERE = "tcp://127.0.0.1:1"


def described(kind: str, *, url: str = NOWHERE, simulated: bool = False) -> AgentDevice:
    return AgentDevice(1, kind, "设备", url, {}, simulated)


def around(*, simulators: bool = False) -> Surroundings:
    return Surroundings(lambda: HallApi("http://127.0.0.1:1", "t"), ZONE, simulators)


def desired(sign: dict[str, Any]) -> Desired:
    return Desired(ZONE, (), ({"device_id": 1, **sign},), ())


def test_the_agent_runs_every_kind_that_the_hall_offers() -> None:
    assert set(MAKERS) == {kind.value for kind in OPTIONS}


def test_a_kind_that_this_agent_does_not_know() -> None:
    with pytest.raises(ValueError, match="runs no toaster"):
        make_device(described("toaster"), around())


def test_a_device_that_the_hall_calls_simulated_is_not_run_in_a_real_hall() -> None:
    with pytest.raises(ValueError, match="simulated"):
        make_device(described("led_sign", simulated=True), around())
    make_device(described("led_sign", simulated=True), around(simulators=True))


@pytest.mark.parametrize(
    ("kind", "event", "heeded"),
    [
        ("printer", "PrintJobQueued", True),
        ("printer", "DeviceHealthChanged", True),
        ("printer", "TicketCalled", False),
        ("scanner", "PrintJobQueued", False),
    ],
)
def test_only_what_concerns_a_device_wakes_it(kind: str, event: str, heeded: bool) -> None:
    device = make_device(described(kind), around())
    device.hear(frozenset({event}))
    assert device.worker._nudge.is_set() is heeded


def test_a_sign_is_woken_by_news_and_not_by_repetition() -> None:
    device = make_device(described("led_sign"), around())
    desire: Callable[[Desired], None] | None = device.desire
    assert desire is not None
    rest = {"show": "rest", "lines": ["一号窗口"]}
    woken = []
    for _ in range(2):
        device.worker._nudge.clear()
        desire(desired(rest))
        woken.append(device.worker._nudge.is_set())
    assert woken == [True, False]


def test_the_protocols_name_becomes_the_protocol() -> None:
    settings = sign_settings({"protocol": "cpower-tcp", "width": 96})
    assert settings.protocol is SignProtocol.CPOWER_TCP
    assert settings.width == 96


@pytest.mark.parametrize(
    ("options", "named"),
    [({"wdth": 96}, "wdth"), ({"protocol": "morse"}, "protocol"), ({"width": "wide"}, "width")],
)
def test_a_wrong_option_is_named(options: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        sign_settings(options)

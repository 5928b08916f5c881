"""What is known of a device, and who is away."""

import pytest

from server.devices.health import HealthReport, report_health
from server.devices.models import Device, DeviceKind, HealthState
from server.devices.presence import agents_away, all_went_but, came, went
from server.devices.registry import DeviceForm, add_device
from server.devices.views import DeviceView, all_devices
from server.events import EventRow
from server.problems import NotFound
from server.work import SYSTEM
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.server.devices.conftest import ADMIN, AGENT, KIOSK

OK, LOST = HealthState.OK, HealthState.LOST


@pytest.fixture
def sign(hall: BuiltHall) -> int:
    with hall.work(ADMIN) as work:
        form = DeviceForm("窗口屏", "tcp://192.168.1.60:5005", {})
        return add_device(work, hall.devices[AGENT], DeviceKind.LED_SIGN, form).id


def tell(hall: BuiltHall, sign: int, state: HealthState, detail: str = "") -> None:
    with hall.work(AGENT) as work:
        report_health(work, [HealthReport(sign, state, detail, "BX-5K", {"frames": 7})])


def view(hall: BuiltHall, device_id: int) -> DeviceView:
    with hall.work(ADMIN) as work:
        return next(one for one in all_devices(work) if one.id == device_id)


def test_the_last_good_moment_and_the_last_error_are_kept(
    hall: BuiltHall, sign: int, clock: HandClock
) -> None:
    tell(hall, sign, OK)
    good = clock()
    clock.move(minutes=1)
    tell(hall, sign, LOST, "no answer")
    bad = clock()
    clock.move(minutes=1)
    tell(hall, sign, LOST, "no answer")
    seen = view(hall, sign)
    assert (seen.last_good_at, seen.last_error, seen.last_error_at) == (good, "no answer", bad)
    assert (seen.identity, seen.counts) == ("BX-5K", {"frames": 7})


def test_only_news_is_an_event(hall: BuiltHall, sign: int) -> None:
    tell(hall, sign, OK)
    before = hall.count(EventRow)
    tell(hall, sign, OK)
    assert hall.count(EventRow) == before


def test_another_agents_device(hall: BuiltHall) -> None:
    with pytest.raises(NotFound):
        tell(hall, hall.devices[KIOSK], OK)


def test_whoever_reports_is_there(hall: BuiltHall, sign: int) -> None:
    with hall.work(ADMIN) as work:
        went(work, hall.devices[AGENT])
    tell(hall, sign, OK)
    assert view(hall, hall.devices[AGENT]).health is OK


def test_without_its_agent_a_device_is_out_of_sight(hall: BuiltHall, sign: int) -> None:
    tell(hall, sign, OK)
    with hall.work(ADMIN) as work:
        went(work, hall.devices[AGENT])
        assert agents_away(work) == {hall.devices[AGENT]}
    seen = view(hall, sign)
    assert (seen.health, seen.health_detail) == (LOST, "agent away")


def test_a_kiosk_comes_and_goes(hall: BuiltHall) -> None:
    seen = []
    for step in (came, went):
        with hall.workplace.write(hall.id, SYSTEM) as work:
            step(work, hall.devices[KIOSK])
        seen.append(view(hall, hall.devices[KIOSK]).health)
    assert seen == [OK, LOST]


def test_after_a_start_those_who_did_not_come_back_are_away(hall: BuiltHall) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        for name in (AGENT, KIOSK):
            came(work, hall.devices[name])
    with hall.workplace.write(hall.id, SYSTEM) as work:
        all_went_but(work, {hall.devices[KIOSK]})
    with hall.session() as session:
        states = {one.name: one.health for one in session.query(Device)}
    assert states == {AGENT: LOST, KIOSK: OK}


def test_a_removed_device_is_not_missed(hall: BuiltHall) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        work.session.get_one(Device, hall.devices[KIOSK]).active = False
        for step in (came, went):
            step(work, hall.devices[KIOSK])
    with hall.session() as session:
        assert session.get_one(Device, hall.devices[KIOSK]).health is HealthState.UNKNOWN

"""Adding, changing and removing devices."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.devices.models import Device, DeviceKind
from server.devices.registry import (
    DeviceForm,
    add_device,
    change_device,
    change_kiosk,
    remove_device,
)
from server.devices.views import all_devices, devices_of_agent
from server.filling import WrongFields
from server.problems import Conflict, Invalid, NotFound
from tests.builders.built import BuiltHall
from tests.server.devices.conftest import ADMIN, AGENT, KIOSK

URL = "tcp://192.168.1.50:9100"


def add(
    hall: BuiltHall,
    name: str = "打印机",
    kind: DeviceKind = DeviceKind.PRINTER,
    options: Mapping[str, Any] | None = None,
    **more: Any,
) -> int:
    with hall.work(ADMIN) as work:
        form = DeviceForm(name, **{"url": URL, "options": options or {}, **more})
        return add_device(work, hall.devices[AGENT], kind, form).id


def run_by_agent(hall: BuiltHall) -> list[tuple[str, str, dict[str, Any]]]:
    with hall.work(AGENT) as work:
        return [(one.name, one.url, one.options) for one in devices_of_agent(work)]


def test_an_added_device_is_run_by_its_agent(hall: BuiltHall) -> None:
    add(hall, options={"width_dots": 384, "roll_metres": 30})
    assert run_by_agent(hall) == [("打印机", URL, {"width_dots": 384})]


def test_a_change_reaches_the_agent(hall: BuiltHall) -> None:
    device_id = add(hall)
    with hall.work(ADMIN) as work:
        change_device(work, device_id, DeviceForm("新打印机", "COM3", {"encoding": "raster"}))
    assert run_by_agent(hall) == [("新打印机", "COM3", {"encoding": "raster"})]


def test_a_removed_device_is_gone_and_its_name_is_free(hall: BuiltHall) -> None:
    device_id = add(hall)
    with hall.work(ADMIN) as work:
        remove_device(work, device_id)
    assert run_by_agent(hall) == []
    add(hall)


def test_an_agent_with_devices_stays(hall: BuiltHall) -> None:
    add(hall)
    with hall.work(ADMIN) as work, pytest.raises(Conflict):
        remove_device(work, hall.devices[AGENT])


def test_a_removed_kiosk_has_lost_its_credential(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        session.get_one(Device, hall.devices[KIOSK]).token_hash = "x"
    with hall.work(ADMIN) as work:
        remove_device(work, hall.devices[KIOSK])
    with hall.session() as session:
        assert session.get_one(Device, hall.devices[KIOSK]).token_hash is None


@pytest.mark.parametrize(
    ("kind", "options", "field"),
    [
        (DeviceKind.PRINTER, {"width_dots": 100}, "width_dots"),
        (DeviceKind.PRINTER, {"encoding": "ebcdic"}, "encoding"),
        (DeviceKind.LED_SIGN, {"width": 0}, "width"),
        (DeviceKind.TERMINAL, {"comm_key": -1}, "comm_key"),
        (DeviceKind.PANEL_BUS, {"panels": {"300": 1}}, "panels"),
        (DeviceKind.PRINTER, {"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_option_is_named(
    hall: BuiltHall, kind: DeviceKind, options: dict[str, Any], field: str
) -> None:
    with pytest.raises(WrongFields) as raised:
        add(hall, kind=kind, options=options)
    assert list(raised.value.fields) == [field]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"url": " "}, {"kind": DeviceKind.KIOSK}])
def test_what_is_missing_or_paired_is_refused(hall: BuiltHall, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        add(hall, **wrong)


def test_a_name_is_given_once(hall: BuiltHall) -> None:
    add(hall)
    with pytest.raises(Conflict):
        add(hall)


def test_a_counter_that_is_not_there(hall: BuiltHall) -> None:
    with pytest.raises(NotFound):
        add(hall, kind=DeviceKind.LED_SIGN, counter_id=4711)


def test_a_kiosk_runs_no_devices(hall: BuiltHall) -> None:
    with hall.work(ADMIN) as work, pytest.raises(NotFound):
        add_device(work, hall.devices[KIOSK], DeviceKind.PRINTER, DeviceForm("打印机", URL, {}))


def test_a_paired_device_is_not_changed_like_one_of_an_agent(hall: BuiltHall) -> None:
    with hall.work(ADMIN) as work, pytest.raises(Invalid):
        change_device(work, hall.devices[KIOSK], DeviceForm("取号机", URL, {}))


def test_a_kiosk_gets_its_printer(hall: BuiltHall) -> None:
    printer_id = add(hall)
    with hall.work(ADMIN) as work:
        assert change_kiosk(work, hall.devices[KIOSK], "一号取号机", printer_id).printer_id
    with hall.work(ADMIN) as work, pytest.raises(NotFound):
        change_kiosk(work, hall.devices[KIOSK], "一号取号机", hall.devices[AGENT])


def test_devices_are_listed_after_their_agent(hall: BuiltHall) -> None:
    add(hall, "二号窗口屏", DeviceKind.LED_SIGN, counter_id=hall.counters[2])
    with hall.work(ADMIN) as work:
        listed = [(one.name, one.agent, one.counter) for one in all_devices(work)]
    assert listed == [
        (AGENT, "", ""),
        ("二号窗口屏", AGENT, "2 号窗口"),
        (KIOSK, "", ""),
    ]


def test_every_change_is_audited(hall: BuiltHall) -> None:
    device_id = add(hall)
    with hall.work(ADMIN) as work:
        change_device(work, device_id, DeviceForm("打印机", URL, {}))
        remove_device(work, device_id)
    with hall.session() as session:
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["device.add", "device.change", "device.remove"]

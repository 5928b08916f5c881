"""The sample hall's devices: which exist, on which ports their simulators listen."""

import json
import socket
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.catalogue.models import Counter, Hall
from server.devices.models import Device, DeviceKind
from server.devices.registry import LOCAL_AGENT
from server.people.models import Person
from server.work import Workplace

LOOPBACK = "127.0.0.1"
KIOSK_NAME = "取号机"
BESIDE_KIOSK = frozenset({DeviceKind.ID_READER, DeviceKind.SCANNER})


@dataclass(frozen=True, slots=True)
class SimulatedDevice:
    """A simulated device of the demonstration and the port it prefers.

    `options` are both the driver's and the simulator's, `hall_options` concern the hall alone.
    """

    name: str
    title: str
    kind: DeviceKind
    port: int
    counter_number: int | None = None
    options: dict[str, Any] = field(default_factory=dict)
    hall_options: dict[str, Any] = field(default_factory=dict)


SIGN_SIZE = {"width": 160, "height": 32}
BOARD_SIZE = {"width": 256, "height": 64}
NOTICE = {"notice": "请保管好随身物品，过号请到导办台"}
PANELS = {"panels": {"1": 1, "2": 2}, "pads": {"101": 1, "102": 2}}

SIMULATED = (
    SimulatedDevice("printer", "取号打印机", DeviceKind.PRINTER, 9100, options={"width_dots": 576}),
    SimulatedDevice(
        "sign-1", "1 号窗口屏", DeviceKind.LED_SIGN, 5005, counter_number=1, options=SIGN_SIZE
    ),
    SimulatedDevice(
        "sign-2", "2 号窗口屏", DeviceKind.LED_SIGN, 5006, counter_number=2, options=SIGN_SIZE
    ),
    SimulatedDevice(
        "board", "大厅点阵屏", DeviceKind.LED_SIGN, 5007, options=BOARD_SIZE, hall_options=NOTICE
    ),
    SimulatedDevice("panels", "叫号器与评价器", DeviceKind.PANEL_BUS, 4001, options=PANELS),
    SimulatedDevice("id-reader", "身份证读卡器", DeviceKind.ID_READER, 4002),
    SimulatedDevice(
        "desk-id-reader",
        "导办台身份证读卡器",
        DeviceKind.ID_READER,
        4004,
        hall_options={"at_desk": True},
    ),
    SimulatedDevice("scanner", "扫码器", DeviceKind.SCANNER, 4003),
    SimulatedDevice("terminal", "指纹考勤机", DeviceKind.TERMINAL, 4370),
)


def add_devices(session: Session, hall: Hall) -> Device:
    """Add the agent, kiosk, hall screen and simulated devices; the terminal is returned."""
    kiosk = Device(hall_id=hall.id, kind=DeviceKind.KIOSK, name=KIOSK_NAME)
    session.add_all(
        [
            Device(hall_id=hall.id, kind=DeviceKind.AGENT, name=LOCAL_AGENT),
            kiosk,
            Device(hall_id=hall.id, kind=DeviceKind.DISPLAY, name="大厅屏"),
        ]
    )
    session.flush()
    rows = _simulated_rows(session, hall.id)
    kiosk.printer_id = rows["printer"].id
    session.flush()
    return rows["terminal"]


def _simulated_rows(session: Session, hall_id: int) -> dict[str, Device]:
    """The simulated devices' rows by name; those that an older sample hall lacks are added."""
    present = {
        row.name: row for row in session.scalars(select(Device).where(Device.hall_id == hall_id))
    }
    counter_ids = {
        counter.number: counter.id
        for counter in session.scalars(select(Counter).where(Counter.hall_id == hall_id))
    }
    rows = {
        device.name: present.get(device.title)
        or Device(
            hall_id=hall_id,
            kind=device.kind,
            name=device.title,
            agent_id=present[LOCAL_AGENT].id,
            counter_id=counter_ids.get(device.counter_number or 0),
            options=_options(device, counter_ids, present[KIOSK_NAME].id),
            simulated=True,
        )
        for device in SIMULATED
    }
    session.add_all(rows.values())
    session.flush()
    return rows


def _options(device: SimulatedDevice, counter_ids: dict[int, int], kiosk_id: int) -> dict[str, Any]:
    """A device's options; where it stands is told by row numbers."""
    if device.kind in BESIDE_KIOSK and not device.hall_options:
        return {"kiosk_id": kiosk_id}
    if device.kind is not DeviceKind.PANEL_BUS:
        return device.options | device.hall_options
    return {
        part: {address: counter_ids[number] for address, number in places.items()}
        for part, places in device.options.items()
    }


def choose_ports() -> dict[str, int]:
    """A port for each simulated device: the one that the real kind uses, if it is free here."""
    return {device.name: free_port(device.port) for device in SIMULATED}


def free_port(preferred: int = 0) -> int:
    """The preferred loopback port when it is free, else one that is."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on this machine")


def address_devices(workplace: Workplace, hall_id: int, ports: dict[str, int]) -> None:
    """Write down where the simulators listen this time."""
    with workplace.database.write() as session:
        for name, row in _simulated_rows(session, hall_id).items():
            row.url = f"tcp://{LOOPBACK}:{ports[name]}"


def enrolled(session: Session) -> list[dict[str, str]]:
    """Who is enrolled at the simulated terminal: the sample hall's staff, by PIN and name."""
    people = session.scalars(select(Person).order_by(Person.staff_number))
    return [{"pin": str(int(person.staff_number)), "name": person.name} for person in people]


def simulator_plan(workplace: Workplace, ports: dict[str, int]) -> str:
    """What the simulators' process is to run, as JSON for `python -m drivers.simulators`."""
    with workplace.database.read() as session:
        users = enrolled(session)
    return json.dumps(
        [
            {
                "name": device.name,
                "kind": device.kind.value,
                "port": ports[device.name],
                "options": device.options
                | ({"users": users} if device.kind is DeviceKind.TERMINAL else {}),
            }
            for device in SIMULATED
        ],
        ensure_ascii=False,
    )

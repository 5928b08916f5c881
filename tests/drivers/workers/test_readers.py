"""From a card or a code to the kiosk beside the reader, and nowhere else."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from zoneinfo import ZoneInfo

import pytest

from drivers.hall_api import HallApi
from drivers.hall_messages import AgentDevice
from drivers.idcard.simulator import PEOPLE, IdReaderSimulator
from drivers.scanner.simulator import ScannerSimulator
from drivers.simulator import Simulator
from drivers.workers.devices import Surroundings, make_device
from drivers.workers.worker import Worker
from server.devices.models import Device, DeviceKind
from tests.drivers.workers.conftest import AGENT
from tests.services.live import LiveHall
from tests.services.waiting import wait_until

KIOSK, READER, SCANNER = "取号机", "读卡器", "扫码器"


class Beside:
    """A kiosk with a reader and a scanner beside it, and what is pushed to its page."""

    def __init__(self, live_hall: LiveHall, api: HallApi, stack: ExitStack) -> None:
        self.simulators: dict[str, Simulator] = {
            READER: IdReaderSimulator(READER),
            SCANNER: ScannerSimulator(SCANNER),
        }
        self.pushed: list[tuple[str, dict[str, object], str]] = []
        self._live_hall = live_hall
        self._api = api
        self._stack = stack
        live_hall.hallkeeper.relay.emit = lambda *told: self.pushed.append(told)
        self._add_rows()

    def run(self, name: str) -> Worker:
        """Start the worker of a reader."""
        simulator = self.simulators[name]
        simulator.start()
        self._stack.callback(simulator.stop)
        described = next(one for one in self._api.desired().devices if one.name == name)
        at = AgentDevice(described.id, described.kind, name, simulator.address, described.options)
        around = Surroundings(lambda: self._api, ZoneInfo("Asia/Shanghai"), simulators=True)
        worker = make_device(at, around).worker
        worker.start()
        self._stack.callback(worker.stop, 5)
        wait_until(lambda: worker.health[0] == "ok", "the reader")
        return worker

    def handed(self) -> dict[str, object]:
        """The first thing that was pushed."""
        wait_until(lambda: self.pushed, "the push")
        return self.pushed[0][1]

    def _add_rows(self) -> None:
        hall = self._live_hall.hall
        with hall.database.write() as session:
            kiosk = Device(hall_id=hall.id, kind=DeviceKind.KIOSK, name=KIOSK)
            session.add(kiosk)
            session.flush()
            for kind, name in ((DeviceKind.ID_READER, READER), (DeviceKind.SCANNER, SCANNER)):
                session.add(
                    Device(
                        hall_id=hall.id,
                        kind=kind,
                        name=name,
                        agent_id=hall.devices[AGENT],
                        options={"kiosk_id": kiosk.id},
                    )
                )
            self.room = f"hall:{hall.id}:kiosk:{kiosk.id}"


@pytest.fixture
def beside(live_hall: LiveHall, api: HallApi) -> Iterator[Beside]:
    with ExitStack() as stack:
        yield Beside(live_hall, api, stack)


def test_a_card_reaches_its_kiosk_masked(beside: Beside, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    beside.run(READER)
    beside.simulators[READER].command("lay_card")
    handed = beside.handed()
    assert (handed["kind"], handed["name"], handed["number"]) == (
        "card",
        "示**",
        "0000************18",
    )
    assert {room for _event, _message, room in beside.pushed} == {beside.room}
    assert PEOPLE[0].number not in caplog.text


def test_a_spoiled_card_is_told(beside: Beside) -> None:
    beside.run(READER)
    beside.simulators[READER].command("lay_spoiled_card")
    assert beside.handed()["kind"] == "unreadable_card"


def test_a_code_reaches_its_kiosk(beside: Beside) -> None:
    beside.run(SCANNER)
    beside.simulators[SCANNER].command("scan", text="http://hall.example/t/abc")
    assert beside.handed()["text"] == "http://hall.example/t/abc"


def test_what_the_hall_does_not_hear_is_lost_and_the_reader_goes_on(
    beside: Beside, live_hall: LiveHall
) -> None:
    worker = beside.run(READER)
    with live_hall.hall.database.write() as session:
        reader = session.query(Device).filter_by(name=READER).one()
        reader.options = {}
    beside.simulators[READER].command("lay_card")
    wait_until(lambda: worker.counts.get("cards") == 1, "the card")
    assert worker.health[0] == "ok"
    assert beside.pushed == []

"""From a key on a simulated panel to the hall's rows, and back to the panel's digits."""

from collections.abc import Iterator
from time import process_time

import pytest
from sqlalchemy import select

from drivers.hall_api import HallApi
from drivers.panel.device import KeyPressed, PanelBus, Rated, Timing
from drivers.panel.keys import Action, Press
from drivers.panel.simulator import PanelSimulator
from drivers.workers.panels import PanelDesk, PanelPlaces, PanelTask, UnknownSourceError
from drivers.workers.worker import Worker
from server.devices.models import Device
from server.queueing.grades import Grade
from server.queueing.models import Rating
from tests.builders.built import ClerkAtCounter
from tests.drivers.workers.conftest import BUS
from tests.services.live import LiveHall
from tests.services.waiting import wait_until

BRISK = Timing(baud=1_000_000, listen=0.02, gap=0.0)
PANEL, STRANGER, PAD = 1, 2, 101


@pytest.fixture
def devices() -> Iterator[PanelSimulator]:
    simulator = PanelSimulator("总线", panels=[PANEL, STRANGER], pads=[PAD])
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def worker(devices: PanelSimulator, live_hall: LiveHall, api: HallApi) -> Iterator[Worker]:
    """The bus at work, its panel and pad at counter 1."""
    counter_id = live_hall.hall.counters[1]
    options = {"panels": {str(PANEL): counter_id}, "pads": {str(PAD): counter_id}}
    with live_hall.hall.database.write() as session:
        session.get_one(Device, live_hall.hall.devices[BUS]).options = options
    bus = PanelBus(devices.address, BRISK)
    desk = PanelDesk(api, bus, PanelPlaces.from_options(options))
    desk.desire(api.desired().counters)
    worker = Worker(BUS, PanelTask(bus, desk))
    worker.start()
    desk.start()
    wait_until(lambda: panel(devices)["waiting"] == "000", "the first display")
    yield worker
    desk.stop()
    worker.stop(5)


@pytest.fixture
def clerk(live_hall: LiveHall, worker: Worker) -> ClerkAtCounter:
    for _ in range(2):
        live_hall.hall.take("A")
    return live_hall.hall.clerk(1)


def panel(devices: PanelSimulator, address: int = PANEL) -> dict[str, object]:
    panels = devices.state()["panels"]
    assert isinstance(panels, list)
    return next(state for state in panels if state["address"] == address)


def refresh(worker: Worker, api: HallApi) -> None:
    """Let the panels follow the hall, as the agent does at each notice."""
    task = worker._task
    assert isinstance(task, PanelTask)
    task._desk.desire(api.desired().counters)


def test_a_key_calls_and_the_panel_shows_the_number(
    devices: PanelSimulator, worker: Worker, clerk: ClerkAtCounter, api: HallApi
) -> None:
    refresh(worker, api)
    devices.command("press_key", address=PANEL, key="call")
    wait_until(
        lambda: (panel(devices)["ticket"], panel(devices)["waiting"]) == ("001", "001"), "A001"
    )


def test_an_error_is_a_beep(devices: PanelSimulator, clerk: ClerkAtCounter) -> None:
    devices.command("press_key", address=PANEL, key="recall")
    wait_until(lambda: panel(devices)["beeps"] == 1, "a beep")


def test_a_rating_follows_the_evaluate_key(
    devices: PanelSimulator, worker: Worker, clerk: ClerkAtCounter, live_hall: LiveHall
) -> None:
    ticket = clerk.next()
    devices.command("press_key", address=PANEL, key="evaluate")
    wait_until(lambda: devices.state()["pads"] == [{"address": PAD, "asking": True}], "the lamp")
    devices.command("rate", address=PAD, rating=1)
    wait_until(lambda: live_hall.hall.count(Rating) == 1, "the rating")
    with live_hall.hall.session() as session:
        rating = session.scalars(select(Rating)).one()
    assert (rating.ticket_id, rating.grade) == (ticket.id, Grade.VERY_SATISFIED)


def test_an_address_without_a_counter_is_told_to_the_administrator(
    devices: PanelSimulator, worker: Worker
) -> None:
    devices.command("press_key", address=STRANGER, key="call")
    wait_until(lambda: panel(devices, STRANGER)["beeps"] == 1, "a beep")
    wait_until(lambda: worker.health == ("attention", "no counter for address 2"), "the health")


def test_a_lost_line_is_told_and_comes_back(devices: PanelSimulator, worker: Worker) -> None:
    devices.stop()
    wait_until(lambda: worker.health[0] == "lost", "the loss")
    devices.start()
    wait_until(lambda: worker.health[0] == "ok", "the recovery")


def test_a_press_that_the_hall_never_hears_is_beeped_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drivers.workers.panels.STALE_SECONDS", 0.5)
    bus = PanelBus("tcp://127.0.0.1:1", BRISK)
    desk = PanelDesk(HallApi("http://127.0.0.1:1", "t"), bus, PanelPlaces({PANEL: 1}, {}))
    desk.start()
    desk.take(KeyPressed(PANEL, Press(Action.NEXT)))
    wait_until(lambda: len(bus._once) == 1, "the beep")
    desk.stop()


def test_more_presses_than_the_desk_holds_are_beeped_at() -> None:
    bus = PanelBus("tcp://127.0.0.1:1", BRISK)
    desk = PanelDesk(HallApi("http://127.0.0.1:1", "t"), bus, PanelPlaces({PANEL: 1}, {}))
    for _ in range(65):
        desk.take(KeyPressed(PANEL, Press(Action.NEXT)))
    assert len(bus._once) == 1


@pytest.mark.parametrize(
    ("best_first", "key", "grade"),
    [(True, 1, "very_satisfied"), (True, 5, "very_dissatisfied"), (False, 1, "very_dissatisfied")],
)
def test_a_pads_keys_are_grades(best_first: bool, key: int, grade: str) -> None:
    assert PanelPlaces({}, {}, best_first).grade(key) == grade


@pytest.mark.parametrize("key", [0, 6])
def test_a_key_that_no_pad_has(key: int) -> None:
    with pytest.raises(UnknownSourceError):
        PanelPlaces({}, {}).grade(key)


def test_a_pad_without_a_counter() -> None:
    with pytest.raises(UnknownSourceError):
        PanelPlaces({7: 1}, {}).counter_of(Rated(7, 1))


def test_ten_thousand_damaged_frames_cost_little_and_hide_nothing(
    devices: PanelSimulator, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    damaged = bytes.fromhex("FF 68 02 02 68 01 03 00 16")
    before = process_time()
    for _ in range(100):
        devices._lines[0].sendall(damaged * 100)
    wait_until(lambda: worker.counts["damaged"] == 10_000, "the damage")
    assert process_time() - before < 5
    assert devices.command("press_key", address=PANEL, key="recall")["answered"] is True
    assert worker.health == ("ok", "")
    assert len(caplog.records) < 50

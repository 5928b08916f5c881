"""The agent keeps its devices equal to what the hall wants, and tells how they are."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from drivers.agent import Agent
from drivers.escpos.simulator import PrinterSimulator
from drivers.idcard.simulator import IdReaderSimulator
from server.devices.events import DevicesChanged
from server.devices.models import Device, FoundDevice, HealthState
from server.devices.searching import ask_for_search
from server.printing.jobs import NewJob, queue_job
from tests.drivers.workers.conftest import AGENT, PRINTER, SECOND_PRINTER, clock, live_hall
from tests.services.live import LiveHall
from tests.services.waiting import wait_until

__all__ = ["clock", "live_hall"]

MARKUP = "<receipt><line>A001</line><cut/></receipt>"


@pytest.fixture
def printer() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator(width_dots=576)
    simulator.start()
    yield simulator
    simulator.stop()


@contextmanager
def running(live_hall: LiveHall, *, simulators: bool = True) -> Iterator[Agent]:
    """The hall's agent at work."""
    agent = Agent(live_hall.address, live_hall.token(AGENT), simulators)
    thread = threading.Thread(target=agent.run)
    thread.start()
    try:
        yield agent
    finally:
        agent.stop()
        thread.join()


def set_up(live_hall: LiveHall, name: str, **changes: Any) -> None:
    """Change a device's row as an administrator does."""
    hall = live_hall.hall
    with hall.work(AGENT) as work:
        device = work.session.get_one(Device, hall.devices[name])
        for attribute, value in changes.items():
            setattr(device, attribute, value)
        work.record(DevicesChanged(device_id=device.id))


def row(live_hall: LiveHall, name: str) -> Device:
    with live_hall.hall.session() as session:
        return session.get_one(Device, live_hall.hall.devices[name])


def wait_for(live_hall: LiveHall, name: str, holds: Callable[[Device], bool]) -> Device:
    wait_until(lambda: holds(row(live_hall, name)), name, seconds=15)
    return row(live_hall, name)


def test_the_hall_learns_how_a_device_is_and_who(
    live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    set_up(live_hall, PRINTER, url=printer.address)
    with running(live_hall):
        device = wait_for(live_hall, PRINTER, lambda one: one.health is HealthState.OK)
        assert (device.health_detail, device.identity) == ("ready", "HALLKEEPER-SIMULATOR")
        agent = wait_for(live_hall, AGENT, lambda one: one.health is HealthState.OK)
        assert agent.last_good_at is not None


def test_a_simulated_device_is_refused_in_a_real_hall(
    live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    set_up(live_hall, PRINTER, url=printer.address)
    with live_hall.hall.work(AGENT) as work:
        queue_job(work, live_hall.hall.devices[PRINTER], NewJob("A001", MARKUP))
    with running(live_hall, simulators=False):
        device = wait_for(live_hall, PRINTER, lambda one: one.health is HealthState.ATTENTION)
        assert device.health_detail == "simulated device, refused"
    assert printer.papers() == ()


def test_a_device_may_move_and_be_removed(live_hall: LiveHall, printer: PrinterSimulator) -> None:
    set_up(live_hall, PRINTER, url="tcp://127.0.0.1:1")
    with running(live_hall) as agent:
        wait_for(live_hall, PRINTER, lambda one: one.health is HealthState.LOST)
        set_up(live_hall, PRINTER, url=printer.address)
        wait_for(live_hall, PRINTER, lambda one: one.health is HealthState.OK)
        set_up(live_hall, PRINTER, active=False)
        wait_until(lambda: not agent.running, "the end of its worker")


def test_a_wrong_setting_harms_no_other_device(
    live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    set_up(live_hall, PRINTER, url=printer.address)
    set_up(live_hall, SECOND_PRINTER, url=printer.address, options={"width_dots": 7})
    with running(live_hall):
        wait_for(live_hall, PRINTER, lambda one: one.health is HealthState.OK)
        wrong = wait_for(live_hall, SECOND_PRINTER, lambda one: one.health is HealthState.LOST)
        assert wrong.health_detail.startswith("settings: width of 7 dots")


def test_paper_that_ran_out_is_known_within_five_seconds(
    live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    set_up(live_hall, PRINTER, url=printer.address)
    with running(live_hall):
        wait_for(live_hall, PRINTER, lambda one: one.health is HealthState.OK)
        printer.command("paper_out")
        wait_until(
            lambda: row(live_hall, PRINTER).health_detail == "paper_end", "the alarm", seconds=5
        )


def test_places_for_devices_are_told(live_hall: LiveHall, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = IdReaderSimulator("读卡器")
    reader.start()
    port = int(reader.address.rpartition(":")[2])
    monkeypatch.setattr("drivers.finding.USUAL_PORTS", {port: ""})
    with running(live_hall):
        with live_hall.hall.work(AGENT) as work:
            ask_for_search(work, live_hall.hall.devices[AGENT], "127.0.0.1")
        wait_until(lambda: found(live_hall) == {reader.address}, "the finding", seconds=15)
    reader.stop()


def found(live_hall: LiveHall) -> set[str]:
    with live_hall.hall.session() as session:
        on_network = select(FoundDevice.url).where(FoundDevice.on_network)
        return set(session.scalars(on_network))

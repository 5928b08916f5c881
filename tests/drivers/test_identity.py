"""How a simulated device gives itself away, wire by wire."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from drivers.escpos.device import Printer
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from drivers.identity import Asking, is_simulated, nothing_known
from drivers.panel.device import PanelBus, Timing
from drivers.panel.simulator import PanelSimulator
from drivers.simulator import Simulator
from drivers.transport import TransportError
from drivers.workers.punches import terminal_identity
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal
from tests.services.waiting import wait_until


@pytest.fixture
def run() -> Iterator[list[Simulator]]:
    """Simulators put in here are stopped in the end."""
    started: list[Simulator] = []
    yield started
    for simulator in started:
        simulator.stop()


def test_a_simulated_printer_says_so_by_its_model_name(run: list[Simulator]) -> None:
    simulator = PrinterSimulator(width_dots=576)
    simulator.start()
    run.append(simulator)
    assert is_simulated(Printer(simulator.address, PrinterSettings()).name())


def test_a_simulated_terminal_says_so_by_its_name(run: list[Simulator]) -> None:
    simulator = SimulatedTerminal()
    simulator.start()
    run.append(simulator)
    assert is_simulated(terminal_identity(Terminal.at(simulator.address)))


def test_a_simulated_bus_says_so_when_somebody_listens(run: list[Simulator]) -> None:
    simulator = PanelSimulator("总线", panels=[1])
    simulator.start()
    run.append(simulator)
    bus = PanelBus(simulator.address, Timing(listen=0.02))
    with closing(bus):
        wait_until(lambda: (bus.poll(), is_simulated(bus.identity))[1], "the confession")


def test_a_terminal_that_is_away_is_not_known() -> None:
    assert terminal_identity(Terminal.at("tcp://127.0.0.1:1")) == ""


@pytest.mark.parametrize("identity", ["", "XP-80C", "EPSON TM-T20III"])
def test_a_real_device_is_not_taken_for_a_simulated_one(identity: str) -> None:
    assert not is_simulated(identity)


def test_a_silent_device_is_not_asked_for_ever() -> None:
    asked: list[None] = []

    def ask() -> str:
        asked.append(None)
        return ""

    asking = Asking(ask)
    assert [asking() for _ in range(9)] == [""] * 9
    assert len(asked) == 3


def test_a_device_that_is_away_is_asked_when_it_comes() -> None:
    answers = iter([TransportError("away")] * 5)

    def ask() -> str:
        for away in answers:
            raise away
        return "XP-80C"

    asking = Asking(ask)
    assert [asking() for _ in range(6)][-1] == "XP-80C"


def test_some_wires_tell_nothing() -> None:
    assert nothing_known() == ""

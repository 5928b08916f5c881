"""The scanner against a simulated one over TCP."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from drivers.identity import is_simulated
from drivers.scanner.device import Scanner
from drivers.scanner.simulator import ScannerSimulator
from drivers.transport import TransportError
from tests.services.waiting import wait_until


@pytest.fixture
def simulator() -> Iterator[ScannerSimulator]:
    simulator = ScannerSimulator("扫码器")
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def scanner(simulator: ScannerSimulator) -> Iterator[Scanner]:
    with closing(Scanner(simulator.address)) as scanner:
        wait_until(lambda: (scanner.poll(), simulator.state()["listeners"] == 1)[1], "the link")
        yield scanner


def test_a_code_is_heard(scanner: Scanner, simulator: ScannerSimulator) -> None:
    simulator.command("scan", text="http://hall.example/t/abc")
    assert wait_until(scanner.poll, "the code") == ["http://hall.example/t/abc"]


def test_silence(scanner: Scanner) -> None:
    assert scanner.poll() == []


def test_a_code_whose_end_was_lost_does_not_spoil_the_next(
    scanner: Scanner, simulator: ScannerSimulator
) -> None:
    simulator.command("scan_half", text="A00")
    assert [scanner.poll(), scanner.poll()] == [[], []]
    simulator.command("scan", text="A002")
    assert wait_until(scanner.poll, "the code") == ["A002"]


def test_it_says_that_it_is_simulated_and_that_is_no_code(
    scanner: Scanner, simulator: ScannerSimulator
) -> None:
    assert is_simulated(scanner.identity)
    assert simulator.state()["simulated"] is True


def test_a_pulled_cable(scanner: Scanner, simulator: ScannerSimulator) -> None:
    simulator.stop()
    with pytest.raises(TransportError):
        wait_until(scanner.poll, "the loss")
    simulator.start()
    assert scanner.poll() == []


def test_cutting_the_line_leaves_the_scanner_on(simulator: ScannerSimulator) -> None:
    assert simulator.command("drop") == {"drop": True}
    assert simulator.picture() is None
    assert simulator.commands() == ("scan", "scan_half", "drop")

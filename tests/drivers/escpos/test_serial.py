"""A printer on a serial port: the same driver through pyserial, and a real socat between."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.escpos.blocks import Block
from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.outcome import OutcomeState, Reason
from drivers.escpos.settings import Confirmation, PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from drivers.escpos.status import PrinterState

pytestmark = pytest.mark.skipif(
    shutil.which("socat") is None, reason="NOT TESTED: the program socat is not installed"
)


class Plug:
    """A serial port at a fixed path whose cable leads to the simulated printer."""

    def __init__(self, path: Path, address: str, eventually: Callable[..., None]) -> None:
        self.path = path
        self._address = address.replace("tcp://", "TCP:")
        self._eventually = eventually
        self._cable: subprocess.Popen[bytes] | None = None

    def plug_in(self) -> None:
        """As udev does for /dev/serial/by-id: the path leads to whatever node there is now."""
        port = f"PTY,link={self.path},raw,echo=0"
        self._cable = subprocess.Popen(["socat", port, self._address])
        self._eventually(self.path.exists)

    def pull_out(self) -> None:
        if self._cable is not None:
            self._cable.terminate()
            self._cable.wait(5)
            self._cable = None


@pytest.fixture
def plug(
    tmp_path: Path, simulator: PrinterSimulator, eventually: Callable[..., None]
) -> Iterator[Plug]:
    plug = Plug(tmp_path / "usb-ticket-printer", simulator.address, eventually)
    plug.plug_in()
    yield plug
    plug.pull_out()


@pytest.fixture
def printer(plug: Plug) -> Printer:
    return Printer(f"{plug.path}?baud=115200", PrinterSettings(), timeout=1, deadline=10)


def test_a_job_is_printed_over_a_serial_port(
    printer: Printer, simulator: PrinterSimulator, ticket: tuple[Block, ...]
) -> None:
    outcome = printer.print_job(compose(ticket, PrinterSettings()).data, "1")
    assert (outcome.state, outcome.method) == (OutcomeState.PRINTED, Confirmation.ECHO)
    assert "A001号" in simulator.papers()[0].text


def test_a_port_unplugged_and_found_again_is_simply_opened_again(
    plug: Plug, printer: Printer, simulator: PrinterSimulator
) -> None:
    plug.pull_out()
    away = printer.print_job(b"A001\n\x1dV\x00", "1")
    plug.plug_in()
    back = printer.print_job(b"A001\n\x1dV\x00", "1")
    assert (away.reason, away.status.state) == (Reason.UNREACHABLE, PrinterState.UNREACHABLE)
    assert back.state is OutcomeState.PRINTED
    assert [paper.text for paper in simulator.papers()] == ["A001"]

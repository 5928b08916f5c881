"""The driver at a simulated printer, as the tests of printing use it."""

from drivers.escpos.device import Printer
from drivers.escpos.settings import Confirmation, PrinterSettings
from drivers.escpos.simulator import PrinterSimulator

SILENCE = 0.2  # seconds, so that the tests of silent printers are short


def a_printer(
    url: str, confirmation: Confirmation = Confirmation.AUTO, deadline: float = 1.0
) -> Printer:
    """The driver, with little patience."""
    settings = PrinterSettings(confirmation=confirmation)
    return Printer(url, settings, timeout=SILENCE, deadline=deadline)


def texts(simulator: PrinterSimulator) -> list[str]:
    """What is on the papers that came out."""
    return [paper.text for paper in simulator.papers()]


def a_small_job(number: str) -> bytes:
    """A line and a cut."""
    return b"\x1b@" + number.encode() + b"\n\x1dV\x00"

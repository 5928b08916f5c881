"""Places at which devices may be."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from drivers import finding
from drivers.escpos.simulator import PrinterSimulator
from drivers.finding import Found, local_ports, on_network
from drivers.usb import UsbPrinter

PL2303 = "usb-Prolific_USB-Serial_Controller-if00-port0"


@pytest.fixture
def printer() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator(width_dots=576)
    simulator.start()
    yield simulator
    simulator.stop()


def test_serial_ports_have_names_that_survive_replugging(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / PL2303).touch()
    monkeypatch.setattr(finding, "BY_ID", tmp_path)
    monkeypatch.setattr(finding, "usb_printers", list)
    assert local_ports() == [Found(str(tmp_path / PL2303), "", PL2303)]


def test_a_usb_printer_is_known_by_vendor_and_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugged = [UsbPrinter(Path("/dev/usb/lp0"), "0416", "5011", "")]
    monkeypatch.setattr(finding, "BY_ID", tmp_path)
    monkeypatch.setattr(finding, "usb_printers", lambda: plugged)
    assert local_ports() == [Found("usb://0416:5011", "printer", "/dev/usb/lp0")]


def test_without_names_by_id_the_systems_list_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "BY_ID", tmp_path / "none")
    assert all(isinstance(found, Found) for found in local_ports())


def test_a_printer_on_the_network_is_found_with_its_name(
    printer: PrinterSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = urlsplit(printer.address).port
    monkeypatch.setattr(finding, "USUAL_PORTS", {port: "printer", 1: "terminal"})
    assert on_network(["127.0.0.1"]) == [Found(printer.address, "printer", "HALLKEEPER-SIMULATOR")]
    assert printer.papers() == ()


def test_what_does_not_answer_as_a_printer_has_no_name(
    printer: PrinterSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer.command("silent")
    port = urlsplit(printer.address).port
    monkeypatch.setattr(finding, "USUAL_PORTS", {port: "printer"})
    monkeypatch.setattr(finding, "NAME_SECONDS", 0.1)
    assert [found.description for found in on_network(["127.0.0.1"])] == [""]

"""`hall doctor --hardware` on a hall whose devices are simulated."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from drivers.escpos.simulator import PrinterSimulator
from server.cli.opening import open_workplace, settings_from, sole_server
from server.demo.sample_hall import load_sample_hall
from server.devices.models import Device, DeviceKind
from tests.server.cli.conftest import HallCommand


@pytest.fixture
def printer() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator(width_dots=576)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def sample(used_folder: Path, printer: PrinterSimulator) -> Path:
    """The sample hall; of its devices only the printer has an address."""
    workplace = open_workplace(settings_from(data_dir=used_folder))
    with closing(workplace.database) as database:
        load_sample_hall(workplace)
        with database.write() as session:
            row = session.scalars(select(Device).where(Device.kind == DeviceKind.PRINTER)).one()
            row.url = printer.address
    return used_folder


def test_every_device_is_tried(hall: HallCommand, sample: Path, printer: PrinterSimulator) -> None:
    result = hall("doctor", "--hardware", "--wait", "0", "--allow-simulators")
    assert result.exit_code == 0, result.output
    assert "printed: ready" in result.output
    assert "测试页" in printer.papers()[0].text


def test_a_device_that_fails_is_told(
    hall: HallCommand, sample: Path, printer: PrinterSimulator
) -> None:
    printer.command("cover_open")
    result = hall("doctor", "--hardware", "--wait", "0", "--allow-simulators")
    assert result.exit_code == 1
    assert "cover_open" in result.output


def test_simulated_devices_are_left_alone(
    hall: HallCommand, sample: Path, printer: PrinterSimulator
) -> None:
    assert hall("doctor", "--hardware").exit_code == 1
    assert printer.papers() == ()


def test_the_doctor_does_not_take_devices_from_a_running_hall(
    hall: HallCommand, sample: Path
) -> None:
    with sole_server(sample):
        result = hall("doctor", "--hardware")
    assert result.exit_code == 1
    assert "Another server is using" in result.output


def test_before_there_is_a_hall_nothing_is_tried(hall: HallCommand, used_folder: Path) -> None:
    assert hall("doctor", "--hardware").exit_code == 0

"""A hall that a test may break: real processes on a folder of its own, devices simulated."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.escpos.simulator import PrinterSimulator
from tests.faults.installation import PRINTER, Installation, install_hall
from tests.faults.serving import Serving
from tests.faults.tray import Tray
from tests.services.children import Children

PAPER_DOTS = 576


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here injects faults."""
    folder = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(folder):
            item.add_marker("fault")


@pytest.fixture(scope="session")
def installed_once(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A hall that is never served, only copied."""
    return install_hall(tmp_path_factory.mktemp("installed") / "data")


@pytest.fixture
def installation(installed_once: Installation, tmp_path: Path) -> Installation:
    """A hall in a data folder, which no server has used yet; its devices have no address."""
    copy = shutil.copytree(installed_once.data_dir, tmp_path / "data")
    return replace(installed_once, data_dir=copy)


@pytest.fixture
def serving(children: Children, installation: Installation) -> Serving:
    """The hall's server, not started."""
    return Serving(children, installation)


@pytest.fixture
def printer(installation: Installation) -> Iterator[PrinterSimulator]:
    """The hall's ticket printer, switched on."""
    printer = PrinterSimulator(width_dots=PAPER_DOTS)
    printer.start()
    installation.set_up_device(PRINTER, printer.address)
    yield printer
    printer.stop()


@pytest.fixture
def tray(printer: PrinterSimulator) -> Iterator[Tray]:
    """What comes out of the printer."""
    with Tray(printer) as tray:
        yield tray

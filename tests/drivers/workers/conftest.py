"""A hall over real HTTP for the workers of its agent."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from drivers.hall_api import HallApi
from server.database import Database
from server.devices.models import DeviceKind
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.services.live import LiveHall, live

AGENT = "本机代理"
BUS = "叫号器"
TERMINAL = "考勤机"
PRINTER, SECOND_PRINTER = "打印机", "二号打印机"


@pytest.fixture
def clock() -> HandClock:
    """Nine o'clock on a Monday morning in Shanghai, until the test moves it."""
    return HandClock()


@pytest.fixture
def live_hall(sqlite_url: str, clock: HandClock, tmp_path: Path) -> Iterator[LiveHall]:
    """Queue A, two clerks, and an agent with a device of each kind."""
    with closing(Database(sqlite_url)) as database:
        hall = (
            a_hall()
            .with_queue("A")
            .with_clerks(2)
            .with_device(DeviceKind.AGENT, AGENT)
            .with_device(DeviceKind.PANEL_BUS, BUS)
            .with_device(DeviceKind.TERMINAL, TERMINAL)
            .with_device(DeviceKind.PRINTER, PRINTER)
            .with_device(DeviceKind.PRINTER, SECOND_PRINTER)
            .build(database, clock)
        )
        with live(hall, tmp_path, clock) as running:
            yield running


@pytest.fixture
def api(live_hall: LiveHall) -> HallApi:
    """The hall as its agent sees it."""
    return HallApi(live_hall.address, live_hall.token(AGENT))

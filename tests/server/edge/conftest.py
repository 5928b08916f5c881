"""The application over a small hall, on SQLite: what it rests on is tested on both databases."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.database import Database
from server.devices.models import DeviceKind
from server.people.models import Role
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.builders.site import Site, site_of


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """A fresh database."""
    with closing(Database(sqlite_url)) as database:
        yield database


@pytest.fixture
def site(database: Database, clock: HandClock, tmp_path: Path) -> Iterator[Site]:
    """A hall with one of each kind of person and device, and one counter."""
    hall = (
        a_hall()
        .with_queue("A")
        .with_clerks(1)
        .with_staff(Role.ADMINISTRATOR, "admin")
        .with_staff(Role.GUIDANCE_DESK, "desk")
        .with_staff(Role.SUPERVISOR, "supervisor")
        .with_device(DeviceKind.AGENT, "agent")
        .with_device(DeviceKind.PRINTER, "printer")
        .with_device(DeviceKind.KIOSK, "kiosk")
        .with_device(DeviceKind.DISPLAY, "display")
    )
    with site_of(hall.build(database, clock), tmp_path) as site:
        yield site

"""Fixtures that several test folders share; a folder's conftest.py imports those it wants."""

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
from tests.services.programs import need
from tooling.system_packages import SPEECH

ONE_OF_EACH = (
    a_hall()
    .with_queue("A")
    .with_clerks(1)
    .with_staff(Role.ADMINISTRATOR, "admin")
    .with_staff(Role.GUIDANCE_DESK, "desk")
    .with_staff(Role.SUPERVISOR, "supervisor")
    .with_device(DeviceKind.AGENT, "agent")
    .with_device(DeviceKind.PRINTER, "printer")
    .with_device(DeviceKind.TERMINAL, "terminal")
    .with_device(DeviceKind.KIOSK, "kiosk")
    .with_device(DeviceKind.DISPLAY, "display")
)


@pytest.fixture
def clock() -> HandClock:
    """Nine o'clock on a Monday morning in Shanghai, until the test moves it."""
    return HandClock()


@pytest.fixture
def site(sqlite_url: str, clock: HandClock, tmp_path: Path) -> Iterator[Site]:
    """The application over a hall with one of each kind of person and device, and one counter.

    It is on SQLite: what it rests on is tested on both databases.
    """
    with (
        closing(Database(sqlite_url)) as database,
        site_of(ONE_OF_EACH.build(database, clock), tmp_path) as site,
    ):
        yield site


@pytest.fixture
def speech(pytestconfig: pytest.Config) -> None:
    """This machine can speak; without it the test is not run, loudly."""
    need(pytestconfig.stash, SPEECH)

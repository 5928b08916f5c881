"""A hall with an agent, a kiosk and two counters."""

import pytest

from server.database import Database
from server.devices.models import DeviceKind
from server.people.models import Role
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

ADMIN, AGENT, KIOSK = "admin", "本机代理", "取号机"


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return (
        a_hall()
        .with_queue("A")
        .with_clerks(2)
        .with_staff(Role.ADMINISTRATOR, ADMIN)
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.KIOSK, KIOSK)
        .build(database, clock)
    )

"""Who has a socket is present; who had one is away after a while."""

from collections.abc import Callable

import pytest

from server.database import Database
from server.devices.models import Device, DeviceKind, HealthState
from server.edge import presence
from server.edge.presence import Presence
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

KIOSK = "取号机"


class Hands:
    """Calls that wait beside the request, and a sleep that ends when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[..., object], tuple[object, ...]]] = []
        self.slept: list[float] = []

    def spawn(self, call: Callable[..., object], *args: object) -> None:
        self.waiting.append((call, args))

    def run(self) -> None:
        """Let everything that waits go on."""
        waiting, self.waiting = self.waiting, []
        for call, args in waiting:
            call(*args)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_device(DeviceKind.KIOSK, KIOSK).build(database, clock)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def present(hall: BuiltHall, hands: Hands) -> Presence:
    return Presence(hall.workplace, hands.spawn, hands.slept.append)


def health(hall: BuiltHall) -> HealthState:
    with hall.session() as session:
        return session.get_one(Device, hall.devices[KIOSK]).health


def test_a_device_with_a_socket_is_well(hall: BuiltHall, present: Presence, hands: Hands) -> None:
    present.came(hall.id, hall.devices[KIOSK])
    hands.run()
    assert health(hall) is HealthState.OK


def test_a_device_is_away_after_a_while(hall: BuiltHall, present: Presence, hands: Hands) -> None:
    present.came(hall.id, hall.devices[KIOSK])
    hands.run()
    present.went(hall.id, hall.devices[KIOSK])
    hands.run()
    assert (health(hall), hands.slept) == (HealthState.LOST, [presence.GRACE_SECONDS])


def test_a_page_that_is_loaded_anew_was_not_away(
    hall: BuiltHall, present: Presence, hands: Hands
) -> None:
    kiosk = hall.devices[KIOSK]
    present.came(hall.id, kiosk)
    hands.run()
    present.went(hall.id, kiosk)
    present.came(hall.id, kiosk)
    hands.run()
    assert health(hall) is HealthState.OK


def test_one_of_two_sockets_is_enough(hall: BuiltHall, present: Presence, hands: Hands) -> None:
    for _ in range(2):
        present.came(hall.id, hall.devices[KIOSK])
    hands.run()
    present.went(hall.id, hall.devices[KIOSK])
    hands.run()
    assert health(hall) is HealthState.OK


def test_after_a_start_who_does_not_come_back_is_away(
    hall: BuiltHall, present: Presence, hands: Hands
) -> None:
    present.came(hall.id, hall.devices[KIOSK])
    hands.run()
    Presence(hall.workplace, hands.spawn, hands.slept.append).settle()
    assert health(hall) is HealthState.LOST

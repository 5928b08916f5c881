import pytest

from server.database import Database
from server.devices.models import Device, DeviceKind
from server.devices.pairing import issue_credential
from server.security.principal import device_by_token
from server.security.tokens import new_token, token_hash
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A hall with a kiosk."""
    return a_hall().with_device(DeviceKind.KIOSK, "取号机").build(database, clock)


def credential(hall: BuiltHall) -> str:
    with hall.database.write() as session:
        return issue_credential(session.get_one(Device, hall.devices["取号机"]))


def test_a_device_is_known_by_its_credential(hall: BuiltHall) -> None:
    token = credential(hall)
    with hall.session() as session:
        principal = device_by_token(session, token)
    assert principal is not None
    assert (principal.hall_id, principal.name, principal.device_kind, principal.role) == (
        hall.id,
        "取号机",
        DeviceKind.KIOSK,
        None,
    )


def test_a_new_credential_voids_the_old(hall: BuiltHall) -> None:
    old = credential(hall)
    credential(hall)
    with hall.session() as session:
        assert device_by_token(session, old) is None


def test_a_device_out_of_use_is_unknown(hall: BuiltHall) -> None:
    token = credential(hall)
    with hall.database.write() as session:
        session.get_one(Device, hall.devices["取号机"]).active = False
    with hall.session() as session:
        assert device_by_token(session, token) is None


@pytest.mark.parametrize("token", ["", "guessed", "None"])
def test_what_is_no_credential_is_nobody(hall: BuiltHall, token: str) -> None:
    with hall.session() as session:
        assert device_by_token(session, token) is None


def test_tokens_are_long_and_different() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) >= 43 for token in tokens)


def test_what_is_stored_does_not_tell_the_token() -> None:
    token = new_token()
    assert token not in token_hash(token)
    assert len(token_hash(token)) == 64

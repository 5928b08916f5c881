from datetime import timedelta

import pytest
from sqlalchemy import select

from server.database import Database
from server.devices.models import PAIRED_KINDS, Device, DeviceKind, Pairing
from server.devices.pairing import (
    CodeUnknown,
    accept_pairing,
    collect_credential,
    request_pairing,
)
from server.people.models import Role
from server.problems import Conflict, Invalid
from server.security.principal import device_by_token
from server.security.tokens import token_hash
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall

TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A hall with an administrator."""
    return a_hall().with_staff(Role.ADMINISTRATOR, "admin").build(database, clock)


def ask(hall: BuiltHall, kind: DeviceKind = DeviceKind.KIOSK) -> tuple[str, str]:
    """A device asks; the code that it shows and its secret."""
    with hall.workplace.anonymous() as work:
        pairing, secret = request_pairing(work, kind, TEN_MINUTES)
        return pairing.code, secret


def accept(hall: BuiltHall, code: str, name: str = "取号机") -> Device:
    with hall.work("admin") as work:
        return accept_pairing(work, code, name)


def collect(hall: BuiltHall, secret: str) -> str | None:
    with hall.workplace.anonymous() as work:
        collected = collect_credential(work, secret)
        return collected[1] if collected else None


@pytest.mark.parametrize("kind", sorted(PAIRED_KINDS))
def test_a_device_whose_code_was_typed_gets_its_credential(
    hall: BuiltHall, kind: DeviceKind
) -> None:
    code, secret = ask(hall, kind)
    device = accept(hall, code)
    token = collect(hall, secret)
    assert token is not None
    with hall.session() as session:
        principal = device_by_token(session, token)
    assert principal is not None
    assert (principal.actor.device_id, principal.device_kind) == (device.id, kind)


def test_until_then_it_waits(hall: BuiltHall) -> None:
    _code, secret = ask(hall)
    assert collect(hall, secret) is None


def test_the_code_is_six_digits(hall: BuiltHall) -> None:
    code, _secret = ask(hall)
    assert len(code) == 6
    assert code.isdigit()


def test_neither_secret_nor_credential_is_stored(hall: BuiltHall) -> None:
    code, secret = ask(hall)
    accept(hall, code)
    token = collect(hall, secret)
    assert token is not None
    with hall.session() as session:
        assert session.scalars(select(Pairing.secret_hash)).one() == token_hash(secret)
        assert session.scalars(select(Device.token_hash)).one() == token_hash(token)


def test_the_credential_is_given_once(hall: BuiltHall) -> None:
    code, secret = ask(hall)
    accept(hall, code)
    collect(hall, secret)
    with pytest.raises(CodeUnknown):
        collect(hall, secret)


def test_two_who_collect_at_once_get_one_credential(hall: BuiltHall) -> None:
    code, secret = ask(hall)
    accept(hall, code)

    def try_to_collect(_number: int) -> bool:
        try:
            return collect(hall, secret) is not None
        except CodeUnknown:
            return False

    assert sorted(together(2, try_to_collect)) == [False, True]


def test_a_code_opens_once(hall: BuiltHall) -> None:
    code, _secret = ask(hall)
    accept(hall, code)
    with pytest.raises(CodeUnknown):
        accept(hall, code, "另一台")


@pytest.mark.parametrize("code", ["", "000000x", "１２３４５６"])
def test_a_code_that_nobody_shows_opens_nothing(hall: BuiltHall, code: str) -> None:
    ask(hall)
    with pytest.raises(CodeUnknown):
        accept(hall, code)
    assert hall.count(Device) == 0


def test_a_code_runs_out(hall: BuiltHall, clock: HandClock) -> None:
    code, secret = ask(hall)
    clock.move(minutes=10)
    with pytest.raises(CodeUnknown):
        accept(hall, code)
    with pytest.raises(CodeUnknown):
        collect(hall, secret)


def test_a_name_is_given_once(hall: BuiltHall) -> None:
    accept(hall, ask(hall)[0])
    second, _secret = ask(hall)
    with pytest.raises(Conflict):
        accept(hall, second)


def test_a_new_computer_may_take_a_devices_place(hall: BuiltHall) -> None:
    code, secret = ask(hall)
    kiosk = accept(hall, code)
    old = collect(hall, secret)
    assert old is not None
    second_code, second_secret = ask(hall)
    with hall.work("admin") as work:
        assert accept_pairing(work, second_code, kiosk.name, replace=True).id == kiosk.id
    assert bearer(hall, old) == kiosk.name  # until the new one has come for its credential
    new = collect(hall, second_secret)
    assert new is not None
    assert (bearer(hall, old), bearer(hall, new)) == (None, kiosk.name)


def test_another_kind_of_device_takes_nobodys_place(hall: BuiltHall) -> None:
    kiosk = accept(hall, ask(hall)[0])
    screen, _secret = ask(hall, DeviceKind.DISPLAY)
    with pytest.raises(Conflict), hall.work("admin") as work:
        accept_pairing(work, screen, kiosk.name, replace=True)


def bearer(hall: BuiltHall, token: str) -> str | None:
    """Whose credential this is."""
    with hall.session() as session:
        principal = device_by_token(session, token)
    return principal.name if principal else None


@pytest.mark.parametrize("kind", sorted(set(DeviceKind) - PAIRED_KINDS))
def test_what_an_agent_runs_is_not_paired(hall: BuiltHall, kind: DeviceKind) -> None:
    with pytest.raises(Invalid):
        ask(hall, kind)

"""Sockets end with the rights by which they were let in."""

from collections.abc import Callable

import pytest
from flask_socketio import SocketIOTestClient
from sqlalchemy.orm import Session

from server.devices.models import Device
from server.devices.pairing import issue_credential
from server.people.models import Account, Role
from server.security.accounts import set_password
from tests.builders.clock import HandClock
from tests.builders.site import Site, Visitor


def listen(site: Site, visitor: Visitor) -> SocketIOTestClient:
    """A socket with the visitor's credentials."""
    hallkeeper = site.hallkeeper
    return SocketIOTestClient(hallkeeper.app, hallkeeper.socketio, flask_test_client=visitor.client)


def test_signing_out_ends_the_sockets_of_this_browser_alone(site: Site) -> None:
    here, elsewhere = site.person("clerk1"), site.person("clerk1")
    sockets = [listen(site, here), listen(site, here), listen(site, elsewhere)]
    here.submit("/logout")
    assert [socket.is_connected() for socket in sockets] == [False, False, True]


def deactivated(session: Session, account: Account) -> None:
    account.active = False


def with_another_role(session: Session, account: Account) -> None:
    account.role = Role.GUIDANCE_DESK


Change = Callable[[Session, Account], None]


@pytest.mark.parametrize("change", [deactivated, with_another_role])
def test_who_may_no_longer_listen_is_cut_at_the_next_look(site: Site, change: Change) -> None:
    socket = listen(site, site.person("clerk1"))
    with site.hall.database.write() as session:
        change(session, session.get_one(Account, site.hall.actor("clerk1").account_id))
    site.hallkeeper.audience.recheck()
    assert not socket.is_connected()


def test_a_new_password_ends_the_sockets(site: Site) -> None:
    socket = listen(site, site.person("clerk1"))
    with site.hall.work("admin") as work:
        set_password(work, "clerk1", "another password")
    site.hallkeeper.audience.recheck()
    assert not socket.is_connected()


def test_a_session_that_runs_out_ends_its_sockets(site: Site, clock: HandClock) -> None:
    socket = listen(site, site.person("clerk1"))
    clock.move(days=1)
    site.hallkeeper.audience.recheck()
    assert not socket.is_connected()


def test_a_device_with_a_new_credential_must_come_again(site: Site) -> None:
    socket = listen(site, site.device("kiosk"))
    with site.hall.database.write() as session:
        issue_credential(session.get_one(Device, site.hall.devices["kiosk"]))
    site.hallkeeper.audience.recheck()
    assert not socket.is_connected()


@pytest.mark.parametrize("who", ["clerk1", "kiosk"])
def test_whose_rights_are_as_before_stays(site: Site, clock: HandClock, who: str) -> None:
    socket = listen(site, site.person(who) if who in site.hall.staff else site.device(who))
    clock.move(hours=11)
    site.hallkeeper.audience.recheck()
    assert socket.is_connected()

"""Staff at their pages, without a browser."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from drivers.preview import draw_receipt
from server.app import create_app
from server.database import Database
from server.devices.models import DeviceKind
from server.edge.access import SESSION_COOKIE
from server.people.models import Account, Role
from server.security.accounts import open_session
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.services.live import settings_for

ADMINISTRATOR, DESK, CLERK = "admin", "desk", "clerk1"
AGENT, PRINTER, KIOSK = "本机代理", "取号打印机", "取号机"
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """One kind of database will do: the use cases are tested on both."""
    with closing(Database(sqlite_url)) as database:
        yield database


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return (
        a_hall()
        .with_queue("A")
        .with_clerks(1)
        .with_staff(Role.ADMINISTRATOR, ADMINISTRATOR)
        .with_staff(Role.GUIDANCE_DESK, DESK)
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.PRINTER, PRINTER)
        .with_device(DeviceKind.KIOSK, KIOSK)
        .build(database, clock)
    )


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person's browser."""

    client: FlaskClient

    def look(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers={"Accept": "text/html"})

    def submit(
        self, page: str, path: str, form: Mapping[str, object] | None = None
    ) -> TestResponse:
        """Send a form of a page, with the page's token; redirects are followed."""
        token = TOKEN.search(self.look(page).text)
        assert token, f"{page} has no form token"
        return self.client.post(
            path,
            data={"csrf_token": token[1], **(form or {})},
            headers={"Accept": "text/html"},
            follow_redirects=True,
        )


@pytest.fixture
def sign_in(hall: BuiltHall, tmp_path: Path, clock: HandClock) -> Iterator[Callable[[str], Person]]:
    """Signs somebody in by user name."""
    hallkeeper = create_app(settings_for(hall, tmp_path), clock=clock, draw_receipt=draw_receipt)

    def person(username: str) -> Person:
        with hall.database.write() as session:
            account = session.get_one(Account, hall.actor(username).account_id)
            token = open_session(session, account, now=clock(), valid=timedelta(hours=1))
        client = hallkeeper.app.test_client()
        client.set_cookie(SESSION_COOKIE, token)
        return Person(client)

    with closing(hallkeeper.database):
        yield person

"""The web application over a hall, and who visits it, without a network between."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from drivers.preview import draw_receipt
from drivers.sign_preview import draw_sign
from server.admin.entrance import limiter
from server.app import Hallkeeper, create_app
from server.cli.export_reading import read_export, read_log
from server.devices.models import Device, DeviceKind
from server.devices.pairing import issue_credential
from server.edge.access import SESSION_COOKIE, device_cookie
from server.people.models import Account
from server.security.accounts import open_session
from tests.builders.built import BuiltHall
from tests.services.live import settings_for

FORM_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')
SHIFT = timedelta(hours=12)


def document(response: TestResponse) -> dict[str, Any]:
    """The JSON object that an answer is."""
    assert isinstance(response.json, dict), response.text
    return response.json


@dataclass(slots=True)
class Visitor:
    """Somebody's browser, or an agent's program when it has a bearer credential."""

    client: FlaskClient
    bearer: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> TestResponse:
        """Fetch an address."""
        return self.client.get(path, headers=self._headers(headers))

    def look(self, path: str) -> TestResponse:
        """Open a page, as a person in a browser does."""
        return self.get(path, Accept="text/html")

    def send(self, path: str, body: object = None, key: str | None = None) -> TestResponse:
        """Post JSON under a fresh idempotency key, or under this one."""
        headers = {"Idempotency-Key": key or uuid4().hex} | self._form_token()
        return self.client.post(path, json=body or {}, headers=self._headers(headers))

    def submit(self, path: str, **form: Any) -> TestResponse:
        """Send a form as a page does."""
        headers = {"Accept": "text/html"} | self._form_token()
        return self.client.post(path, data=form, headers=self._headers(headers))

    def again(self) -> "Visitor":
        """The same browser once more, for what happens in it at the same moment."""
        twin = self.client.application.test_client()
        twin._cookies = dict(self.client._cookies or {})
        return Visitor(twin, self.bearer, self.headers)

    def in_english(self) -> "Visitor":
        """The same visitor with another language in the browser."""
        return Visitor(self.client, self.bearer, {"Accept-Language": "en"})

    def credentials(self) -> dict[str, str]:
        """Everything that lets this visitor in, as headers for another client."""
        headers = self._headers(self._form_token())
        cookies = [
            f"{cookie.key}={cookie.value}" for cookie in (self.client._cookies or {}).values()
        ]
        return headers | ({"Cookie": "; ".join(cookies)} if cookies else {})

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        bearer = {"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}
        return self.headers | bearer | more

    def _form_token(self) -> dict[str, str]:
        """What the pages of this browser send along; a program has no pages."""
        if self.bearer:
            return {}
        found = FORM_TOKEN.search(self.client.get("/login").text)
        assert found, "the sign-in page has no form token"
        return {"X-CSRFToken": found[1]}


@dataclass(frozen=True, slots=True)
class Site:
    """A running application and the hall behind it."""

    hall: BuiltHall
    hallkeeper: Hallkeeper
    _tokens: dict[str, str] = field(default_factory=dict)

    def nobody(self) -> Visitor:
        """A browser that nobody has signed in with."""
        return Visitor(self.hallkeeper.app.test_client())

    def visitor(self, who: str) -> Visitor:
        """Somebody of the hall, person or device."""
        return self.person(who) if who in self.hall.staff else self.device(who)

    def person(self, username: str) -> Visitor:
        """A browser in which this person is signed in."""
        with self.hall.database.write() as session:
            account = session.get_one(Account, self.hall.actor(username).account_id)
            now = self.hall.workplace.clock()
            token = open_session(session, account, now=now, valid=SHIFT)
        return self._with_cookie(SESSION_COOKIE, token)

    def device(self, name: str) -> Visitor:
        """A paired device: a browser, or an agent's program."""
        with self.hall.database.write() as session:
            device = session.get_one(Device, self.hall.devices[name])
            if name not in self._tokens:
                self._tokens[name] = issue_credential(device)
        token = self._tokens[name]
        if device.kind is DeviceKind.AGENT:
            return Visitor(self.hallkeeper.app.test_client(use_cookies=False), bearer=token)
        return self._with_cookie(device_cookie(device.kind), token)

    def _with_cookie(self, name: str, value: str) -> Visitor:
        visitor = self.nobody()
        visitor.client.set_cookie(name, value)
        return visitor


@contextmanager
def site_of(hall: BuiltHall, data_dir: Path) -> Iterator[Site]:
    """The application over this hall and its clock, for the length of a block."""
    hallkeeper = create_app(
        settings_for(hall, data_dir),
        clock=hall.workplace.clock,
        draw_receipt=draw_receipt,
        draw_sign=draw_sign,
        read_export=read_export,
        read_log=read_log,
    )
    limiter.reset()  # it counts for the whole process
    with closing(hallkeeper.database):
        yield Site(hall, hallkeeper)

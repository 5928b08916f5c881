"""What a browser sends: cookies, the page's form token, one JSON request at a time."""

import http.client
import json
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from tests.services.ports import LOOPBACK

PATIENCE_SECONDS = 20.0
CSRF = re.compile(rb'name="csrf-token" content="([^"]+)"')

# What a request can die of when the server does.
LOST = (OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that came whole."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        """The JSON in it."""
        return json.loads(self.content)


class Browser:
    """One browser with a credential in its cookies; every request takes a new connection.

    A request raises one of LOST when no whole answer came.
    """

    def __init__(self, port: int, page: str, cookies: Mapping[str, str]) -> None:
        self._port = port
        self._page = page
        self._cookies = dict(cookies)
        self._form_token = ""

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {
            "Cookie": cookies,
            "X-CSRFToken": self._form_token,
            "Content-Type": "application/json",
        }

    def open_page(self) -> Answer:
        """Load the page, which brings the form token that presses need."""
        answer = self.get(self._page)
        found = CSRF.search(answer.content)
        assert found, f"{self._page}: no form token in\n{answer.content.decode()}"
        self._form_token = found[1].decode()
        return answer

    def get(self, path: str) -> Answer:
        """Fetch something."""
        return self._send("GET", path, None, {})

    def post(self, path: str, body: object, *, key: str | None = None) -> Answer:
        """Send a command, with the idempotency key of its press."""
        return self._send("POST", path, body, {"Idempotency-Key": key} if key else {})

    def _send(self, method: str, path: str, body: object, more: Mapping[str, str]) -> Answer:
        content = None if body is None else json.dumps(body)
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=PATIENCE_SECONDS)
        with closing(connection):
            connection.request(method, path, content, {**self.headers, **more})
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
        for cookie in SimpleCookie(answer.headers.get("Set-Cookie", "")).values():
            self._cookies[cookie.key] = cookie.value
        return answer


def kiosk(port: int, token: str) -> Browser:
    """A paired kiosk."""
    return Browser(port, "/kiosk", {"hk_kiosk": token})


def clerk(port: int, token: str) -> Browser:
    """A clerk who is signed in."""
    return Browser(port, "/counter", {"hk_session": token})

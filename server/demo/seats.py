"""Seats: the same application under several path prefixes, each with its own cookies.

One page can so show a kiosk, two clerks and a hall screen at once, each signed in as itself.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/seat/"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the demonstration page: a paired device, or a clerk at a counter."""

    name: str
    title: str
    page: str
    device_name: str | None = None
    username: str | None = None
    counter_number: int | None = None


SEATS = {
    seat.name: seat
    for seat in (
        Seat("kiosk", "取号机", "kiosk.page", device_name="取号机"),
        Seat("display", "大厅屏", "display.page", device_name="大厅屏"),
        Seat("counter-1", "1 号窗口", "counter.page", username="clerk1", counter_number=1),
        Seat("counter-2", "2 号窗口", "counter.page", username="clerk2", counter_number=2),
        Seat("supervisor", "督查", "admin.punches", username="supervisor"),
    )
}


class SeatPrefixes:
    """WSGI middleware: serves `/seat/<name>/…` as the application under that prefix."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Move a known seat's prefix from the path to the script name."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX):
            name, slash, rest = path.removeprefix(PREFIX).partition("/")
            if slash and name in SEATS:
                environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}{PREFIX}{name}"
                environ["PATH_INFO"] = f"/{rest}"
        return self._application(environ, start_response)


def seat_token(secret_key: str, seat: Seat) -> str:
    """The credential of a seat's device: the same at every visit, unguessable without the key."""
    return _derived(secret_key, f"seat:{seat.name}")


def demo_key(secret_key: str) -> str:
    """The key in the demonstration's address."""
    return _derived(secret_key, "demo")


def _derived(secret_key: str, purpose: str) -> str:
    return hmac.new(secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()

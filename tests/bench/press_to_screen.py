"""From a clerk's press to the hall screens: when the first and the last of them have the notice.

    python -m tests.bench.press_to_screen [--screens 100] [--presses 50]

Measured from the moment before the press is sent to the moment when the whole pushed notice of the
call has come; the baseline is the same hall with one screen. A pause is made between two presses,
as a clerk makes one: what happens within a twentieth of a second is told in one notice. The CPU
time is the web process's from press to press, the presses' own work included; `per delivery` is
what each screen more than one adds for each notice that it gets.
"""

import itertools
import selectors
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

import click

from tests.bench import wire
from tests.bench.web import Web, fresh_hall, web_process
from tests.faults.browser import Browser, clerk, kiosk
from tests.faults.screens import Screen

CALLED = "TicketCalled"
PAUSE_SECONDS = 0.2
QUIET_SECONDS = 0.3
CLERKS_COUNTER = 1


@dataclass(slots=True)
class Presses:
    """Seconds to the first and to the last screen of each press, notices received, CPU seconds."""

    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    notices: int = 0
    cpu: float = 0.0


class Hall:
    """A clerk at a counter, people waiting, screens listening."""

    def __init__(self, web: Web, screens: list[Screen]) -> None:
        self._web = web
        self._screens = screens
        self._selector = selectors.DefaultSelector()
        for screen in screens:
            self._selector.register(screen, selectors.EVENT_READ, screen)
        self._clerk: Browser = clerk(web.port, web.installation.clerk_token)
        self._clerk.open_page()
        self._path = f"/api/counters/{web.installation.counters[CLERKS_COUNTER]}"
        self._version: int = self._clerk.post(f"{self._path}/open", {}).body["version"]
        self._keys = (f"press-{number}" for number in itertools.count())

    def measure(self, presses: int) -> Presses:
        """Call and finish so many tickets."""
        measured = Presses()
        self._drain()
        before = self._web.cpu_seconds()
        for _ in range(presses):
            arrivals = self._call()
            measured.first.append(min(arrivals))
            measured.last.append(max(arrivals))
            measured.notices += len(arrivals)
            self._finish()
            measured.notices += self._drain()
        measured.cpu = self._web.cpu_seconds() - before
        return measured

    def _call(self) -> list[float]:
        """Press next; the seconds until each screen had the call."""
        press = self._request("next")
        with closing(wire.connect(self._web.port)) as link:
            started = time.perf_counter()
            link.sendall(press)
            arrivals = [at - started for at in self._calls_heard()]
            answer = wire.receive(link)
        self._version = answer["version"]
        return arrivals

    def _calls_heard(self) -> Iterator[float]:
        """Wait until every screen has heard of the call; the moment of each."""
        missing = set(self._screens)
        while missing:
            for key, _ready in self._selector.select():
                heard = any(CALLED in event for event in key.data.events())
                if heard and key.data in missing:
                    missing.remove(key.data)
                    yield time.perf_counter()

    def _finish(self) -> None:
        answer = self._clerk.post(
            f"{self._path}/finish", {"version": self._version}, key=next(self._keys)
        )
        self._version = answer.body["version"]
        time.sleep(PAUSE_SECONDS)

    def _drain(self) -> int:
        """Hear out what is on its way; the notices in it."""
        notices = 0
        while ready := self._selector.select(QUIET_SECONDS):
            notices += sum(len(key.data.events()) for key, _ready in ready)
        return notices

    def _request(self, press: str) -> bytes:
        headers = {**self._clerk.headers, "Idempotency-Key": next(self._keys)}
        body = b'{"version": %d}' % self._version
        return wire.request("POST", f"{self._path}/{press}", headers, body)


def run(screens: int, presses: int) -> Presses:
    """Measure with so many screens."""
    with fresh_hall() as installation, web_process(installation) as web, ExitStack() as opened:
        browser = kiosk(web.port, installation.kiosk_token)
        browser.open_page()
        for number in range(presses):
            body = {"service_id": installation.services["A"]}
            assert browser.post("/api/tickets", body, key=f"ticket-{number}").status == 201
        token = installation.screen_token
        connected = [Screen(web.port, token) for _ in range(screens)]
        for screen in connected:
            opened.enter_context(closing(screen))
        return Hall(web, connected).measure(presses)


def row(screens: int, measured: Presses) -> str:
    """A line of the table, in milliseconds."""
    cuts = [
        statistics.quantiles(values, n=100, method="inclusive")
        for values in (measured.first, measured.last)
    ]
    times = "".join(f"{cut[at] * 1000:>10.1f}" for cut in cuts for at in (49, 98))
    presses = len(measured.first)
    return f"{screens:>7}{times}{measured.notices:>10}{measured.cpu / presses * 1000:>14.1f}"


@click.command(help=__doc__)
@click.option("--screens", default=100, show_default=True)
@click.option("--presses", default=50, show_default=True)
def main(screens: int, presses: int) -> None:
    """Measure with one screen and with many, and print the table."""
    click.echo(
        f"{'screens':>7}{'first p50':>10}{'p99':>10}{'last p50':>10}{'p99 ms':>10}"
        f"{'notices':>10}{'CPU ms/press':>14}"
    )
    one, many = run(1, presses), run(screens, presses)
    click.echo(row(1, one))
    click.echo(row(screens, many))
    more = (many.cpu - one.cpu) / (many.notices - one.notices)
    ratio = statistics.median(many.last) / statistics.median(one.last)
    click.echo(f"last of {screens} screens against one: {ratio:.2f} times as long")
    click.echo(f"CPU per delivery: {more * 1e6:.0f} µs")


if __name__ == "__main__":
    main()

"""A hall screen in Chromium while numbers are called: its frames, and what it keeps in memory.

    python -m tests.bench.screen_life [--calls 5000] [--seconds 20]

Frames: the gaps between animation frames with calls coming, against the same screen at rest. A gap
of more than one and a half frames at 60/s counts as late. Memory: the script heap after a
collection, the nodes and the listeners of the page after the first hundred calls and after all.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import click
from playwright.sync_api import CDPSession, Page

from tests.bench.chromium import chromium, empty_page
from tests.bench.web import Web, fresh_hall, web_process
from tests.faults.browser import clerk, kiosk
from tests.services.ports import LOOPBACK

CLERKS_COUNTER = 1
SETTLED_CALLS = 100
SECONDS_BETWEEN = 1.0
SETTLE_MS = 3000
MEGABYTE = 1024 * 1024
WALL = (1920, 1080)
WATCH_FRAMES = """() => {
  window.gaps = [];
  window.watching = true;
  let last = performance.now();
  const frame = (now) => {
    window.gaps.push(now - last);
    last = now;
    if (window.watching) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
WATCH_NO_MORE = "() => { window.watching = false; window.gaps = []; }"
TAKE_GAPS = "() => window.gaps.splice(0)"
LATE_MS = 1000 / 60 * 1.5


class Memory(NamedTuple):
    """What a page keeps: MB of script heap, DOM nodes, event listeners."""

    heap: float
    nodes: int
    listeners: int


class Calls:
    """A clerk who calls and finishes, and citizens who come as fast as that."""

    def __init__(self, web: Web) -> None:
        self._hall = web.installation
        self._kiosk = kiosk(web.port, self._hall.kiosk_token)
        self._clerk = clerk(web.port, self._hall.clerk_token)
        self._kiosk.open_page()
        self._clerk.open_page()
        self._path = f"/api/counters/{self._hall.counters[CLERKS_COUNTER]}"
        self._version: int = self._clerk.post(f"{self._path}/open", {}).body["version"]
        self._keys = (f"life-{number}" for number in itertools.count())

    def one(self) -> None:
        """A number is taken, called and finished."""
        body = {"service_id": self._hall.services["A"]}
        taken = self._kiosk.post("/api/tickets", body, key=next(self._keys))
        assert taken.status == 201, taken.body
        for press in ("next", "finish"):
            answer = self._clerk.post(
                f"{self._path}/{press}", {"version": self._version}, key=next(self._keys)
            )
            self._version = answer.body["version"]


def frames(page: Page, seconds: float, meanwhile: Callable[[], None]) -> tuple[float, float, float]:
    """Animation frames of so many seconds: per second, the late part, the longest gap (ms)."""
    page.evaluate(TAKE_GAPS)
    started = time.monotonic()
    until = started + seconds
    while time.monotonic() < until:
        meanwhile()
        page.wait_for_timeout(SECONDS_BETWEEN * 1000)
    gaps: list[float] = page.evaluate(TAKE_GAPS)
    rate = len(gaps) / (time.monotonic() - started)
    return rate, sum(gap > LATE_MS for gap in gaps) / len(gaps), max(gaps)


def memory(tools: CDPSession) -> Memory:
    """What the page keeps after a collection."""
    tools.send("HeapProfiler.collectGarbage")
    heap = tools.send("Runtime.getHeapUsage")["usedSize"] / MEGABYTE
    counters: dict[str, Any] = tools.send("Memory.getDOMCounters")
    return Memory(heap, counters["nodes"], counters["jsEventListeners"])


def lives(page: Page, calls: Calls, most: int) -> Iterator[tuple[int, Memory]]:
    """Call so often; the memory after the first calls and after all."""
    tools = page.context.new_cdp_session(page)
    done = 0
    for stop in (SETTLED_CALLS, most):
        for _ in range(stop - done):
            calls.one()
        done = stop
        page.wait_for_timeout(SETTLE_MS)
        yield done, memory(tools)


@click.command(help=__doc__)
@click.option("--calls", default=5000, show_default=True)
@click.option("--seconds", default=20.0, show_default=True)
def main(calls: int, seconds: float) -> None:
    """Measure both and print the tables."""
    with (
        fresh_hall() as installation,
        web_process(installation) as web,
        chromium() as browser,
        empty_page(browser, web.port, {"hk_display": installation.screen_token}, *WALL) as page,
    ):
        page.goto(f"http://{LOOPBACK}:{web.port}/display")
        page.locator("hk-display main").wait_for()
        page.evaluate(WATCH_FRAMES)
        pressed = Calls(web)
        click.echo(f"{'screen':<10}{'frames/s':>10}{'late %':>9}{'longest ms':>12}")
        for name, act in (("at rest", lambda: None), ("calling", pressed.one)):
            rate, late, longest = frames(page, seconds, act)
            click.echo(f"{name:<10}{rate:>10.1f}{late * 100:>9.2f}{longest:>12.0f}")
        page.evaluate(WATCH_NO_MORE)
        click.echo(f"{'calls':<10}{'heap MB':>10}{'nodes':>9}{'listeners':>12}")
        for done, kept in lives(page, pressed, calls):
            click.echo(f"{done:<10}{kept.heap:>10.1f}{kept.nodes:>9}{kept.listeners:>12}")


if __name__ == "__main__":
    main()

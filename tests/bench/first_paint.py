"""The first look at each page with empty caches: weight, requests, and time to the first paint.

    python -m tests.bench.first_paint [--looks 7]

The baseline is the lightest page, on which somebody signs in. `paint` is the browser's own
first-contentful-paint, `KB` what went over the wire, heads included.
"""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import click
from playwright.sync_api import Browser

from tests.bench.chromium import chromium, empty_page
from tests.bench.web import Web, fresh_hall, web_process
from tests.faults.browser import kiosk
from tests.services.ports import LOOPBACK

BYTES_PER_KB = 1024
LOOK = """() => {
  const loaded = performance.getEntriesByType("resource");
  const page = performance.getEntriesByType("navigation")[0];
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return {
    paint: paint.startTime,
    bytes: loaded.reduce((sum, one) => sum + one.transferSize, page.transferSize),
    requests: loaded.length + 1,
  };
}"""
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"


@dataclass(frozen=True, slots=True)
class PageLook:
    """What a look costs: milliseconds to the first paint (median), KB, requests."""

    name: str
    paint: float
    weight: float
    requests: int


def pages(web: Web) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Each page's name, path and credential."""
    hall = web.installation
    taker = kiosk(web.port, hall.kiosk_token)
    taker.open_page()
    ticket = taker.post("/api/tickets", {"service_id": hall.services["A"]}, key="first").body
    yield "sign in", "/login", {}
    yield "kiosk", "/kiosk", {"hk_kiosk": hall.kiosk_token}
    yield "hall screen", "/display", {"hk_display": hall.screen_token}
    yield "counter", "/counter", {"hk_session": hall.clerk_token}
    yield "ticket on a phone", f"/t/{ticket['code']}", {}


def look(
    browser: Browser, web: Web, page: tuple[str, str, Mapping[str, str]], looks: int
) -> PageLook:
    """Open a page so many times, each time for the first time."""
    name, path, cookies = page
    seen = []
    for _ in range(looks):
        with empty_page(browser, web.port, cookies) as shown:
            shown.goto(f"http://{LOOPBACK}:{web.port}{path}", wait_until="load")
            shown.wait_for_function(PAINTED)
            seen.append(shown.evaluate(LOOK))
    return PageLook(
        name,
        statistics.median(one["paint"] for one in seen),
        statistics.median(one["bytes"] for one in seen) / BYTES_PER_KB,
        max(one["requests"] for one in seen),
    )


@click.command(help=__doc__)
@click.option("--looks", default=7, show_default=True)
def main(looks: int) -> None:
    """Look at each page and print the table."""
    click.echo(f"{'page':<20}{'paint ms':>10}{'ratio':>8}{'KB':>8}{'requests':>10}")
    first: PageLook | None = None
    with fresh_hall() as installation, web_process(installation) as web, chromium() as browser:
        for page in pages(web):
            seen = look(browser, web, page, looks)
            first = first or seen
            click.echo(
                f"{seen.name:<20}{seen.paint:>10.0f}{seen.paint / first.paint:>8.2f}"
                f"{seen.weight:>8.0f}{seen.requests:>10}"
            )


if __name__ == "__main__":
    main()

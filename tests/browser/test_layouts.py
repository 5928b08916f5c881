"""Each layout of a hall screen, in every size it hangs in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.seats import (
    UPRIGHT,
    WALL,
    Seats,
    Size,
    call_next,
    done,
    finish,
    serve_all,
    take_number,
)
from tests.services.chromium import Screens

SIZES = [Size(1280, 720), WALL, Size(3840, 2160), UPRIGHT]
CUT = """() => [...document.querySelectorAll(".now, .panel, .window")]
  .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.className)"""


@pytest.fixture
def admin(seats: Seats) -> Iterator[Page]:
    """The administrator at the first screen's layout, which is as usual again afterwards."""
    page = seats.staff("admin")
    yield page
    choose(seats, page, "table", "")


def choose(seats: Seats, admin: Page, kind: str, counters: str, window: str = "") -> None:
    admin.goto(f"{seats.hall.address}/admin/hall/screens")
    admin.locator("tbody a").first.click()
    admin.locator("#kind").select_option(kind)
    admin.locator("#counters").fill(counters)
    admin.locator("#window").fill(window)
    admin.get_by_role("button", name="保存").click()
    admin.locator(".notice-good").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_every_layout_fits(seats: Seats, screens: Screens, admin: Page, size: Size) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    for _ in range(5):
        take_number(kiosk)
        done(kiosk)
    for _ in range(4):
        call_next(counter)
        finish(counter)
    label = call_next(counter)
    screen = seats.screen(size=size)
    choose(seats, admin, "large", "")
    expect(screen.locator(".hall-main-large .now-label")).to_have_text(label)
    expect(screen.locator(".waiting")).to_have_count(0)
    screens.shoot(screen, f"large-{size.width}x{size.height}")
    assert screen.evaluate(CUT) == []
    choose(seats, admin, "window", "", "1")
    expect(screen.locator(".window-calling .window-label")).to_have_text(label)
    screens.shoot(screen, f"window-{size.width}x{size.height}")
    assert screen.evaluate(CUT) == []
    assert violations(screen) == []
    serve_all(counter)
    expect(screen.locator(".window-rest")).to_be_visible()


def test_a_zones_screen_shows_no_other_calls(seats: Seats, admin: Page) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    choose(seats, admin, "table", "2")
    take_number(kiosk)
    label = call_next(counter)
    screen = seats.screen()
    expect(screen.get_by_text(label, exact=True)).to_have_count(0)
    choose(seats, admin, "table", "1-2")
    expect(screen.locator(".now-label")).to_have_text(label)

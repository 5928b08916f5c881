"""A day once more, on the manager's screen."""

import pytest
from playwright.sync_api import Page, expect

from server.i18n import LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.seats import Seats, call_next, finish, take_number
from tests.services.chromium import Screens


def replay(seats: Seats, language: str = "zh") -> Page:
    """The page of today, after somebody has taken a number."""
    page = seats.staff("supervisor", language)
    page.goto(f"{seats.hall.address}/admin/queue/replay")
    page.locator("hk-replay table").first.wait_for()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_for_everybody(seats: Seats, screens: Screens, language: str) -> None:
    take_number(seats.kiosk())
    page = replay(seats, language)
    screens.shoot(page, f"replay-{language}")
    assert violations(page) == []
    assert page.evaluate("window.policyViolations") == []


def test_the_slider_shows_the_hall_as_it_was(seats: Seats) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    label = take_number(kiosk)
    assert call_next(counter) == label
    page = replay(seats)
    page.locator("#replay-time").press("End")
    expect(page.locator(".replay-tables table").last).to_contain_text(label)
    finish(counter)
    page.locator("#replay-time").press("Home")
    expect(page.locator(".replay-tables table").last).not_to_contain_text(label)

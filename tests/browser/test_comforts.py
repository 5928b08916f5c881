"""What makes the kiosk easier: the voice, high contrast, and a screen that waits for somebody."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seats import UPRIGHT, Seats, Size
from tests.browser.test_before_ticket import open_service, violations
from tests.services.chromium import Screens

LYING = Size(1366, 768)
IDLE_MS = 91_000


@pytest.fixture
def kiosk(seats: Seats) -> Page:
    return seats.kiosk()


def clockwork_kiosk(seats: Seats, language: str = "zh", size: Size = UPRIGHT) -> Page:
    """A kiosk whose time the test moves."""
    page = seats.visitor(language, size)
    page.clock.install()
    page.goto(seats.hall.seat("kiosk"))
    page.locator("hk-kiosk .choice").first.wait_for()
    return page


def test_the_voice_says_each_screen_once_it_is_on(kiosk: Page) -> None:
    with kiosk.expect_request("**/api/kiosk/prompts/categories.wav?lang=zh"):
        kiosk.get_by_role("button", name="语音提示").click()
    with kiosk.expect_request("**/api/kiosk/prompts/services.wav?lang=zh"):
        kiosk.locator(".choice").first.press("Enter")


def test_large_type_brings_the_voice_along(kiosk: Page) -> None:
    with kiosk.expect_request("**/api/kiosk/prompts/categories.wav?lang=zh"):
        kiosk.get_by_role("button", name="大字版").click()
    expect(kiosk.get_by_role("button", name="语音提示")).to_have_attribute("aria-pressed", "true")


def test_it_is_silent_until_somebody_wants_it(kiosk: Page) -> None:
    asked: list[str] = []
    kiosk.on("request", lambda request: asked.append(request.url))
    open_service(kiosk, "民政事务", "结婚登记")
    assert [address for address in asked if "prompts" in address] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [UPRIGHT, LYING])
def test_high_contrast_is_accessible(
    seats: Seats, screens: Screens, size: Size, language: str
) -> None:
    kiosk = seats.kiosk(language, size)
    kiosk.locator(".switches .button[aria-pressed]").nth(1).press("Enter")
    assert violations(kiosk) == []
    kiosk.locator(".choices-categories .choice").nth(2).press("Enter")
    kiosk.locator(".choices-services .choice").nth(2).press("Enter")
    kiosk.locator(".material").first.press("Enter")
    screens.shoot(kiosk, f"contrast-{size.width}-{language}")
    assert violations(kiosk) == []


def test_the_next_person_finds_everything_as_usual(kiosk: Page) -> None:
    kiosk.get_by_role("button", name="高对比").press("Enter")
    open_service(kiosk, "民政事务", "结婚登记")
    kiosk.locator(".answer-take").press("Enter")
    kiosk.locator(".taken-end .button-main").press("Enter")
    expect(kiosk.get_by_role("button", name="高对比")).to_have_attribute("aria-pressed", "false")
    expect(kiosk.get_by_role("button", name="语音提示")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [UPRIGHT, LYING])
def test_nobody_there_brings_a_screen_that_waits(
    seats: Seats, screens: Screens, size: Size, language: str
) -> None:
    kiosk = clockwork_kiosk(seats, language, size)
    kiosk.clock.run_for(IDLE_MS)
    idle = kiosk.locator(".idle")
    expect(idle).to_be_focused()
    screens.shoot(kiosk, f"idle-{size.width}-{language}")
    assert violations(kiosk) == []
    kiosk.clock.run_for(1_000)
    idle.click()
    expect(idle).to_have_count(0)
    expect(kiosk.locator(".choices-categories")).to_be_visible()


def test_the_touch_that_wakes_it_presses_nothing_beneath(seats: Seats) -> None:
    kiosk = clockwork_kiosk(seats)
    box = kiosk.locator(".choices-categories .choice").first.bounding_box()
    assert box
    kiosk.clock.run_for(IDLE_MS)
    kiosk.locator(".idle").wait_for()
    kiosk.mouse.click(box["x"] + 20, box["y"] + 20)
    expect(kiosk.locator(".idle")).to_have_count(0)
    expect(kiosk.locator(".choices-categories")).to_be_visible()

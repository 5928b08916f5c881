"""Text and targets: large enough for old eyes and thumbs, and never out of the frame."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import PAGES
from tests.browser.seats import UPRIGHT, WALL, Seats, Size, call_next, take_number
from tests.services.chromium import Screens

ELDER_TARGET = 60
ELDER_TEXT = 24
TARGET = 44

SMALLEST_TARGET = """
() => Math.min(...[...document.querySelectorAll("button, nav a, a.button, input, select")]
  .map((element) => element.getBoundingClientRect())
  .filter((box) => box.width > 0)
  .map((box) => Math.min(box.width, box.height)))
"""
SMALLEST_TEXT = """
() => {
  const kiosk = document.querySelector("hk-kiosk");
  const walker = document.createTreeWalker(kiosk, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (textContent.trim() && parentElement.checkVisibility()) {
      sizes.push(parseFloat(getComputedStyle(parentElement).fontSize));
    }
  }
  return Math.min(...sizes);
}
"""
OVERFLOW = """
() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [scrollWidth - innerWidth, scrollHeight - innerHeight];
}
"""
SPILT = """
() => [...document.querySelectorAll(".card, .press, .choice, .button")]
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.className)
"""
KIOSK_SIZES = [UPRIGHT, WALL, Size(1280, 1024), Size(1366, 768)]
WALL_SIZES = [Size(1280, 720), WALL, Size(3840, 2160), UPRIGHT]


@pytest.mark.parametrize("size", KIOSK_SIZES)
def test_elder_mode_has_large_text_and_targets(seats: Seats, size: Size) -> None:
    kiosk = seats.kiosk(size=size)
    kiosk.get_by_role("button", name="大字版").click()
    measured = [sizes(kiosk)]
    kiosk.locator(".choice").first.press("Enter")
    kiosk.locator(".choices-services").wait_for()
    measured.append(sizes(kiosk))
    kiosk.locator(".choice").first.press("Enter")
    kiosk.locator(".ticket-number").wait_for()
    measured.append(sizes(kiosk))
    assert min(target for target, _text in measured) >= ELDER_TARGET
    assert min(text for _target, text in measured) >= ELDER_TEXT


@pytest.mark.parametrize("name", ["kiosk", "counter_idle", "counters", "login", "home", "devices"])
def test_targets_are_large_enough(seats: Seats, name: str) -> None:
    page = PAGES[name](seats, "zh")
    page.wait_for_load_state()
    assert page.evaluate(SMALLEST_TARGET) >= TARGET


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["counter_idle", "counter_called"])
def test_the_counter_fits_on_a_small_screen(seats: Seats, name: str, language: str) -> None:
    page = PAGES[name](seats, language)
    assert page.evaluate(OVERFLOW) == [0, 0]


@pytest.mark.parametrize("size", WALL_SIZES)
def test_the_hall_screen_shows_every_queue(seats: Seats, screens: Screens, size: Size) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    screen = seats.screen(size=size)
    take_number(kiosk)
    label = call_next(counter)
    expect(screen.locator(".now-label")).to_have_text(label)
    screens.shoot(screen, f"screen-{size.width}x{size.height}")
    assert screen.evaluate(OVERFLOW) == [0, 0]
    last = screen.locator(".waiting li").last.bounding_box()
    assert last
    assert last["y"] + last["height"] <= size.height
    assert cut_off(screen) == []


@pytest.mark.parametrize("name", ["kiosk", "kiosk_taken", "counter_called", "login", "devices"])
def test_text_twice_as_large_stays_in_the_frame(seats: Seats, screens: Screens, name: str) -> None:
    page = PAGES[name](seats, "zh")
    page.evaluate(
        "document.documentElement.style.fontSize = "
        "`${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px`"
    )
    screens.shoot(page, f"{name}-200")
    assert page.evaluate(OVERFLOW)[0] <= 0
    assert page.evaluate(SPILT) == []


def sizes(page: Page) -> tuple[float, float]:
    """The smallest target and the smallest text, in CSS pixels."""
    return page.evaluate(SMALLEST_TARGET), page.evaluate(SMALLEST_TEXT)


def cut_off(screen: Page) -> list[str]:
    """Texts of the hall screen that do not fit into their panel."""
    cut: list[str] = screen.evaluate(
        """() => [...document.querySelectorAll(".now, .panel")]
          .filter((panel) => panel.scrollHeight > panel.clientHeight + 1)
          .map((panel) => panel.className)"""
    )
    return cut

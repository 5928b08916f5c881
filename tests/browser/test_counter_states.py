"""Every state of the counter's page, for everybody and on one small screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from server.i18n import LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.presses import (
    close_sheet,
    serving,
    take,
)
from tests.browser.seats import (
    Seats,
    call_next,
    finish,
    serve_all,
)
from tests.services.chromium import Screens

OUT_OF_FRAME = """() => {
  const { scrollWidth, scrollHeight } = document.documentElement;
  return [scrollWidth - innerWidth, scrollHeight - innerHeight];
}"""
FULL_DESK = """() => {
  const page = document.querySelector("hk-counter");
  const { ticket, waiting } = page.counter;
  const [queue] = waiting;
  page.counter = {
    ...page.counter,
    reserved: 2,
    waiting: Array.from({ length: 10 }, (_, n) => ({ ...queue, queue_id: n })),
    on_hold: Array.from({ length: 6 }, (_, n) => ({ ...ticket, id: n })),
    ticket: {
      ...ticket,
      service: "城乡居民基本养老保险参保登记和信息变更",
      note: "材料第 2 份复印件不清楚，请群众补交以后再核对一次原件",
      priority: "remote_villager",
      calls: 3,
    },
  };
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_for_everybody_on_one_small_screen(
    seats: Seats, screens: Screens, language: str
) -> None:
    counter = seats.counter(1, language)
    seats.counter(2)
    take(seats, 2)

    def look(state: str) -> None:
        counter.locator(state).wait_for()
        name = re.sub(r"\W+", "-", state).strip("-")
        screens.shoot(counter, f"{name}-{language}")
        assert violations(counter) == []
        assert counter.evaluate(OUT_OF_FRAME) == [0, 0]

    look("section.hand-idle")
    call_next(counter)
    look("section.hand-called")
    counter.keyboard.press("F4")
    look("section.hand-serving")
    asked(counter, "F9", look, "#note")
    counter.keyboard.press("F8")
    look(".held")
    call_next(counter)
    finish(counter)
    look(".undo button")
    asked(counter, "Shift+F2", look, "#call-label")
    counter.locator(".held-left").press("Enter")
    look("dialog .button-main")
    close_sheet(counter)
    counter.locator("button.help").press("Enter")
    look(".button-alarm")
    close_sheet(counter)
    counter.keyboard.press("F10")
    look("dialog [data-digit]:first-child")
    counter.keyboard.press("1")
    look("section.hand-paused")
    assert counter.evaluate("window.policyViolations") == []
    serve_all(counter)


def test_the_busiest_desk_fits_on_a_small_screen(seats: Seats, screens: Screens) -> None:
    """Ten queues, six numbers on hold, a long name, a note: the lists scroll, not the page."""
    counter = seats.counter(1)
    serving(seats, counter)
    counter.evaluate(FULL_DESK)
    expect(counter.locator(".queues li")).to_have_count(11)
    screens.shoot(counter, "full")
    assert counter.evaluate(OUT_OF_FRAME) == [0, 0]
    assert violations(counter) == []
    counter.reload()
    expect(counter.locator(".hand-serving")).to_be_visible()
    finish(counter)


def asked(counter: Page, key: str, look: Callable[[str], None], state: str) -> None:
    """Look at a sheet and close it."""
    counter.keyboard.press(key)
    look(state)
    close_sheet(counter)

"""Calls are announced once each, in order; what is stale or taken back is passed over."""

import time
from datetime import datetime

from playwright.sync_api import Page, expect

from tests.browser.seats import WALL, Seats, call_next, done, finish, take_number
from tests.services.waiting import wait_until

RECORD_ANNOUNCEMENTS = """
window.announced = [];
document.addEventListener("DOMContentLoaded", () => {
  let last = null;
  const everything = { childList: true, subtree: true, characterData: true, attributes: true };
  new MutationObserver(() => {
    const shown = document.querySelector(".now-announced .now-label")?.textContent ?? null;
    if (shown && shown !== last) window.announced.push(shown);
    last = shown;
  }).observe(document.body, everything);
});
"""
CALL_AT = """
(instant) => setTimeout(
  () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "F2", cancelable: true })),
  instant - Date.now())
"""
AHEAD_MS = 400
SPOKEN_SECONDS = 20
# The presses fall into the same instant; the server takes them one after the other.
AT_ONCE_SECONDS = 0.5


def test_two_calls_at_once_are_announced_in_order_and_never_twice(seats: Seats) -> None:
    counters = [seats.counter(1), seats.counter(2)]
    kiosk, screen = seats.kiosk(), recording_screen(seats)
    for _ in counters:
        take_number(kiosk)
        done(kiosk)
    for counter in counters:
        expect(counter.locator(".waiting-total")).to_have_text("2")

    instant = int(time.time() * 1000) + AHEAD_MS
    for counter in counters:
        counter.evaluate(CALL_AT, instant)
    for counter in counters:
        expect(counter.locator(".hand-called")).to_be_visible()

    calls = screen.evaluate("document.querySelector('hk-display').snapshot.calls")[:2]
    in_order = [call["label"] for call in reversed(calls)]
    assert apart(calls[1], calls[0]) < AT_ONCE_SECONDS
    wait_until(lambda: len(announced(screen)) == 2, "both announcements", seconds=SPOKEN_SECONDS)
    assert announced(screen) == in_order

    screen.reload()
    expect(screen.locator(".now-label")).to_have_text(in_order[-1])
    for counter in counters:
        finish(counter)
    assert announced(screen) == []


def test_a_recall_is_announced_again(seats: Seats) -> None:
    counter, kiosk, screen = seats.counter(1), seats.kiosk(), recording_screen(seats)
    take_number(kiosk)
    label = call_next(counter)
    wait_until(lambda: announced(screen) == [label], "the call", seconds=SPOKEN_SECONDS)
    expect(screen.locator(".now-announced")).to_be_hidden(timeout=SPOKEN_SECONDS * 1000)

    counter.keyboard.press("F3")
    wait_until(lambda: announced(screen) == [label] * 2, "the recall", seconds=SPOKEN_SECONDS)
    finish(counter)


def test_the_spoken_call_is_fetched_in_the_pages_language(seats: Seats) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    screen = seats.visitor("en")
    screen.goto(seats.hall.seat("display"))
    screen.locator("hk-display main").wait_for()
    with screen.expect_response(lambda response: "voice.wav" in response.url) as spoken:
        take_number(kiosk)
        call_next(counter)
    assert "lang=en" in spoken.value.url
    finish(counter)


def recording_screen(seats: Seats) -> Page:
    """A hall screen whose announcements are written down."""
    screen = seats.visitor(size=WALL)
    screen.add_init_script(RECORD_ANNOUNCEMENTS)
    screen.goto(seats.hall.seat("display"))
    screen.locator("hk-display main").wait_for()
    return screen


def announced(screen: Page) -> list[str]:
    """The numbers announced since the page was loaded."""
    labels: list[str] = screen.evaluate("window.announced")
    return labels


def apart(earlier: dict[str, str], later: dict[str, str]) -> float:
    """Seconds between two calls."""
    first, second = (datetime.fromisoformat(call["called_at"]) for call in (earlier, later))
    return abs((second - first).total_seconds())

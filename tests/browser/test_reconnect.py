"""Screens live through a server restart and a silent line, without being loaded anew."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.demo_hall import DemoHall
from tests.browser.seats import WALL, Seats, call_next, finish, take_number

NOTICED_MS = 3_000
BACK_MS = 20_000
LOST = "连接中断，正在重新连接…"


@pytest.fixture
def demo_hall(tmp_path: Path) -> Iterator[DemoHall]:
    """A hall of this test's own, which it may stop."""
    hall = DemoHall(tmp_path)
    hall.start()
    yield hall
    hall.stop()


def test_pages_follow_again_after_a_server_restart(seats: Seats) -> None:
    counter, kiosk, screen = seats.counter(1), seats.kiosk(), seats.screen()
    for page in (screen, counter, kiosk):
        page.evaluate("window.neverReloaded = true")

    seats.hall.stop()
    for page in (screen, counter):
        expect(page.locator("hk-link-status")).to_contain_text(LOST, timeout=NOTICED_MS)
    expect(kiosk.locator(".offline")).to_be_visible(timeout=NOTICED_MS)
    expect(screen.locator(".hall-header h1")).to_be_visible()

    seats.hall.start()
    for page in (screen, counter, kiosk):
        expect(page.locator("hk-link-status")).not_to_contain_text(LOST, timeout=BACK_MS)
    expect(kiosk.locator(".offline")).to_be_hidden()

    label = take_number(kiosk)
    expect(counter.locator(".waiting-total")).to_have_text("1")
    assert call_next(counter) == label
    expect(screen.locator(".now-label")).to_have_text(label)
    for page in (screen, counter, kiosk):
        assert page.evaluate("window.neverReloaded") is True


def test_a_line_that_falls_silent_is_noticed_within_three_seconds(seats: Seats) -> None:
    screen, kiosk = seats.screen(), seats.kiosk()
    with silent(seats.hall):
        expect(kiosk.locator(".offline")).to_be_visible(timeout=NOTICED_MS)
        expect(screen.locator("hk-link-status")).to_contain_text(LOST, timeout=NOTICED_MS)
    expect(kiosk.locator(".offline")).to_be_hidden(timeout=BACK_MS)
    expect(screen.locator("hk-link-status")).not_to_contain_text(LOST, timeout=BACK_MS)


def test_a_press_while_the_server_is_silent_counts_once(seats: Seats) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    kiosk.locator(".choices-categories .choice").first.press("Enter")
    with silent(seats.hall):
        kiosk.locator(".choices-services .choice").first.press("Enter")
        kiosk.wait_for_timeout(6_000)  # longer than the page waits before it sends again
    kiosk.locator(".ticket-number").wait_for(timeout=BACK_MS)
    expect(counter.locator(".waiting-total")).to_have_text("1", timeout=BACK_MS)
    call_next(counter)
    finish(counter)
    expect(counter.locator(".waiting-total")).to_have_text("0")


def test_a_missed_notice_is_made_up_for(seats: Seats) -> None:
    """The screen loses one notice on the way; the next one tells it that something is missing."""
    counter, kiosk = seats.counter(1), seats.kiosk()
    screen = seats.visitor(size=WALL)
    dropping = drop_one_notice(screen)
    screen.goto(seats.hall.seat("display"))
    screen.locator("hk-display main").wait_for()

    first = take_number(kiosk)
    expect(counter.locator(".waiting-total")).to_have_text("1")
    dropping["armed"] = True
    call_next(counter)
    expect(counter.locator(".waiting-total")).to_have_text("0")
    screen.wait_for_function("window.performance.now() > 0")
    expect(screen.locator(".now-empty")).to_be_visible()

    counter.keyboard.press("F4")
    expect(screen.locator(".now-label")).to_have_text(first)
    assert dropping["dropped"] == 1


def test_a_page_of_another_version_is_loaded_anew_once(seats: Seats) -> None:
    screen = seats.visitor(size=WALL)
    loads: list[str] = []
    screen.on("load", lambda page: loads.append(page.url))
    greetings = greet_with_version(screen, "0.0.0")
    screen.goto(seats.hall.seat("display"))
    expect(screen.locator("hk-display main")).to_be_visible()
    screen.wait_for_timeout(2_000)  # long enough for a loop to show
    assert greetings["count"] == 2
    assert len(loads) == 2


@contextmanager
def silent(hall: DemoHall) -> Iterator[None]:
    """The web process answers nothing for the length of a block, but its links stay open."""
    pid = hall.web_pid()
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def drop_one_notice(page: Page) -> dict[str, int]:
    """Lose the first notice that comes after `armed` was set."""
    counts = {"armed": 0, "dropped": 0}

    def connect(browser_side: WebSocketRoute) -> None:
        server_side = browser_side.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if counts["armed"] and not counts["dropped"] and '"notice"' in str(message):
                counts["dropped"] += 1
            else:
                browser_side.send(message)

        server_side.on_message(pass_on)

    page.route_web_socket("**/socket.io/**", connect)
    return counts


def greet_with_version(page: Page, version: str) -> dict[str, int]:
    """Have the server say that it is of this version."""
    counts = {"count": 0}

    def connect(browser_side: WebSocketRoute) -> None:
        server_side = browser_side.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if '"hello"' in str(message):
                counts["count"] += 1
                message = f'42["hello",{{"version":"{version}"}}]'
            browser_side.send(message)

        server_side.on_message(pass_on)

    page.route_web_socket("**/socket.io/**", connect)
    return counts

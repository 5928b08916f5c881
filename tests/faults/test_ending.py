"""The server is told to end, or hangs: it goes soon, and what was before is there afterwards."""

import os
import signal
import time
from contextlib import ExitStack, closing

import pytest

from tests.faults.books import read_books
from tests.faults.browser import Browser, clerk, kiosk
from tests.faults.citizens import take_ticket
from tests.faults.installation import Installation
from tests.faults.screens import Screen
from tests.faults.serving import Serving
from tests.services.waiting import wait_until

SCREENS = 100
ENDED_SECONDS = 5.0
REPLACED_SECONDS = 30.0
CHECKED = b'endpoint="observing.livez"'


@pytest.fixture
def running(serving: Serving) -> Serving:
    """The hall's server, started."""
    serving.start()
    serving.wait_until_ready()
    return serving


def opened(browser: Browser) -> Browser:
    """A browser that shows its page."""
    assert browser.open_page().status == 200
    return browser


def test_ends_within_five_seconds_with_a_hundred_screens(
    running: Serving, installation: Installation
) -> None:
    label = take_ticket(opened(kiosk(running.port, installation.kiosk_token)), 1, "kept").label
    with ExitStack() as screens:
        for _ in range(SCREENS):
            screens.enter_context(closing(Screen(running.port, installation.screen_token)))
        told = time.monotonic()
        assert running.supervisor.stop() == 0
        assert time.monotonic() - told < ENDED_SECONDS
    assert [ticket.label for ticket in read_books(installation).tickets.values()] == [label]


def test_who_was_signed_in_stays_signed_in(running: Serving, installation: Installation) -> None:
    person = opened(clerk(running.port, installation.clerk_token))
    counter = f"/api/counters/{installation.counters[1]}"
    assert person.post(f"{counter}/open", {}).body["mine"]
    running.supervisor.stop()
    running.start()
    running.wait_until_ready()
    assert person.get(counter).body["mine"]  # with the cookies and the form token of before
    assert person.post(f"{counter}/close", {}).status == 200


@pytest.mark.timeout(180)
def test_a_web_process_that_hangs_is_replaced(running: Serving, installation: Installation) -> None:
    browser = opened(kiosk(running.port, installation.kiosk_token))
    wait_until(lambda: CHECKED in browser.get("/metrics").content, "the supervisor's first check")
    os.kill(running.wait_for_start("web"), signal.SIGSTOP)
    stopped = time.monotonic()
    running.wait_for_start("web", after=1)
    running.wait_until_ready()
    assert time.monotonic() - stopped < REPLACED_SECONDS
    assert take_ticket(browser, 1, "after").label == "A001"

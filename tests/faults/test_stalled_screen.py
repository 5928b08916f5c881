"""A screen stops reading: nobody else notices."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest

from tests.faults.browser import kiosk
from tests.faults.citizens import take_ticket
from tests.faults.installation import Installation
from tests.faults.screens import Screen
from tests.faults.serving import Serving

TICKETS = 60  # notices of some kilobytes each: more than a socket holds
STALLED_BUFFER_BYTES = 4096
STALLED = 5


@pytest.fixture
def running(serving: Serving) -> Serving:
    """The hall's server, started."""
    serving.start()
    serving.wait_until_ready()
    return serving


@pytest.fixture
def stalled(running: Serving, installation: Installation) -> Iterator[list[Screen]]:
    """Screens that are connected and read no more."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                closing(
                    Screen(running.port, installation.screen_token, buffer=STALLED_BUFFER_BYTES)
                )
            )
            for _ in range(STALLED)
        ]


@pytest.mark.usefixtures("stalled")
def test_the_others_hear_of_every_ticket(running: Serving, installation: Installation) -> None:
    browser = kiosk(running.port, installation.kiosk_token)
    browser.open_page()
    with closing(Screen(running.port, installation.screen_token)) as lively:
        for number in range(TICKETS):
            take_ticket(browser, 1, f"ticket-{number}")
            while not any("TicketIssued" in event for event in lively.events()):
                pass

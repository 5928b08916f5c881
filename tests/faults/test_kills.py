"""Processes die at any moment while people take tickets: what was promised is kept, once."""

import os
import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from tests.faults.books import (
    assert_numbers_contiguous,
    assert_papers_true,
    assert_promises_kept,
    read_books,
    wait_for_settled_jobs,
)
from tests.faults.browser import kiosk
from tests.faults.citizens import Promise, citizens
from tests.faults.installation import Installation
from tests.faults.serving import START_SECONDS, Serving
from tests.faults.tray import Tray
from tests.services.waiting import wait_until

KILLS = int(os.environ.get("HALLKEEPER_TEST_KILLS", "6"))
SEED = int(os.environ.get("HALLKEEPER_TEST_SEED", "1"))
KIOSKS = 4
SERVICES = 3
MOST_IN_PEACE = 12  # tickets between two deaths
PRINT_SECONDS = 120.0


def restart_after(kill: Callable[[Serving], None]) -> Callable[[Serving], None]:
    """A kill that takes the supervisor along; somebody switches the machine on again."""

    def kill_and_start(serving: Serving) -> None:
        kill(serving)
        serving.start()

    return kill_and_start


DEATHS: Mapping[str, Callable[[Serving], None]] = {
    "web": lambda serving: serving.kill("web"),
    "agent": lambda serving: serving.kill("agent"),
    "supervisor": restart_after(Serving.kill_supervisor),
    "power": restart_after(Serving.cut_power),
}


def wait_for_more(promises: Sequence[Promise], more: int) -> None:
    """Wait until so many more tickets were acknowledged."""
    enough = len(promises) + more
    wait_until(lambda: len(promises) >= enough, f"{more} more tickets", seconds=START_SECONDS)


@pytest.mark.timeout(120 + 30 * KILLS)
@pytest.mark.parametrize("seed", [SEED])
def test_what_was_promised_is_kept_once(
    serving: Serving, installation: Installation, tray: Tray, seed: int
) -> None:
    chance = random.Random(seed)
    serving.start()
    serving.wait_until_ready()
    browsers = [kiosk(serving.port, installation.kiosk_token) for _ in range(KIOSKS)]
    for browser in browsers:
        browser.open_page()

    with citizens(browsers, [*installation.services.values()][:SERVICES], seed) as promises:
        for death in chance.sample(list(DEATHS) * KILLS, KILLS):
            wait_for_more(promises, chance.randrange(MOST_IN_PEACE))
            DEATHS[death](serving)
        serving.wait_until_ready()
    wait_for_settled_jobs(installation, seconds=PRINT_SECONDS)

    books = read_books(installation)
    assert len(books.tickets) > KILLS
    assert_promises_kept(promises, books)
    assert_numbers_contiguous(books)
    assert_papers_true(tray.labels(), books)

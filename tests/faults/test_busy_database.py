"""Another process holds the database: whoever writes waits, and everybody else is served."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from server.database import sqlite_module
from tests.faults.books import read_books
from tests.faults.browser import kiosk
from tests.faults.citizens import take_ticket
from tests.faults.installation import Installation
from tests.faults.serving import Serving

LOCKED_SECONDS = 2.0
PROMPT_SECONDS = 0.5


@contextmanager
def locked(installation: Installation) -> Iterator[None]:
    """The database with its write lock in our hands."""
    path = installation.database_path
    with closing(sqlite_module().connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.timeout(180)
def test_whoever_waited_too_long_is_told_so_and_nothing_was_done(
    serving: Serving, installation: Installation
) -> None:
    serving.start()
    serving.wait_until_ready()
    browser = kiosk(serving.port, installation.kiosk_token)
    browser.open_page()
    with locked(installation):
        answer = browser.post("/api/tickets", {"service_id": 1}, key="too-long")
    assert (answer.status, answer.body["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert not read_books(installation).tickets
    assert take_ticket(browser, 1, "too-long").label == "A001"  # the same press, sent again


def test_the_server_answers_while_a_ticket_waits_for_the_database(
    serving: Serving, installation: Installation
) -> None:
    serving.start()
    serving.wait_until_ready()
    browser = kiosk(serving.port, installation.kiosk_token)
    browser.open_page()
    slowest = 0.0
    with ThreadPoolExecutor(1) as thread:
        with locked(installation):
            waiting = thread.submit(take_ticket, browser, installation.services["A"], "patient")
            end = time.monotonic() + LOCKED_SECONDS
            while (begun := time.monotonic()) < end:
                assert browser.get("/livez").status == 200
                slowest = max(slowest, time.monotonic() - begun)
            assert not waiting.done()
        assert waiting.result().label == "A001"
    assert slowest < PROMPT_SECONDS

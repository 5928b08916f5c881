"""People who take tickets while the hall is being broken, and remember what they were promised."""

import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.faults.browser import LOST, Answer, Browser
from tests.services.waiting import wait_until

RETRY_SECONDS = 60.0
RETRY_PAUSE_SECONDS = 0.1
LONGEST_THOUGHT_SECONDS = 0.4
IMPATIENCE = 0.2  # how many press twice
CREATED = 201
UNAVAILABLE = 503


@dataclass(frozen=True, slots=True)
class Promise:
    """An acknowledged ticket: the key of the press, and what the kiosk's screen showed."""

    key: str
    ticket_id: int
    label: str


def take_ticket(browser: Browser, service_id: int, key: str) -> Promise:
    """Press until there is an answer, always with the same key, and read it."""

    answers: list[Answer] = []

    def answered() -> bool:
        with suppress(*LOST):
            answers.append(browser.post("/api/tickets", {"service_id": service_id}, key=key))
        return bool(answers) and answers[-1].status != UNAVAILABLE

    wait_until(answered, f"an answer to {key}", seconds=RETRY_SECONDS, pause=RETRY_PAUSE_SECONDS)
    assert answers[-1].status == CREATED, answers[-1]
    return Promise(key, answers[-1].body["id"], answers[-1].body["label"])


def keep_taking(
    browser: Browser,
    services: list[int],
    chance: random.Random,
    enough: threading.Event,
    promises: list[Promise],
) -> None:
    """One person after the other at a kiosk; whoever has begun is waited for."""
    while not enough.wait(chance.uniform(0.0, LONGEST_THOUGHT_SECONDS)):
        key = f"{chance.getrandbits(64):016x}"
        service_id = chance.choice(services)
        promises.append(take_ticket(browser, service_id, key))
        if chance.random() < IMPATIENCE:
            promises.append(take_ticket(browser, service_id, key))


@contextmanager
def citizens(
    browsers: list[Browser], services: list[int], seed: int
) -> Iterator[Sequence[Promise]]:
    """People at each of these browsers for the length of the block; their promises so far."""
    enough = threading.Event()
    promises: list[Promise] = []
    with ThreadPoolExecutor(len(browsers)) as pool:
        crowds = [
            pool.submit(
                keep_taking,
                browser,
                services,
                random.Random(f"{seed}-{number}"),
                enough,
                promises,
            )
            for number, browser in enumerate(browsers)
        ]
        try:
            yield promises
        finally:
            enough.set()
    for crowd in crowds:
        crowd.result()

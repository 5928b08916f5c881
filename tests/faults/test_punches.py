"""Fingers are pressed while the agent and the server die: each punch is a row, once."""

import random
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from drivers.zkteco.simulator import SimulatedTerminal
from server.attendance.models import Punch
from tests.faults.installation import TERMINAL, Installation, zone_of
from tests.faults.serving import Serving
from tests.services.waiting import wait_until

SEED = 1
PEOPLE = ("1", "2", "3")
LONGEST_PAUSE_SECONDS = 0.3
READ_SECONDS = 60.0
BETWEEN_DEATHS = 8
FULL_LOG = 200_000  # handed in in twenty parts
STALL_SECONDS = 5.0


class Crowd(threading.Thread):
    """Presses fingers, sometimes one twice within the second, until it is enough."""

    def __init__(self, terminal: SimulatedTerminal, seed: int) -> None:
        super().__init__()
        self.enough = threading.Event()
        self._terminal = terminal
        self._chance = random.Random(seed)

    def run(self) -> None:
        """Press."""
        while not self.enough.wait(self._chance.uniform(0.0, LONGEST_PAUSE_SECONDS)):
            self._terminal.command("press_finger", pin=self._chance.choice(PEOPLE))


@pytest.fixture
def terminal(installation: Installation) -> Iterator[SimulatedTerminal]:
    """The hall's fingerprint terminal, with the first people enrolled."""
    terminal = SimulatedTerminal(capacity=2 * FULL_LOG, zone=zone_of(installation).key)
    for pin in PEOPLE:
        terminal.command("enrol", pin=pin)
    terminal.start()
    installation.set_up_device(TERMINAL, terminal.address)
    yield terminal
    terminal.stop()


def log_of(terminal: SimulatedTerminal) -> Counter[tuple[str, int, int, int]]:
    """What the terminal keeps, and how often each."""
    return Counter(
        (punch.pin, punch.code, punch.verify, punch.state) for punch in terminal.memory.log
    )


def rows_of(installation: Installation) -> Counter[tuple[str, int, int, int]]:
    """What the hall has stored, and how often each."""
    with installation.open_database() as database, database.read() as session:
        rows = session.execute(select(Punch.pin, Punch.raw_time, Punch.verify, Punch.state))
        return Counter((pin, code, verify, state) for pin, code, verify, state in rows)


def wait_for_rows(installation: Installation, beyond: int) -> int:
    """Wait until more than so many rows are stored, but not yet the whole log; how many."""
    stored = wait_until(
        lambda: max(count_rows(installation), beyond) - beyond, "rows", seconds=READ_SECONDS
    )
    assert beyond + stored < FULL_LOG, "the sync was over before anything could die"
    return beyond + stored


def count_rows(installation: Installation) -> int:
    """How many punches the hall has stored."""
    with installation.open_database() as database, database.read() as session:
        return session.scalar(select(func.count()).select_from(Punch)) or 0


def wait_for_more(terminal: SimulatedTerminal) -> None:
    """Wait until some more fingers were pressed."""
    enough = len(terminal.memory.log) + BETWEEN_DEATHS
    wait_until(lambda: len(terminal.memory.log) >= enough, "fingers")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [SEED])
def test_the_rows_are_the_terminals_log(
    serving: Serving, installation: Installation, terminal: SimulatedTerminal, seed: int
) -> None:
    serving.start()
    serving.wait_until_ready()
    crowd = Crowd(terminal, seed)
    crowd.start()
    for death in ("agent", "web", "agent"):
        wait_for_more(terminal)
        serving.kill(death)
    wait_for_more(terminal)
    serving.cut_power()
    wait_for_more(terminal)
    serving.start()
    wait_for_more(terminal)
    crowd.enough.set()
    crowd.join()
    wait_until(
        lambda: rows_of(installation).total() >= len(terminal.memory.log),
        "the last punch",
        seconds=READ_SECONDS,
    )
    assert rows_of(installation) == log_of(terminal)


@pytest.mark.timeout(180)
def test_a_sync_that_is_killed_at_each_of_its_ends_stores_the_whole_log_once(
    serving: Serving, installation: Installation, terminal: SimulatedTerminal
) -> None:
    terminal.command("fill", records=FULL_LOG)
    terminal.command("late_reply", seconds=STALL_SECONDS)
    serving.start()
    serving.wait_until_ready()
    wait_until(lambda: not terminal.state()["faults"], "a read under way", seconds=READ_SECONDS)
    serving.kill("agent")  # it has a part of the log, the hall has none
    stored = wait_for_rows(installation, 0)
    serving.kill("web")  # it has stored some parts, the others are on their way
    stored = wait_for_rows(installation, stored)
    serving.kill("agent")
    wait_until(lambda: count_rows(installation) >= FULL_LOG, "the last part", seconds=READ_SECONDS)
    assert rows_of(installation) == log_of(terminal)

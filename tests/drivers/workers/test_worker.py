"""What a worker promises whatever its device does."""

import threading
import time
from collections import Counter
from typing import ClassVar

import pytest

from drivers.hall_api import HallUnreachableError
from drivers.workers.worker import SIMULATED, TellHealth, Worker
from tests.services.waiting import wait_until


class Counting:
    """A task that counts its rounds and fails as it is told to."""

    interval: ClassVar[float] = 60.0

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.counts: Counter[str] = Counter()
        self.rounds = 0
        self.closed = False

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        self.rounds += 1
        if self.failure is not None:
            raise self.failure
        tell("ok", "")

    def close(self) -> None:
        self.closed = True


class Endless(Counting):
    """A task whose round lasts until it is told to stop."""

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        self.rounds += 1
        stopped.wait()


def test_a_nudge_starts_the_next_round_at_once() -> None:
    task = Counting()
    worker = Worker("device", task)
    worker.start()
    wait_until(lambda: task.rounds == 1, "the first round")
    worker.nudge()
    wait_until(lambda: task.rounds == 2, "the nudged round")
    worker.stop(2)


@pytest.mark.parametrize("failure", [HallUnreachableError("away"), RuntimeError("broken")])
def test_nudges_do_not_shorten_the_pause_after_a_failure(failure: Exception) -> None:
    task = Counting(failure)
    worker = Worker("device", task)
    worker.start()
    wait_until(lambda: task.rounds == 1, "the first round")
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        worker.nudge()
    assert task.rounds == 1
    worker.stop(2)


def test_a_drivers_fault_is_told_as_lost() -> None:
    worker = Worker("device", Counting(RuntimeError("broken")))
    worker.start()
    wait_until(lambda: worker.health == ("lost", "RuntimeError: broken"), "the bad news")
    worker.stop(2)


def test_a_long_round_ends_when_told_and_the_device_is_let_go() -> None:
    task = Endless()
    worker = Worker("device", task)
    worker.start()
    wait_until(lambda: task.rounds == 1, "the round")
    assert not worker.ended
    worker.stop(2)
    assert worker.ended
    assert task.closed


def test_a_device_that_says_it_is_simulated_is_left_alone() -> None:
    task = Counting()
    worker = Worker("device", task, identify=lambda: "HALLKEEPER-SIMULATOR")
    worker.start()
    wait_until(lambda: worker.health == ("attention", SIMULATED), "the refusal")
    worker.stop(2)
    assert task.rounds == 0


def test_a_simulated_device_runs_where_it_is_wanted() -> None:
    task = Counting()
    worker = Worker("device", task, identify=lambda: "HALLKEEPER-SIMULATOR", simulators=True)
    worker.start()
    wait_until(lambda: task.rounds == 1, "the first round")
    worker.stop(2)
    assert worker.identity == "HALLKEEPER-SIMULATOR"


def test_losses_and_failures_are_counted() -> None:
    task = Counting(RuntimeError("broken"))
    task.counts["papers"] = 3
    worker = Worker("device", task)
    worker.start()
    wait_until(lambda: worker.counts.get("failures"), "the failure")
    worker.stop(2)
    assert worker.counts == {"papers": 3, "failures": 1, "losses": 1}

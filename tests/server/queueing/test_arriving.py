"""A clerk who has punched in counts in estimates before the counter is open."""

import pytest

from server.database import Database
from server.queueing.arriving import note_arriving
from server.queueing.forecast import Estimate
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Counter 1 serves A and B, counter 2 serves B alone."""
    return (a_hall().with_queue("A").with_queue("B").with_clerks(1).with_counter(2, "B")).build(
        database, clock
    )


def arriving(hall: BuiltHall, *counters: int) -> None:
    """The hall's attendance says whose clerks are on the way."""
    with hall.work("clerk1") as work:
        note_arriving(work, [hall.counters[number] for number in counters])


def test_one_who_is_on_the_way_opens_when_due_at_the_counter(hall: BuiltHall) -> None:
    arriving(hall, 1)
    assert hall.take("A").estimate == Estimate(10, 15)


def test_a_counter_of_other_queues_helps_nobody(hall: BuiltHall) -> None:
    arriving(hall, 2)
    assert hall.take("A").estimate is None


def test_the_way_gets_shorter(hall: BuiltHall, clock: HandClock) -> None:
    arriving(hall, 1)
    clock.move(minutes=6)
    arriving(hall, 1)
    assert hall.take("A").estimate == Estimate(0, 5)


def test_one_who_does_not_come_is_not_counted_on(hall: BuiltHall, clock: HandClock) -> None:
    arriving(hall, 1)
    clock.move(minutes=10)
    assert hall.take("A").estimate is None


def test_one_who_has_logged_in_counts_once(hall: BuiltHall) -> None:
    arriving(hall, 1)
    hall.clerk(1)
    hall.take("A")
    assert hall.take("A").estimate == Estimate(10, 15)


def test_one_who_punched_out_again_is_forgotten(hall: BuiltHall) -> None:
    arriving(hall, 1)
    arriving(hall)
    assert hall.take("A").estimate is None

"""Many counters at once, as their small displays show them."""

import pytest

from server.database import Database
from server.queueing.boards import CounterBoard, counter_boards
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    hall = a_hall().with_queue("A").with_queue("B").with_clerks(1).with_counter(2, serving="B")
    return hall.build(database, clock)


def test_a_counter_shows_its_ticket_and_who_waits_for_it(hall: BuiltHall) -> None:
    for prefix in "AABB":
        hall.take(prefix)
    clerk = hall.clerk(1)
    clerk.next()
    with hall.work("clerk1") as work:
        boards = counter_boards(work, set(hall.counters.values()))
    first, second = hall.counters[1], hall.counters[2]
    assert boards == {
        first: CounterBoard(first, clerk.version, "A001", waiting=3),
        second: CounterBoard(second, 0, "", waiting=2),
    }


def test_a_counter_of_another_hall_is_left_out(
    hall: BuiltHall, database: Database, clock: HandClock
) -> None:
    other = a_hall().named("另一个大厅").with_counter(1).build(database, clock)
    with hall.work("clerk1") as work:
        assert counter_boards(work, set(other.counters.values())) == {}

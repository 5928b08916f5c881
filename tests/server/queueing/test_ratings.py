"""A citizen rates once, and rates what was done for them."""

import pytest

from server.database import Database
from server.queueing.grades import Grade
from server.queueing.models import Rating
from server.queueing.ratings import AlreadyRated, NothingToRate, ask_for_rating, rate
from server.queueing.states import TicketAction
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_queue("A").with_clerks(2).build(database, clock)


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    for _ in range(3):
        hall.take("A")
    return hall.clerk(1)


def rated(hall: BuiltHall, grade: Grade, ticket_id: int | None = None, counter: int = 1) -> int:
    """Rate at a counter; the ticket that was rated."""
    with hall.work("clerk1") as work:
        return rate(work, hall.counters[counter], grade, ticket_id).ticket_id


def test_a_rating_is_of_the_ticket_being_served(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    ticket = clerk.next()
    clerk.press(TicketAction.START)
    assert rated(hall, Grade.VERY_SATISFIED) == ticket.id


def test_a_called_ticket_is_not_rated_for_the_one_before(
    hall: BuiltHall, clerk: ClerkAtCounter
) -> None:
    served = clerk.next()
    clerk.press(TicketAction.FINISH)
    clerk.next()
    assert rated(hall, Grade.SATISFIED) == served.id


def test_the_ticket_that_was_asked_about_is_rated_even_when_the_next_is_called(
    hall: BuiltHall, clerk: ClerkAtCounter
) -> None:
    clerk.next()
    with hall.work("clerk1") as work:
        asked = ask_for_rating(work, clerk.counter_id).id
    clerk.press(TicketAction.FINISH)
    clerk.next()
    clerk.press(TicketAction.START)
    assert rated(hall, Grade.DISSATISFIED, asked) == asked


def test_a_ticket_is_rated_once(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    clerk.next()
    clerk.press(TicketAction.START)
    rated(hall, Grade.SATISFIED)
    with pytest.raises(AlreadyRated):
        rated(hall, Grade.VERY_DISSATISFIED)
    assert hall.count(Rating) == 1


def test_nobody_was_served_here(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    clerk.next()
    with pytest.raises(NothingToRate):
        rated(hall, Grade.SATISFIED)


def test_a_ticket_of_another_counter_is_not_rated_here(
    hall: BuiltHall, clerk: ClerkAtCounter
) -> None:
    ticket = clerk.next()
    clerk.press(TicketAction.START)
    with pytest.raises(NothingToRate):
        rated(hall, Grade.SATISFIED, ticket.id, counter=2)


def test_yesterdays_ticket_is_not_rated_today(
    hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
) -> None:
    clerk.next()
    clerk.press(TicketAction.FINISH)
    clock.move(days=1)
    hall.start_server()
    with pytest.raises(NothingToRate):
        rated(hall, Grade.SATISFIED)

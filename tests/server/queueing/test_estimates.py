"""What is promised at the kiosk, and whether it was kept."""

from datetime import time

import pytest
from sqlalchemy import select

from server.catalogue.models import CounterQueue
from server.database import Database
from server.queueing.estimates import accuracy, estimate_of
from server.queueing.forecast import Estimate
from server.queueing.models import ServiceTime, Ticket
from server.queueing.states import TicketAction
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

A = TicketAction
DESCRIPTION = a_hall().with_queue("A").with_clerks(2)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return DESCRIPTION.build(database, clock)


def test_without_a_clerk_nothing_is_promised(hall: BuiltHall) -> None:
    assert hall.take("A").estimate is None


def test_without_experience_the_usual_time_counts(hall: BuiltHall) -> None:
    hall.clerk(1)
    for _ in range(3):
        hall.take("A")
    issued = hall.take("A")
    assert issued.estimate == Estimate(30, 35)
    with hall.session() as session:
        ticket = session.get_one(Ticket, issued.ticket.id)
        assert (ticket.estimate_low, ticket.estimate_high) == (30, 35)


def test_a_paused_counter_does_not_count(hall: BuiltHall) -> None:
    hall.clerk(1).pause()
    assert hall.take("A").estimate is None


def test_a_counter_that_serves_the_queue_at_other_hours_does_not_count(hall: BuiltHall) -> None:
    hall.clerk(1)
    with hall.database.write() as session:
        for row in session.scalars(select(CounterQueue)):
            row.opens, row.closes = time(14), time(16)
    assert hall.take("A").estimate is None


def test_experience_is_gathered_where_people_are_served(hall: BuiltHall, clock: HandClock) -> None:
    clerk = hall.clerk(1)
    for _ in range(9):
        hall.take("A")
        clerk.next()
        clerk.press(A.START)
        clock.move(minutes=2)
        clerk.press(A.FINISH)
    assert hall.count(ServiceTime) == 9
    for _ in range(5):
        hall.take("A")
    assert hall.take("A").estimate == Estimate(10, 15)


def test_a_finish_taken_back_is_no_experience(hall: BuiltHall) -> None:
    clerk = hall.clerk(1)
    hall.take("A")
    clerk.next()
    clerk.press(A.START)
    clerk.press(A.FINISH)
    clerk.undo()
    assert hall.count(ServiceTime) == 0


def test_a_waiting_ticket_is_told_what_is_left(hall: BuiltHall) -> None:
    hall.clerk(1)
    tickets = [hall.take("A").ticket for _ in range(4)]
    with hall.work("clerk1") as work:
        assert estimate_of(work, work.session.get_one(Ticket, tickets[1].id)) == Estimate(10, 15)


def test_the_day_shows_how_often_it_was_right(hall: BuiltHall, clock: HandClock) -> None:
    clerk = hall.clerk(1)
    for _ in range(2):
        hall.take("A")
    clerk.next()
    clerk.press(A.FINISH)
    clock.move(minutes=40)
    clerk.next()
    with hall.work("clerk1") as work:
        day = accuracy(work, work.business_date)
    assert (day.told, day.right, day.percent) == (2, 1, 50)


def test_who_may_not_be_called_before_closing_is_told(database: Database, clock: HandClock) -> None:
    hall = DESCRIPTION.open_on(0, time(8), time(9, 30)).build(database, clock)
    hall.clerk(1)
    warned = [hall.take("A").closes_first for _ in range(4)]
    assert warned == [False, False, False, True]

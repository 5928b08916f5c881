"""What a clerk sees: the waiting as counts, the day in numbers."""

import pytest

from server.database import Database
from server.queueing.alarms import answer_alarm, raise_alarm
from server.queueing.counter_view import CounterSnapshot, counter_snapshot
from server.queueing.serving import Target
from server.queueing.states import TicketAction
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Two counters serve A, a third B."""
    description = a_hall().with_queue("A").with_clerks(2).with_queue("B").with_counter(3, "B")
    return description.build(database, clock)


def seen(hall: BuiltHall, clerk: str, counter: int) -> CounterSnapshot:
    with hall.work(clerk) as work:
        return counter_snapshot(work, hall.counters[counter])


def counts(view: CounterSnapshot) -> tuple[list[int], int, int]:
    """Of the queues, of what waits for this counter alone, of all."""
    return [queue.waiting for queue in view.waiting], view.reserved, view.waiting_total


class TestWaiting:
    def test_what_waits_for_one_counter_is_counted_there_alone(self, hall: BuiltHall) -> None:
        first, second = hall.clerk(1), hall.clerk(2)
        hall.take("A")
        first.next()
        first.transfer(Target(counter_id=second.counter_id))
        assert counts(seen(hall, "clerk1", 1)) == ([0], 0, 0)
        assert counts(seen(hall, "clerk2", 2)) == ([0], 1, 1)

    def test_what_waits_for_a_clerk_is_counted_though_the_queue_is_another_counters(
        self, hall: BuiltHall
    ) -> None:
        first, second = hall.clerk(1), hall.clerk(2)
        hall.take("B")
        first.call_number("B001")
        first.transfer(Target(account_id=hall.actor("clerk2").account_id))
        assert counts(seen(hall, "clerk2", 2)) == ([0], 1, 1)
        assert second.next().label == "B001"

    def test_nobody_who_waits_is_told(self, hall: BuiltHall) -> None:
        hall.clerk(1)
        hall.take("A")
        assert "A001" not in seen(hall, "clerk1", 1).model_dump_json()


class TestTheDay:
    def test_the_mean_of_the_services_is_told_in_minutes(
        self, hall: BuiltHall, clock: HandClock
    ) -> None:
        clerk = hall.clerk(1)
        for minutes in (3, 6):
            hall.take("A")
            clerk.next()
            clerk.press(TicketAction.START)
            clock.move(minutes=minutes)
            clerk.press(TicketAction.FINISH)
        view = seen(hall, "clerk1", 1)
        assert (view.served_today, view.service_minutes) == (2, 4.5)

    def test_before_the_first_service_there_is_no_mean(self, hall: BuiltHall) -> None:
        hall.clerk(1)
        assert seen(hall, "clerk1", 1).service_minutes is None


class TestAlarm:
    def test_the_clerk_sees_that_help_was_asked_for_until_somebody_answers(
        self, hall: BuiltHall
    ) -> None:
        clerk = hall.clerk(1)
        with hall.work("clerk1") as work:
            alarm = raise_alarm(work, clerk.counter_id)
        assert seen(hall, "clerk1", 1).alarm_open
        with hall.work("clerk2") as work:
            answer_alarm(work, alarm.id)
        assert not seen(hall, "clerk1", 1).alarm_open

    def test_nobody_else_sees_it(self, hall: BuiltHall) -> None:
        clerk = hall.clerk(1)
        with hall.work("clerk1") as work:
            raise_alarm(work, clerk.counter_id)
        assert not seen(hall, "clerk2", 1).alarm_open

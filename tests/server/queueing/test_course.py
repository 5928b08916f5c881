"""A day minute by minute: spans, what was avoidable, and the whole course."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from server.database import Database
from server.queueing.course import Course, Span, avoidable_waits, by_minute, course_of
from server.queueing.states import TicketAction
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

NINE = datetime(2026, 9, 14, 9, tzinfo=UTC)
A, B = 1, 2


def span(start: float, end: float, place: int = A) -> Span:
    """From and until minutes after nine."""
    return Span(NINE + timedelta(minutes=start), NINE + timedelta(minutes=end), place)


class TestByMinute:
    def test_a_span_covers_its_minutes_without_the_last(self) -> None:
        assert [each[A] for each in by_minute([span(1, 3)], NINE, 5)] == [0, 1, 1, 0, 0]

    def test_less_than_a_minute_counts_where_it_meets_one(self) -> None:
        counted = by_minute([span(0.2, 0.9), span(0.9, 1.1)], NINE, 3)
        assert [each[A] for each in counted] == [0, 1, 0]

    def test_what_began_before_counts_from_the_first_minute(self) -> None:
        assert [each[A] for each in by_minute([span(-60, 2)], NINE, 3)] == [1, 1, 0]


class TestAvoidable:
    @pytest.mark.parametrize(
        ("waiting", "idle", "avoidable"),
        [
            ({A: 3}, [], 0),
            ({A: 3}, [1], 1),
            ({A: 1}, [1, 2], 1),
            ({B: 3}, [1], 0),
            ({}, [1], 0),
        ],
    )
    def test_an_idle_counter_could_have_called_one(
        self, waiting: dict[int, int], idle: list[int], avoidable: int
    ) -> None:
        assert avoidable_waits(waiting, idle, {1: [A], 2: [A]}) == avoidable

    def test_who_serves_few_queues_leaves_the_others_to_the_rest(self) -> None:
        assert avoidable_waits(Counter({A: 1, B: 1}), [1, 2], {1: [A, B], 2: [A]}) == 2


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_queue("A").with_clerks(1).build(database, clock)


def course(hall: BuiltHall) -> Course:
    with hall.work("clerk1") as work:
        found = course_of(work, datetime(2026, 9, 14, tzinfo=UTC).date())
        assert found is not None
        return found


class TestCourse:
    def test_a_day_without_numbers_has_none(self, hall: BuiltHall) -> None:
        with hall.work("clerk1") as work:
            assert course_of(work, datetime(2026, 9, 14, tzinfo=UTC).date()) is None

    def test_waiting_serving_and_the_wait_at_an_idle_counter(
        self, hall: BuiltHall, clock: HandClock
    ) -> None:
        clerk = hall.clerk(1)
        hall.take("A")
        clock.move(minutes=2)
        clerk.next()
        hall.take("A")
        clock.move(minutes=3)
        clerk.press(TicketAction.FINISH)
        day = course(hall)
        assert day.waiting == [1, 1, 1, 1, 1, 0]
        assert day.served == [0, 0, 1, 1, 1, 0]
        assert day.avoidable == [1, 1, 0, 0, 0, 0]
        [hour] = day.hours
        assert (hour.most_waiting, hour.avoidable_minutes) == (1, 2)

    def test_a_paused_counter_is_not_idle(self, hall: BuiltHall, clock: HandClock) -> None:
        clerk = hall.clerk(1)
        clerk.pause()
        hall.take("A")
        clock.move(minutes=2)
        assert sum(course(hall).avoidable) == 0

    def test_an_empty_place_is_not_idle(self, hall: BuiltHall, clock: HandClock) -> None:
        hall.take("A")
        clock.move(minutes=2)
        assert sum(course(hall).avoidable) == 0

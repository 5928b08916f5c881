"""The queue learns from the terminal who is on the way to a counter."""

import pytest

from server.attendance.posts.assigning import assign_post
from server.database import Database
from server.post_keeper import tell_of_posts
from server.queueing.arriving import arriving_at
from server.queueing.staffing import open_counter
from server.work import Workplace
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.server.attendance.kept_hall import MONDAY, KeptHall, kept_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> KeptHall:
    """Li is A at counter 1; it is nine on Monday."""
    kept = kept_hall(database, clock)
    with kept.work("admin") as work:
        assign_post(work, kept.built.counters[1], kept.people["li"], None, MONDAY)
    clock.set(kept.at(MONDAY, "09:00"))
    return kept


def told(hall: KeptHall) -> frozenset[int]:
    """Whom the queue counts on after a look."""
    tell_of_posts(hall.built.workplace)
    with hall.work("admin") as work:
        return arriving_at(work)


def test_nobody_is_expected_who_has_not_punched_in(hall: KeptHall) -> None:
    assert told(hall) == frozenset()


def test_who_has_punched_in_is_expected_until_logged_in(hall: KeptHall) -> None:
    counter = hall.built.counters[1]
    hall.punch("li", MONDAY, "07:55")
    before = told(hall)
    with hall.work("li") as work:
        open_counter(work, counter)
    assert [before, told(hall)] == [{counter}, set()]


def test_a_hall_without_attendance_is_left_alone(database: Database, clock: HandClock) -> None:
    a_hall().with_queue("A").with_clerks(1).build(database, clock)
    tell_of_posts(Workplace(database, clock))

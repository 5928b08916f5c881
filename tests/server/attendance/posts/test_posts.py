"""Which posts are empty now."""

import pytest

from server.attendance.leaves.approving import take_step
from server.attendance.leaves.asking import LeaveWish, ask_for_leave
from server.attendance.offices.holding import appoint
from server.attendance.posts.assigning import assign_post, end_post, posts_on
from server.attendance.posts.views import PostState, arrived_counters, posts_now
from server.attendance.presets.leave import Approver, LeaveKind
from server.problems import Invalid, NotFound
from tests.server.attendance.kept_hall import MONDAY, TUESDAY, KeptHall


@pytest.fixture
def hall(kept: KeptHall) -> KeptHall:
    """Li is A and wang is B at counter 1; it is nine on Monday."""
    with kept.work("admin") as work:
        counter = kept.built.counters[1]
        assign_post(work, counter, kept.people["li"], kept.people["wang"], MONDAY)
    return kept


def state(hall: KeptHall, clock: str = "09:00", staffed: tuple[int, ...] = ()) -> PostState:
    """How the post stands at a time of Monday."""
    hall.clock.set(hall.at(MONDAY, clock))
    with hall.work("supervisor") as work:
        return posts_now(work, staffed)[0].state


def test_a_post_that_nobody_came_to_is_empty(hall: KeptHall) -> None:
    assert state(hall) is PostState.EMPTY


@pytest.mark.parametrize("who", ["li", "wang"])
def test_either_role_fills_a_post(hall: KeptHall, who: str) -> None:
    hall.punch(who, MONDAY, "07:55")
    assert state(hall) is PostState.PUNCHED_IN


def test_a_clerk_logged_in_fills_a_post(hall: KeptHall) -> None:
    assert state(hall, staffed=(hall.built.counters[1],)) is PostState.STAFFED


@pytest.mark.parametrize("when", ["07:59", "12:00", "13:00", "18:00"])
def test_outside_working_time_no_post_is_empty(hall: KeptHall, when: str) -> None:
    assert state(hall, when) is PostState.OFF_HOURS


def test_who_signed_out_is_gone(hall: KeptHall) -> None:
    hall.punch("li", MONDAY, "07:55", "11:45")
    assert [state(hall, clock) for clock in ("11:44", "11:50")] == [
        PostState.PUNCHED_IN,
        PostState.EMPTY,
    ]


def test_who_was_here_in_the_morning_only_is_gone(hall: KeptHall) -> None:
    hall.punch("li", MONDAY, "07:55", "12:01")
    assert state(hall, "15:30") is PostState.EMPTY


def test_a_post_whose_clerk_is_on_leave_is_told_apart(hall: KeptHall) -> None:
    start, end = hall.at(MONDAY, "08:00"), hall.at(MONDAY, "11:00")
    hall.clock.set(hall.at(MONDAY, "07:00"))
    with hall.work("admin") as work:
        appoint(work, Approver.SECTION, hall.people["section"], MONDAY)
    with hall.work("li") as work:
        leave_id = ask_for_leave(work, LeaveWish(LeaveKind.PERSONAL, start, end, "看病")).id
    with hall.work("section") as work:
        take_step(work, leave_id, agreed=True)
    assert [state(hall, clock) for clock in ("09:00", "11:00")] == [
        PostState.ON_LEAVE,
        PostState.EMPTY,
    ]


def test_a_clerk_who_has_punched_in_is_on_the_way_until_logged_in(hall: KeptHall) -> None:
    hall.punch("li", MONDAY, "07:55")
    hall.clock.set(hall.at(MONDAY, "08:01"))
    counter = hall.built.counters[1]
    with hall.work("supervisor") as work:
        assert arrived_counters(work, []) == {counter}
        assert arrived_counters(work, [counter]) == frozenset()


def test_a_new_assignment_ends_the_earlier_one(hall: KeptHall) -> None:
    with hall.work("admin") as work:
        assign_post(work, hall.built.counters[1], hall.people["zhao"], None, TUESDAY)
        on_days = [[post.a_person_id for post in posts_on(work, day)] for day in (MONDAY, TUESDAY)]
    assert on_days == [[hall.people["li"]], [hall.people["zhao"]]]


def test_one_person_has_not_both_roles(hall: KeptHall) -> None:
    with pytest.raises(Invalid), hall.work("admin") as work:
        assign_post(work, hall.built.counters[1], hall.people["li"], hall.people["li"], MONDAY)


def test_a_post_is_ended(hall: KeptHall) -> None:
    with hall.work("admin") as work:
        end_post(work, posts_on(work, MONDAY)[0].id)
        assert list(posts_on(work, MONDAY)) == []


def test_a_post_that_is_not_there_cannot_be_ended(hall: KeptHall) -> None:
    with pytest.raises(NotFound), hall.work("admin") as work:
        end_post(work, 999_999)

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from server.catalogue.models import Counter
from server.database import Database
from server.events import EventRow
from server.problems import NotFound
from server.queueing import staffing
from server.queueing.models import CounterDuty
from server.queueing.staffing import (
    CounterTaken,
    NotAtCounter,
    TicketInHand,
    duty_at,
    open_counter,
)
from server.work import Work
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Two counters and two clerks."""
    return a_hall().with_queue("A").with_clerks(2).build(database, clock)


def clerk_at(hall: BuiltHall, counter_number: int) -> int | None:
    """The account that is at a counter."""
    with hall.work("clerk1") as work:
        duty = duty_at(work, hall.counters[counter_number])
        return duty.account_id if duty else None


def test_a_clerk_takes_a_free_counter(hall: BuiltHall, clock: HandClock) -> None:
    hall.clerk(1)
    with hall.session() as session:
        duty = session.query(CounterDuty).one()
    assert (duty.counter_id, duty.account_id, duty.taken_at, duty.left_at) == (
        hall.counters[1],
        hall.actor("clerk1").account_id,
        clock(),
        None,
    )


def test_taking_ones_own_counter_again_changes_nothing(hall: BuiltHall) -> None:
    clerk = hall.clerk(1)
    before = clerk.version, hall.count(EventRow)
    clerk.open()
    assert (clerk.version, hall.count(EventRow)) == before


def test_a_taken_counter_is_refused_and_its_clerk_stays(hall: BuiltHall) -> None:
    hall.clerk(1)
    with pytest.raises(CounterTaken):
        ClerkAtCounter(hall, "clerk2", 1).open()
    assert clerk_at(hall, 1) == hall.actor("clerk1").account_id


def test_a_clerk_who_changes_counters_leaves_the_first(hall: BuiltHall) -> None:
    hall.clerk(1)
    ClerkAtCounter(hall, "clerk1", 2).open()
    assert clerk_at(hall, 1) is None
    assert clerk_at(hall, 2) == hall.actor("clerk1").account_id


def test_a_clerk_refused_elsewhere_keeps_the_counter(hall: BuiltHall) -> None:
    hall.clerk(1)
    hall.clerk(2)
    with pytest.raises(CounterTaken):
        ClerkAtCounter(hall, "clerk1", 2).open()
    assert clerk_at(hall, 1) == hall.actor("clerk1").account_id


@pytest.mark.parametrize(
    "leave",
    [ClerkAtCounter.close, lambda clerk: ClerkAtCounter(clerk.hall, clerk.username, 2).open()],
    ids=["for good", "for another counter"],
)
def test_nobody_leaves_a_ticket_behind(
    hall: BuiltHall, leave: Callable[[ClerkAtCounter], None]
) -> None:
    clerk = hall.clerk(1)
    hall.take("A")
    clerk.next()
    with pytest.raises(TicketInHand):
        leave(clerk)
    assert clerk_at(hall, 1) == hall.actor("clerk1").account_id


def test_a_counter_left_is_free_for_the_next(hall: BuiltHall) -> None:
    hall.clerk(1).close()
    ClerkAtCounter(hall, "clerk2", 1).open()
    assert clerk_at(hall, 1) == hall.actor("clerk2").account_id


def test_only_the_clerk_who_is_there_leaves(hall: BuiltHall) -> None:
    hall.clerk(1)
    with pytest.raises(NotAtCounter):
        ClerkAtCounter(hall, "clerk2", 1).close()


def test_taking_and_leaving_are_told(hall: BuiltHall) -> None:
    hall.clerk(1).close()
    with hall.session() as session:
        events = session.query(EventRow).order_by(EventRow.seq).all()
    assert [(event.kind, event.payload["open"]) for event in events] == [
        ("CounterStaffed", True),
        ("CounterStaffed", False),
    ]


def test_a_counter_out_of_use_is_not_found(hall: BuiltHall, database: Database) -> None:
    with database.write() as session:
        session.get_one(Counter, hall.counters[1]).active = False
    with pytest.raises(NotFound):
        hall.clerk(1)


def test_another_halls_counter_is_not_found(
    hall: BuiltHall, database: Database, clock: HandClock
) -> None:
    elsewhere = a_hall().named("另一个大厅").with_counter(1).build(database, clock)
    with pytest.raises(NotFound), hall.work("clerk1") as work:
        open_counter(work, elsewhere.counters[1])


def test_two_clerks_who_change_places_at_once_are_told_and_do_not_deadlock(
    hall: BuiltHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        hall.clerk(number)
    both_have_left = threading.Barrier(2)
    leave = staffing.close_counter

    def leave_and_wait(work: Work, counter_id: int) -> None:
        leave(work, counter_id)
        with suppress(threading.BrokenBarrierError):
            both_have_left.wait(0.5)

    monkeypatch.setattr(staffing, "close_counter", leave_and_wait)

    def change_places(number: int) -> bool:
        with suppress(CounterTaken), hall.work(f"clerk{number + 1}") as work:
            open_counter(work, hall.counters[2 - number])
            return True
        return False

    assert together(2, change_places) == [False, False]
    assert [clerk_at(hall, number) for number in (1, 2)] == [
        hall.actor("clerk1").account_id,
        hall.actor("clerk2").account_id,
    ]

"""Many kiosks and clerks at the same moment: real threads, real transactions."""

import itertools
from collections import Counter as Tally
from collections.abc import Callable
from threading import Event

import pytest
from sqlalchemy import select

from server.audit import broken_links
from server.catalogue.models import Hall
from server.database import Database
from server.events import EventRow
from server.problems import Conflict
from server.queueing.calling import NobodyWaiting, call_next, recall
from server.queueing.issuing import issue_ticket
from server.queueing.models import Call, CounterDuty, Period, Ticket
from server.queueing.serving import Target, advance, transfer
from server.queueing.staffing import TicketInHand
from server.queueing.states import TicketAction, TicketState
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall
from tests.builders.interleaving import PATIENCE_SECONDS, meanwhile, on_postgresql

KIOSKS, TICKETS_EACH = 8, 20
CLERKS, WAITING = 20, 200
PRESSED = {"recall": TicketState.CALLED, "transfer": TicketState.WAITING}


def succeeds(act: Callable[[], object]) -> bool:
    """Whether somebody got what was wanted, or was told that it does not fit any more."""
    try:
        act()
    except Conflict:
        return False
    return True


def test_kiosks_give_distinct_and_contiguous_numbers(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_queue("A").build(database, clock)

    def one_after_another(_kiosk: int) -> list[int]:
        return [hall.take("A").ticket.number for _ in range(TICKETS_EACH)]

    taken = together(KIOSKS, one_after_another)
    assert sorted(itertools.chain(*taken)) == list(range(1, KIOSKS * TICKETS_EACH + 1))


class TestTwentyClerks:
    """All press next until nobody waits any more."""

    @pytest.fixture
    def hall(self, database: Database, clock: HandClock) -> BuiltHall:
        """Two hundred people wait in two queues."""
        description = a_hall().with_queue("A").with_queue("B").with_clerks(CLERKS)
        hall = description.build(database, clock)
        with hall.work("clerk1") as work:
            for number in range(WAITING):
                issue_ticket(work, hall.services["AB"[number % 2]])
        return hall

    def test_each_ticket_is_called_once_to_one_counter(self, hall: BuiltHall) -> None:
        called = together(CLERKS, lambda number: serve_all(hall.clerk(number + 1)))
        times = Tally(itertools.chain(*called))
        assert len(times) == WAITING
        assert set(times.values()) == {1}
        assert all_served(hall)
        assert events_are_contiguous(hall)
        assert audit_chain_is_whole(hall)


def serve_all(clerk: ClerkAtCounter) -> list[int]:
    """Serve until nobody waits; the tickets served. The page knows its version, as pages do."""
    served: list[int] = []
    version = clerk.version
    while True:
        try:
            with clerk.hall.work(clerk.username) as work:
                ticket = call_next(work, clerk.counter_id, version)
        except NobodyWaiting:
            return served
        with clerk.hall.work(clerk.username) as work:
            advance(work, clerk.counter_id, version + 1, TicketAction.FINISH)
        version += 2
        served.append(ticket.id)


def all_served(hall: BuiltHall) -> bool:
    with hall.session() as session:
        states = set(session.scalars(select(Ticket.state)))
        open_periods = session.scalars(select(Period).where(Period.ended_at.is_(None))).all()
    return states == {TicketState.SERVED} and not open_periods


def events_are_contiguous(hall: BuiltHall) -> bool:
    with hall.session() as session:
        numbers = list(session.scalars(select(EventRow.seq).order_by(EventRow.seq)))
        last = session.get_one(Hall, hall.id).event_seq
    return numbers == list(range(1, last + 1))


def audit_chain_is_whole(hall: BuiltHall) -> bool:
    with hall.session() as session:
        return broken_links(session, session.get_one(Hall, hall.id)) == []


def test_a_counter_goes_to_one_of_twenty_clerks(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_clerks(CLERKS).build(database, clock)
    taken = together(
        CLERKS, lambda number: succeeds(ClerkAtCounter(hall, f"clerk{number + 1}", 1).open)
    )
    assert taken.count(True) == 1
    assert hall.count(CounterDuty) == 1


def test_a_clerk_who_opens_two_counters_at_once_sits_at_one(
    database: Database, clock: HandClock
) -> None:
    hall = a_hall().with_clerks(2).build(database, clock)
    together(2, lambda page: succeeds(ClerkAtCounter(hall, "clerk1", page + 1).open))
    with hall.session() as session:
        present = session.scalars(select(CounterDuty).where(CounterDuty.left_at.is_(None))).all()
    assert len(present) == 1


def test_next_pressed_on_two_pages_of_one_counter_calls_one(
    database: Database, clock: HandClock
) -> None:
    hall = a_hall().with_queue("A").with_clerks(1).build(database, clock)
    clerk = hall.clerk(1)
    hall.take("A")
    hall.take("A")
    seen = clerk.version

    def press(_page: int) -> None:
        with hall.work("clerk1") as work:
            call_next(work, clerk.counter_id, seen)

    assert together(2, lambda page: succeeds(lambda: press(page))).count(True) == 1
    assert hall.count(Call) == 1


@on_postgresql
def test_a_counter_is_not_left_while_its_call_is_being_committed(
    database: Database, clock: HandClock
) -> None:
    hall = a_hall().with_queue("A").with_clerks(1).build(database, clock)
    clerk = hall.clerk(1)
    hall.take("A")
    seen = clerk.version
    with meanwhile(database) as other:
        with hall.work("clerk1") as work:
            call_next(work, clerk.counter_id, seen)
            leaving = other.start(clerk.close)
        with pytest.raises(TicketInHand):
            leaving.result()


@on_postgresql
def test_a_ticket_that_another_counter_only_considered_is_called_in_its_turn(
    database: Database, clock: HandClock
) -> None:
    hall = a_hall().with_queue("A").with_queue("B").with_clerks(2).build(database, clock)
    first, second = hall.clerk(1), hall.clerk(2)
    hall.take("A")
    hall.take("B")
    seen = first.version
    with meanwhile(database) as other:
        with hall.work("clerk1") as work:
            assert call_next(work, first.counter_id, seen).label == "A001"
            calling = other.start(second.next)
        assert calling.result().label == "B001"


@on_postgresql
def test_a_call_that_chose_later_does_not_hold_up_the_counter_that_was_first(
    database: Database, clock: HandClock
) -> None:
    hall = a_hall().with_queue("A").with_queue("B").with_clerks(2).build(database, clock)
    first, second = hall.clerk(1), hall.clerk(2)
    hall.take("A")
    hall.take("B")
    called, finished = Event(), Event()
    versions = first.version, second.version

    def call_and_linger() -> bool:
        with hall.work("clerk2") as work:
            call_next(work, second.counter_id, versions[1])
            called.set()
            return finished.wait(PATIENCE_SECONDS)

    with meanwhile(database) as other:
        with hall.work("clerk1") as work:
            call_next(work, first.counter_id, versions[0])
            lingering = other.start(call_and_linger)
        assert called.wait(PATIENCE_SECONDS)
        with hall.work("clerk1") as work:
            advance(work, first.counter_id, versions[0] + 1, TicketAction.FINISH)
        finished.set()
        assert lingering.result()


@pytest.mark.parametrize("other", ["recall", "transfer"])
def test_no_show_and_another_press_at_once_leave_one_final_state(
    database: Database, clock: HandClock, other: str
) -> None:
    hall = a_hall().with_queue("A").with_queue("B").with_clerks(1).build(database, clock)
    clerk = hall.clerk(1)
    hall.take("A")
    clerk.next()
    clock.move(minutes=1)
    clerk.recall()
    clock.move(minutes=1)
    seen = clerk.version

    def press(page: int) -> None:
        with hall.work("clerk1") as work:
            if page == 0:
                advance(work, clerk.counter_id, seen, TicketAction.MARK_NO_SHOW)
            elif other == "recall":
                recall(work, clerk.counter_id, seen)
            else:
                transfer(work, clerk.counter_id, seen, Target(service_id=hall.services["B"]), "")

    won = together(2, lambda page: succeeds(lambda: press(page)))
    assert won.count(True) == 1
    left = TicketState.NO_SHOW if won[0] else PRESSED[other]
    with hall.session() as session:
        ticket = session.scalars(select(Ticket)).one()
        open_states = list(session.scalars(select(Period.state).where(Period.ended_at.is_(None))))
    assert ticket.state is left
    assert open_states == ([] if won[0] else [left])

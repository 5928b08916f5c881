"""Hold, transfer, several services in one visit, the automatic next."""

import itertools
from datetime import time

import pytest

from server.catalogue.models import CounterQueue
from server.database import Database
from server.problems import Invalid, NotFound
from server.queueing.calling import NobodyWaiting, TooSoon
from server.queueing.counter_view import counter_snapshot
from server.queueing.lanes import Priority
from server.queueing.models import Call, Period, Ticket, Transfer
from server.queueing.serving import Target, advance
from server.queueing.staffing import TicketInHand, set_auto_next
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import ActionNotAllowed
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

S, A = TicketState, TicketAction


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Queues A and B; two counters serve A, a third B."""
    description = a_hall().with_queue("A").with_clerks(2).with_queue("B").with_counter(3, "B")
    return description.build(database, clock)


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    return hall.clerk(1)


def serve(clerk: ClerkAtCounter) -> Ticket:
    clerk.next()
    return clerk.press(A.START)


class TestHold:
    def test_the_counter_is_free_and_goes_on_later(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        for _ in range(2):
            hall.take("A")
        held = serve(clerk)
        clerk.press(A.HOLD)
        assert clerk.next().label == "A002"
        with pytest.raises(TicketInHand):
            clerk.resume(held)
        clerk.press(A.FINISH)
        assert clerk.resume(held).state is S.SERVING

    def test_the_page_lists_it(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        serve(clerk)
        clerk.press(A.HOLD)
        with hall.work("clerk1") as work:
            view = counter_snapshot(work, clerk.counter_id)
        assert [ticket.label for ticket in view.on_hold] == ["A001"]

    def test_another_counter_cannot_go_on_with_it(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        held = serve(clerk)
        clerk.press(A.HOLD)
        with pytest.raises(NotFound):
            hall.clerk(2).resume(held)

    def test_who_has_left_is_let_go_once(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        held = serve(clerk)
        clerk.press(A.HOLD)
        assert [clerk.let_go(held).state for _ in range(2)] == [S.WALKED_OUT, S.WALKED_OUT]

    def test_another_counter_cannot_let_it_go(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        held = serve(clerk)
        clerk.press(A.HOLD)
        with pytest.raises(NotFound):
            hall.clerk(2).let_go(held)


class TestTransfer:
    def test_a_service_of_another_queue_keeps_number_and_arrival(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        for prefix in "AB":
            hall.take(prefix)
        serve(clerk)
        clerk.transfer(Target(service_id=hall.services["B"]), "材料已收")
        other = ClerkAtCounter(hall, "clerk2", 3)
        other.open()
        called = other.next()
        assert (called.label, called.service_id) == ("A001", hall.services["B"])
        with hall.work("clerk2") as work:
            in_hand = counter_snapshot(work, other.counter_id).ticket
        assert in_hand is not None
        assert in_hand.note == "材料已收"

    def test_a_certain_clerk_calls_it_and_nobody_else(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        other = hall.clerk(2)
        hall.take("A")
        serve(clerk)
        clerk.transfer(Target(account_id=hall.actor("clerk2").account_id))
        with pytest.raises(NobodyWaiting):
            clerk.next()
        assert other.next().label == "A001"

    def test_a_certain_counter_calls_it_by_its_rule(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        other = hall.clerk(2)
        hall.take("A")
        clerk.next()
        clerk.transfer(Target(counter_id=other.counter_id))
        other.next()
        with hall.session() as session:
            last = session.query(Call).order_by(Call.id.desc()).first()
        assert last is not None
        assert (last.rule, last.counter_id) == ("reserved", other.counter_id)

    def test_nobody_waits_for_an_empty_place(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        other = hall.clerk(2)
        hall.take("A")
        serve(clerk)
        clerk.transfer(Target(counter_id=other.counter_id))
        other.close()
        assert clerk.next().label == "A001"

    def test_a_place_without_a_clerk_is_refused(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        serve(clerk)
        with pytest.raises(NotFound):
            clerk.transfer(Target(counter_id=hall.counters[2]))
        assert hall.count(Transfer) == 0

    def test_there_is_one_target(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        serve(clerk)
        with pytest.raises(Invalid):
            clerk.transfer(Target())


class TestVisits:
    def test_one_number_goes_through_several_services(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("AB")
        serve(clerk)
        assert clerk.press(A.FINISH).state is S.WAITING
        other = ClerkAtCounter(hall, "clerk2", 3)
        other.open()
        assert other.next().label == "A001"
        assert other.press(A.FINISH).state is S.SERVED

    def test_periods_still_sum_to_the_stay(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        hall.take("AB")
        for action in (A.START, A.FINISH):
            clock.move(minutes=2)
            if action is A.START:
                clerk.next()
            clerk.press(action)
        with hall.session() as session:
            periods = session.query(Period).order_by(Period.id).all()
        assert [period.state for period in periods] == [S.WAITING, S.CALLED, S.SERVING, S.WAITING]
        assert all(left.ended_at == right.started_at for left, right in itertools.pairwise(periods))

    def test_a_ticket_may_turn_out_to_be_more_cases(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        clerk.next()
        version = clerk.version
        with hall.work("clerk1") as work:
            assert advance(work, clerk.counter_id, version, A.FINISH, cases=3).cases == 3


class TestAutomaticNext:
    def test_the_end_of_one_calls_the_next(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        for _ in range(2):
            hall.take("A")
        with hall.work("clerk1") as work:
            set_auto_next(work, clerk.counter_id, on=True)
        clerk.next()
        clerk.press(A.FINISH)
        with hall.work("clerk1") as work:
            in_hand = counter_snapshot(work, clerk.counter_id).ticket
        assert in_hand is not None
        assert in_hand.label == "A002"

    def test_a_finish_with_nobody_waiting_is_just_a_finish(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        with hall.work("clerk1") as work:
            set_auto_next(work, clerk.counter_id, on=True)
        clerk.next()
        assert clerk.press(A.FINISH).state is S.SERVED


class TestCourtesy:
    """What the hall's settings ask of a clerk before a number is given up."""

    @pytest.fixture
    def hall(self, database: Database, clock: HandClock) -> BuiltHall:
        description = a_hall().with_queue("A").with_clerks(1)
        return description.with_queue_settings(
            recall_interval_seconds=5, calls_before_no_show=2
        ).build(database, clock)

    def test_a_number_is_called_twice_before_it_is_missed(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        hall.take("A")
        clerk.next()
        with pytest.raises(ActionNotAllowed):
            clerk.press(A.MARK_NO_SHOW)
        clock.move(seconds=5)
        clerk.recall()
        assert clerk.press(A.MARK_NO_SHOW).state is S.NO_SHOW

    def test_a_call_is_not_repeated_at_once(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        hall.take("A")
        clerk.next()
        clock.move(seconds=4)
        with pytest.raises(TooSoon):
            clerk.recall()


class TestProfiles:
    def test_a_counter_serves_a_queue_at_its_hours(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        with hall.database.write() as session:
            row = session.query(CounterQueue).filter_by(counter_id=clerk.counter_id).one()
            row.opens, row.closes = time(14), time(16)
        hall.take("A")
        with pytest.raises(NobodyWaiting):
            clerk.next()

    def test_priority_takes_turns_with_the_others(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        for priority in [Priority.NONE] * 4 + [Priority.ELDERLY] * 2:
            hall.take("A", priority)
        called = []
        for _ in range(6):
            called.append(clerk.next().number)
            clerk.press(A.FINISH)
        assert called == [5, 1, 2, 6, 3, 4]

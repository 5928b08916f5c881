import itertools
from datetime import UTC, datetime, timedelta

import pytest

from server.audit import AuditEntry
from server.database import Database
from server.events import EventRow
from server.problems import NotFound, Stale
from server.queueing.calling import NobodyWaiting, call_next
from server.queueing.models import Call, Period, Ticket
from server.queueing.serving import advance
from server.queueing.staffing import NotAtCounter, TicketInHand
from server.queueing.states import TRANSITIONS, TicketAction, TicketState
from server.queueing.turns import ActionNotAllowed, NoTicketInHand
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

S, A = TicketState, TicketAction
PRESSES = [A.RECALL, A.START, A.FINISH, A.MARK_NO_SHOW, A.HOLD]
# How a clerk brings the ticket in hand into a state.
WAY_TO: dict[TicketState, tuple[TicketAction, ...]] = {S.CALLED: (), S.SERVING: (A.START,)}


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Queues A and B; two counters serve both, a third B alone."""
    description = a_hall().with_queue("A").with_queue("B").with_clerks(2)
    return description.with_counter(3, "B").build(database, clock)


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    """Clerk 1 at counter 1."""
    return hall.clerk(1)


def press(clerk: ClerkAtCounter, action: TicketAction) -> Ticket:
    return clerk.recall() if action is A.RECALL else clerk.press(action)


def periods(hall: BuiltHall, ticket_id: int) -> list[Period]:
    with hall.session() as session:
        return session.query(Period).filter_by(ticket_id=ticket_id).order_by(Period.id).all()


class TestNext:
    def test_the_longest_waiting_of_the_counters_queues_comes(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        for prefix in "BAB":
            hall.take(prefix)
        called = []
        for _ in range(3):
            called.append(clerk.next().label)
            clerk.press(A.FINISH)
        assert called == ["B001", "A001", "B002"]

    def test_a_counter_calls_its_own_queues_only(self, hall: BuiltHall) -> None:
        hall.take("A")
        hall.take("B")
        clerk = ClerkAtCounter(hall, "clerk2", 3)
        clerk.open()
        assert clerk.next().label == "B001"

    def test_nobody_waits(self, clerk: ClerkAtCounter) -> None:
        with pytest.raises(NobodyWaiting):
            clerk.next()

    def test_the_ticket_in_hand_comes_first(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        hall.take("A")
        clerk.next()
        with pytest.raises(TicketInHand):
            clerk.next()

    def test_a_called_ticket_is_at_the_counter(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        hall.take("A")
        clock.move(minutes=7)
        ticket = clerk.next()
        assert (ticket.state, ticket.counter_id, ticket.called_at, ticket.calls) == (
            S.CALLED,
            clerk.counter_id,
            clock(),
            1,
        )

    def test_yesterdays_tickets_are_not_called(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        hall.take("A")
        clock.move(days=1)
        hall.start_server()
        with pytest.raises(NobodyWaiting):
            clerk.next()

    def test_another_halls_counter_is_not_found(
        self, hall: BuiltHall, database: Database, clock: HandClock
    ) -> None:
        elsewhere = a_hall().named("另一个大厅").with_counter(1).build(database, clock)
        with pytest.raises(NotFound), hall.work("clerk1") as work:
            call_next(work, elsewhere.counters[1], 0)

    def test_a_clerk_calls_only_at_the_counter_taken(self, hall: BuiltHall) -> None:
        hall.clerk(1)
        hall.take("A")
        with pytest.raises(NotAtCounter), hall.work("clerk1") as work:
            call_next(work, hall.counters[2], 0)

    def test_a_call_is_announced_told_and_audited(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        ticket = clerk.next()
        with hall.session() as session:
            call = session.query(Call).one()
            event = session.query(EventRow).filter_by(kind="TicketCalled").one()
            entry = session.query(AuditEntry).filter_by(action="ticket.call").one()
        assert (call.ticket_id, call.repeat, call.rule) == (ticket.id, False, "arrival")
        assert event.payload == {
            "ticket_id": ticket.id,
            "counter_id": clerk.counter_id,
            "call_id": call.id,
        }
        assert (entry.actor, entry.details) == (hall.actor("clerk1").label, {"label": "A001"})


class TestTable:
    """Every line of the table of transitions, and everything that is not in it."""

    @pytest.mark.parametrize(
        ("state", "action"),
        [(state, action) for state, action in TRANSITIONS if state in WAY_TO and action in PRESSES],
    )
    def test_what_is_in_it_is_done(
        self, hall: BuiltHall, clerk: ClerkAtCounter, state: TicketState, action: TicketAction
    ) -> None:
        hall.take("A")
        clerk.next()
        for step in WAY_TO[state]:
            press(clerk, step)
        assert press(clerk, action).state is TRANSITIONS[state, action]

    @pytest.mark.parametrize(
        ("state", "action"),
        [
            (state, action)
            for state in WAY_TO
            for action in PRESSES
            if (state, action) not in TRANSITIONS
        ],
    )
    def test_what_is_not_in_it_is_refused_and_changes_nothing(
        self, hall: BuiltHall, clerk: ClerkAtCounter, state: TicketState, action: TicketAction
    ) -> None:
        hall.take("A")
        ticket = clerk.next()
        for step in WAY_TO[state]:
            press(clerk, step)
        before = clerk.version
        with pytest.raises(ActionNotAllowed):
            press(clerk, action)
        with hall.session() as session:
            assert session.get_one(Ticket, ticket.id).state is state
        assert clerk.version == before

    @pytest.mark.parametrize("action", PRESSES)
    def test_without_a_ticket_in_hand_there_is_nothing_to_do(
        self, hall: BuiltHall, clerk: ClerkAtCounter, action: TicketAction
    ) -> None:
        hall.take("A")
        with pytest.raises(NoTicketInHand):
            press(clerk, action)

    @pytest.mark.parametrize("last", [A.FINISH, A.MARK_NO_SHOW])
    @pytest.mark.parametrize("action", PRESSES)
    def test_an_ended_ticket_is_no_longer_in_hand(
        self, hall: BuiltHall, clerk: ClerkAtCounter, last: TicketAction, action: TicketAction
    ) -> None:
        hall.take("A")
        clerk.next()
        press(clerk, last)
        with pytest.raises(NoTicketInHand):
            press(clerk, action)


class TestRecall:
    def test_the_ticket_is_announced_again(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        clerk.next()
        assert clerk.recall().calls == 2
        with hall.session() as session:
            calls = session.query(Call).order_by(Call.id).all()
        assert [(call.repeat, call.rule) for call in calls] == [
            (False, "arrival"),
            (True, "recall"),
        ]

    def test_it_begins_no_new_period(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        ticket = clerk.next()
        clerk.recall()
        assert [period.state for period in periods(hall, ticket.id)] == [S.WAITING, S.CALLED]


class TestStalePages:
    def test_a_page_that_shows_an_old_state_acts_on_nothing(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        seen = clerk.version
        ticket = clerk.next()
        with pytest.raises(Stale), hall.work("clerk1") as work:
            advance(work, clerk.counter_id, seen, A.FINISH)
        with hall.session() as session:
            assert session.get_one(Ticket, ticket.id).state is S.CALLED

    def test_next_pressed_twice_on_one_page_calls_one(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        hall.take("A")
        seen = clerk.version
        clerk.next()
        with pytest.raises(Stale), hall.work("clerk1") as work:
            call_next(work, clerk.counter_id, seen)
        assert hall.count(Call) == 1

    def test_every_press_makes_a_new_version(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        versions = [clerk.version]
        for act in (clerk.next, clerk.recall, lambda: clerk.press(A.FINISH)):
            act()
            versions.append(clerk.version)
        assert versions == [versions[0] + step for step in range(4)]

    def test_another_counter_is_not_disturbed(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        other = hall.clerk(2)
        hall.take("A")
        before = other.version
        clerk.next()
        assert other.version == before


class TestPeriods:
    def test_they_sum_to_the_stay(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        ticket = hall.take("A").ticket
        clock.move(minutes=12)
        clerk.next()
        clock.move(minutes=1)
        clerk.press(A.START)
        clock.move(minutes=20)
        clerk.press(A.FINISH)
        lengths = {period.state: minutes(period) for period in periods(hall, ticket.id)}
        assert lengths == {S.WAITING: 12, S.CALLED: 1, S.SERVING: 20}
        assert clock() - ticket.issued_at == timedelta(minutes=sum(lengths.values()))

    def test_an_ended_ticket_has_no_open_period(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        ticket = clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        assert all(period.ended_at is not None for period in periods(hall, ticket.id))

    def test_they_name_the_counter_and_the_clerk(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        ticket = clerk.next()
        called = periods(hall, ticket.id)[-1]
        assert (called.counter_id, called.account_id) == (
            clerk.counter_id,
            hall.actor("clerk1").account_id,
        )

    def test_a_clock_set_back_gives_no_negative_time_and_no_overlap(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        ticket = hall.take("A").ticket
        clock.move(minutes=10)
        clerk.next()
        clock.move(hours=-2)
        clerk.press(A.START)
        clock.move(minutes=5)
        clerk.press(A.FINISH)
        stay = periods(hall, ticket.id)
        assert all(minutes(period) >= 0 for period in stay)
        assert all(
            earlier.ended_at == later.started_at for earlier, later in itertools.pairwise(stay)
        )

    def test_a_clock_that_jumps_a_day_ends_nothing(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        hall.take("A")
        clerk.next()
        clock.set(datetime(2026, 9, 15, 1, tzinfo=UTC))
        assert clerk.press(A.FINISH).state is S.SERVED


def minutes(period: Period) -> float:
    assert period.ended_at is not None
    return (period.ended_at - period.started_at) / timedelta(minutes=1)

"""Coming back after a missed call, leaving, being called by number, pauses."""

import pytest

from server.audit import AuditEntry
from server.database import Database
from server.problems import Invalid, NotFound
from server.queueing.counter_view import counter_snapshot
from server.queueing.models import Call, Pause, Period
from server.queueing.pauses import CounterIsPaused
from server.queueing.returning import NoMoreReturns, cancel
from server.queueing.staffing import TicketInHand
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import ActionNotAllowed
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

S, A = TicketState, TicketAction


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_queue("A").with_clerks(2).build(database, clock)


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    return hall.clerk(1)


def calls_in_order(clerk: ClerkAtCounter, count: int) -> list[str]:
    labels = []
    for _ in range(count):
        labels.append(clerk.next().label)
        clerk.press(A.FINISH)
    return labels


class TestReturn:
    def test_three_go_first(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        missed = hall.take("A").ticket
        for _ in range(5):
            hall.take("A")
        clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        hall.rejoin(missed)
        assert calls_in_order(clerk, 6) == ["A002", "A003", "A004", "A001", "A005", "A006"]

    def test_pressing_twice_is_one_return(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        missed = hall.take("A").ticket
        clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        hall.rejoin(missed)
        assert hall.rejoin(missed).returns == 1

    def test_the_third_time_is_too_often(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        missed = hall.take("A").ticket
        for _ in range(2):
            clerk.next()
            clerk.press(A.MARK_NO_SHOW)
            hall.rejoin(missed)
        clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        with pytest.raises(NoMoreReturns):
            hall.rejoin(missed)

    def test_the_time_away_is_a_period_too(
        self, hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
    ) -> None:
        missed = hall.take("A").ticket
        clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        clock.move(minutes=6)
        hall.rejoin(missed)
        with hall.session() as session:
            states = [row.state for row in session.query(Period).order_by(Period.id)]
        assert states == [S.WAITING, S.CALLED, S.NO_SHOW, S.WAITING]

    def test_a_served_ticket_does_not_return(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        served = hall.take("A").ticket
        calls_in_order(clerk, 1)
        with pytest.raises(ActionNotAllowed):
            hall.rejoin(served)


class TestLeaving:
    def test_who_left_is_not_called(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        left = hall.take("A").ticket
        hall.take("A")
        hall.walk_out(left)
        assert hall.walk_out(left).state is S.WALKED_OUT
        assert clerk.next().label == "A002"

    def test_a_ticket_taken_by_mistake_is_cancelled(self, hall: BuiltHall) -> None:
        ticket = hall.take("A").ticket
        with hall.work("clerk1") as work:
            assert cancel(work, ticket.id).state is S.CANCELLED

    def test_who_is_being_called_cannot_leave_by_phone(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        ticket = hall.take("A").ticket
        clerk.next()
        with pytest.raises(ActionNotAllowed):
            hall.walk_out(ticket)


class TestByNumber:
    def test_the_reason_is_kept(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        for _ in range(2):
            hall.take("A")
        assert clerk.call_number(" a002 ", "群众身体不适").label == "A002"
        with hall.session() as session:
            call = session.query(Call).one()
            entry = session.query(AuditEntry).filter_by(action="ticket.call_by_number").one()
        assert (call.rule, call.facts["reason"]) == ("number", "群众身体不适")
        assert entry.details == {"label": "A002", "reason": "群众身体不适"}

    def test_a_missed_ticket_may_be_called_again(
        self, hall: BuiltHall, clerk: ClerkAtCounter
    ) -> None:
        hall.take("A")
        clerk.next()
        clerk.press(A.MARK_NO_SHOW)
        assert clerk.call_number("A001").state is S.CALLED

    def test_a_served_ticket_is_not_found(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        calls_in_order(clerk, 1)
        with pytest.raises(NotFound):
            clerk.call_number("A001")


class TestPause:
    def test_a_paused_counter_calls_nobody(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        clerk.pause("meeting")
        with pytest.raises(CounterIsPaused):
            clerk.next()
        clerk.end_pause()
        assert clerk.next().label == "A001"

    def test_the_page_shows_why(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        clerk.pause("meeting")
        with hall.work("clerk1") as work:
            paused = counter_snapshot(work, clerk.counter_id).paused
        assert paused is not None
        assert (paused.reason, paused.words) == ("meeting", "开会")

    def test_a_reason_is_needed(self, clerk: ClerkAtCounter) -> None:
        with pytest.raises(Invalid):
            clerk.pause("喝茶")

    def test_the_ticket_in_hand_comes_first(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        hall.take("A")
        clerk.next()
        with pytest.raises(TicketInHand):
            clerk.pause()

    def test_leaving_the_counter_ends_it(self, hall: BuiltHall, clerk: ClerkAtCounter) -> None:
        clerk.pause()
        clerk.close()
        with hall.session() as session:
            assert session.query(Pause).one().ended_at is not None

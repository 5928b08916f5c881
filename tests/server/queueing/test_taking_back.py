"""A counter whose clerk has gone is free again, and nobody's ticket is lost with it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.database import Database
from server.day_keeper import DayKeeper
from server.people.models import Role
from server.problems import NotFound
from server.queueing.models import Call, CounterDuty, Period, Ticket
from server.queueing.staffing import CounterTaken, NotAtCounter, open_counter
from server.queueing.states import TicketAction, TicketState
from server.queueing.taking_back import NobodyThere, take_back_counter
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

S = TicketState
HALF_PAST_FIVE = datetime(2026, 9, 14, 9, 30, tzinfo=UTC)
LATE = datetime(2026, 9, 14, 15, 50, tzinfo=UTC)  # ten minutes to midnight in Shanghai
MIDNIGHT = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 9, 15, 0, 0, tzinfo=UTC)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Two counters, at the end of a working day."""
    clock.set(HALF_PAST_FIVE)
    hall = a_hall().with_queue("A").with_clerks(2).with_staff(Role.SUPERVISOR, "supervisor")
    return hall.build(database, clock)


@pytest.fixture
def keeper(hall: BuiltHall) -> DayKeeper:
    """The server looks after the days."""
    keeper = DayKeeper(hall.workplace)
    keeper.start()
    return keeper


def take_back(hall: BuiltHall, number: int) -> None:
    with hall.work("supervisor") as work:
        take_back_counter(work, hall.counters[number])


def move(clerk: ClerkAtCounter, number: int) -> None:
    """A clerk goes over to another counter."""
    with clerk.hall.work(clerk.username) as work:
        open_counter(work, clerk.hall.counters[number])


def clerks_there(hall: BuiltHall) -> int:
    with hall.session() as session:
        return len(session.scalars(select(CounterDuty).where(CounterDuty.left_at.is_(None))).all())


def state_of_ticket(hall: BuiltHall) -> TicketState:
    with hall.session() as session:
        return session.scalars(select(Ticket.state)).one()


class TestBySomebodyInCharge:
    def test_the_counter_is_free_for_another(self, hall: BuiltHall) -> None:
        gone, coming = hall.clerk(1), hall.clerk(2)
        with pytest.raises(CounterTaken):
            move(coming, 1)
        take_back(hall, 1)
        move(coming, 1)
        assert clerks_there(hall) == 1
        with pytest.raises(NotAtCounter):
            gone.next()

    @pytest.mark.parametrize("started", [False, True], ids=["called", "serving"])
    def test_the_ticket_in_hand_waits_again_before_those_who_came_later(
        self, hall: BuiltHall, started: bool
    ) -> None:
        first = hall.take("A").ticket
        hall.take("A")
        gone = hall.clerk(1)
        gone.next()
        if started:
            gone.press(TicketAction.START)
        take_back(hall, 1)
        called = hall.clerk(2).next()
        assert (called.id, called.calls) == (first.id, 1)

    def test_screens_forget_the_call(self, hall: BuiltHall, clock: HandClock) -> None:
        hall.take("A")
        hall.clerk(1).next()
        take_back(hall, 1)
        with hall.session() as session:
            assert session.scalars(select(Call.taken_back_at)).one() == clock()

    def test_it_is_audited_with_who_did_it_and_whose_it_was(self, hall: BuiltHall) -> None:
        hall.clerk(1)
        take_back(hall, 1)
        with hall.session() as session:
            action = AuditEntry.action == "counter.take_back"
            entry = session.scalars(select(AuditEntry).where(action)).one()
        assert (entry.actor, entry.details["clerk"]) == (
            hall.actor("supervisor").label,
            hall.actor("clerk1").label,
        )

    def test_where_nobody_is_there_is_nothing_to_take_back(self, hall: BuiltHall) -> None:
        with pytest.raises(NobodyThere):
            take_back(hall, 1)

    def test_a_counter_that_does_not_exist(self, hall: BuiltHall) -> None:
        with pytest.raises(NotFound), hall.work("supervisor") as work:
            take_back_counter(work, 987_654)


class TestByMidnight:
    def test_a_forgotten_counter_is_closed_with_its_day(
        self, hall: BuiltHall, keeper: DayKeeper, clock: HandClock
    ) -> None:
        hall.clerk(1)
        clock.set(LATE)
        keeper.look()
        assert clerks_there(hall) == 1
        clock.set(MIDNIGHT)
        keeper.look()
        assert clerks_there(hall) == 0

    def test_a_server_that_was_off_closes_it_at_its_start(
        self, hall: BuiltHall, clock: HandClock
    ) -> None:
        hall.clerk(1)
        clock.set(NEXT_MORNING)
        DayKeeper(hall.workplace).start()
        assert clerks_there(hall) == 0

    def test_who_works_over_midnight_stays(
        self, hall: BuiltHall, keeper: DayKeeper, clock: HandClock
    ) -> None:
        clerk = hall.clerk(1)
        hall.take("A")
        clock.set(LATE)
        keeper.look()
        clerk.next()
        clock.set(MIDNIGHT)
        keeper.look()
        clerk.press(TicketAction.FINISH)
        clock.move(minutes=59)
        keeper.look()
        assert clerks_there(hall) == 1
        clock.move(minutes=1)
        keeper.look()
        assert clerks_there(hall) == 0

    @pytest.mark.parametrize(
        ("started", "end"), [(False, S.NO_SHOW), (True, S.SERVED)], ids=["called", "serving"]
    )
    def test_the_ticket_in_hand_ends_with_its_day(
        self, hall: BuiltHall, clock: HandClock, started: bool, end: TicketState
    ) -> None:
        hall.take("A")
        clerk = hall.clerk(1)
        clerk.next()
        if started:
            clerk.press(TicketAction.START)
        clock.set(NEXT_MORNING)
        DayKeeper(hall.workplace).start()
        assert state_of_ticket(hall) is end
        with hall.session() as session:
            ended = session.scalars(select(Period.ended_at).order_by(Period.id.desc())).first()
        assert ended == MIDNIGHT

    def test_todays_clerk_is_left_in_peace(
        self, hall: BuiltHall, keeper: DayKeeper, clock: HandClock
    ) -> None:
        clock.set(NEXT_MORNING)
        keeper.look()
        hall.clerk(1)
        clock.move(hours=8)
        keeper.look()
        assert clerks_there(hall) == 1

"""Midnight: also switched off, also with a clock that jumps, also noticed by several at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from server.audit import AuditEntry
from server.database import Database
from server.events import EventRow
from server.queueing.days import NothingToConfirm, confirm_day, today
from server.queueing.models import Period, Ticket
from server.queueing.states import TicketAction, TicketState
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import HallDescription, a_hall

S = TicketState
DESCRIPTION = a_hall().with_queue("A").with_clerks(1)
MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
LATE = datetime(2026, 9, 14, 15, 58, tzinfo=UTC)  # two minutes to midnight in Shanghai
MIDNIGHT = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)


def build(database: Database, clock: HandClock, rollover: str = "close") -> BuiltHall:
    """A hall shortly before midnight, its server running."""
    description: HallDescription = DESCRIPTION.with_queue_settings(rollover=rollover)
    clock.set(LATE)
    hall = description.build(database, clock)
    hall.start_server()
    return hall


def tickets(hall: BuiltHall) -> list[tuple[str, TicketState, date]]:
    with hall.session() as session:
        rows = session.query(Ticket).order_by(Ticket.id)
        return [(row.label, row.state, row.business_date) for row in rows]


def day_of(hall: BuiltHall) -> date:
    with hall.workplace.read(hall.id) as work:
        return today(work)


def beginnings(hall: BuiltHall) -> int:
    with hall.session() as session:
        return session.query(AuditEntry).filter_by(action="day.begin").count()


class TestRollover:
    def test_who_still_waits_has_walked_out_at_midnight(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        hall.take("A")
        clock.move(minutes=3)
        hall.look_at_clock()
        assert tickets(hall) == [("A001", S.WALKED_OUT, MONDAY)]
        with hall.session() as session:
            assert session.query(Period).one().ended_at == MIDNIGHT

    def test_or_waits_on_under_a_label_of_its_own(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock, rollover="carry")
        hall.take("A")
        clock.move(minutes=3)
        hall.take("A")
        assert tickets(hall) == [("A001-14", S.WAITING, MONDAY), ("A001", S.WAITING, TUESDAY)]
        assert hall.clerk(1).next().label == "A001-14"

    def test_who_is_being_served_is_served_to_the_end(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        hall.take("A")
        clerk = hall.clerk(1)
        clerk.next()
        clock.move(minutes=3)
        hall.take("A")
        assert clerk.press(TicketAction.FINISH).label == "A001-14"
        assert clerk.next().label == "A001"

    def test_it_happens_once_however_many_notice_it(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        hall.take("A")
        clock.move(minutes=3)
        together(4, lambda _kiosk: hall.take("A"))
        hall.look_at_clock()
        assert beginnings(hall) == 1
        assert sorted(tickets(hall)[1:]) == [
            (f"A00{number}", S.WAITING, TUESDAY) for number in range(1, 5)
        ]

    def test_a_server_that_was_off_begins_the_day_when_it_starts(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        hall.take("A")
        clock.move(days=4)
        hall.start_server()
        hall.start_server()
        assert (day_of(hall), beginnings(hall)) == (date(2026, 9, 18), 1)
        assert hall.take("A").ticket.label == "A001"

    def test_the_clerk_who_presses_next_begins_it_too(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock, rollover="carry")
        hall.take("A")
        clock.move(minutes=3)
        assert hall.clerk(1).next().label == "A001-14"
        assert day_of(hall) == TUESDAY


class TestClocksThatJump:
    def test_a_jump_of_a_day_expires_nothing_and_is_told(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        hall.take("A")
        clock.move(days=1)
        hall.look_at_clock()
        hall.look_at_clock()
        hall.take("A")
        assert tickets(hall) == [("A001", S.WAITING, MONDAY), ("A002", S.WAITING, MONDAY)]
        with hall.session() as session:
            assert session.query(EventRow).filter_by(kind="ClockHeld").count() == 1

    def test_a_person_confirms_the_new_day(self, database: Database, clock: HandClock) -> None:
        hall = build(database, clock)
        hall.take("A")
        clock.move(days=1)
        hall.look_at_clock()
        with hall.work("clerk1") as work:
            assert confirm_day(work) == TUESDAY
        assert tickets(hall) == [("A001", S.WALKED_OUT, MONDAY)]

    def test_a_clock_that_is_set_right_again_needs_nobody(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        clock.move(days=1)
        hall.look_at_clock()
        clock.move(days=-1)
        hall.look_at_clock()
        with pytest.raises(NothingToConfirm), hall.work("clerk1") as work:
            confirm_day(work)
        assert day_of(hall) == MONDAY

    def test_two_hours_back_over_midnight_repeat_no_number(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        clock.move(minutes=3)
        hall.take("A")
        clock.move(hours=-2)
        assert hall.take("A").ticket.label == "A002"
        assert {day for _label, _state, day in tickets(hall)} == {TUESDAY}

    def test_two_hours_back_give_no_negative_wait(
        self, database: Database, clock: HandClock
    ) -> None:
        hall = build(database, clock)
        hall.take("A")
        clock.move(hours=-2)
        hall.clerk(1).next()
        with hall.session() as session:
            waited = session.query(Period).filter_by(state=S.WAITING).one()
        assert waited.ended_at is not None
        assert waited.ended_at - waited.started_at == timedelta(0)

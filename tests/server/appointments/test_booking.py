"""Booking a time, coming to it, coming late."""

from datetime import date, time, timedelta

import pytest

from server.appointments.booking import (
    AlreadyBooked,
    Guest,
    NotYet,
    SlotFull,
    book,
    cancel,
    check_in,
)
from server.appointments.models import Appointment, Slot
from server.appointments.rules import Arrival, arrival
from server.appointments.slots import open_slots, slots_of_day
from server.database import Database
from server.people.models import VillageAgent
from server.problems import NotFound
from server.queueing.issuing import IssuedTicket
from server.queueing.lanes import Lane, Priority
from tests.builders.built import BuiltHall
from tests.builders.clock import MORNING, HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall

DAY = date(2026, 9, 14)
TEN = MORNING + timedelta(hours=1)
EARLY, LATE = timedelta(minutes=60), timedelta(minutes=15)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """At nine, two places at ten and one more for special guests."""
    hall = a_hall().with_queue("A").with_clerks(1).build(database, clock)
    with hall.work("clerk1") as work:
        open_slots(work, hall.services["A"], DAY, [time(10)], capacity=2, special_capacity=1)
    return hall


def slot_id(hall: BuiltHall) -> int:
    with hall.session() as session:
        return session.query(Slot).one().id


def booked(hall: BuiltHall, guest: Guest = Guest()) -> Appointment:  # noqa: B008 - frozen
    with hall.work("clerk1") as work:
        return book(work, slot_id(hall), guest)


def come(hall: BuiltHall, **how: str) -> IssuedTicket:
    with hall.work("clerk1") as work:
        return check_in(work, **how)


def free(hall: BuiltHall) -> tuple[int, int]:
    with hall.work("clerk1") as work:
        [slot] = slots_of_day(work, DAY)
    return slot.free, slot.free_special


class TestBooking:
    def test_a_place_is_taken_and_has_a_code(self, hall: BuiltHall) -> None:
        assert len(booked(hall).code) == 6
        assert free(hall) == (1, 1)

    def test_a_full_slot_takes_nobody(self, hall: BuiltHall) -> None:
        booked(hall)
        booked(hall)
        with pytest.raises(SlotFull):
            booked(hall)

    def test_of_two_who_want_the_last_place_one_gets_it(self, hall: BuiltHall) -> None:
        booked(hall)

        def try_(_guest: int) -> bool:
            try:
                booked(hall)
            except SlotFull:
                return False
            return True

        assert sorted(together(2, try_)) == [False, True]

    @pytest.mark.parametrize("kind", [Priority.REMOTE_VILLAGER, Priority.INVESTOR])
    def test_special_guests_have_places_of_their_own(self, hall: BuiltHall, kind: Priority) -> None:
        booked(hall)
        booked(hall)
        assert booked(hall, Guest(kind=kind)).special
        assert free(hall) == (0, 0)

    def test_one_person_has_one_place(self, hall: BuiltHall) -> None:
        booked(hall, Guest(id_number="11010519491231002X"))
        with pytest.raises(AlreadyBooked):
            booked(hall, Guest(id_number="11010519491231002x"))
        assert free(hall) == (1, 1)

    def test_the_number_itself_is_not_kept(self, hall: BuiltHall) -> None:
        digest = booked(hall, Guest(id_number="11010519491231002X")).id_digest
        assert digest is not None
        assert "1101" not in digest[:4]
        assert len(digest) == 64

    def test_a_time_that_has_passed_is_not_offered(self, hall: BuiltHall, clock: HandClock) -> None:
        clock.set(TEN)
        with pytest.raises(NotFound):
            booked(hall)

    def test_a_cancelled_place_is_free_again(self, hall: BuiltHall) -> None:
        number = booked(hall).id
        for _ in range(2):
            with hall.work("clerk1") as work:
                cancel(work, number)
        assert free(hall) == (2, 1)

    def test_slots_are_opened_once(self, hall: BuiltHall) -> None:
        with hall.work("clerk1") as work:
            open_slots(work, hall.services["A"], DAY, [time(10)], capacity=9)
        assert free(hall) == (2, 1)


class TestCheckIn:
    def test_by_code_one_is_called_at_ones_time(self, hall: BuiltHall, clock: HandClock) -> None:
        code = booked(hall).code
        hall.take("A")
        mine = come(hall, code=code).ticket
        assert (mine.lane, mine.due_at) == (Lane.APPOINTMENT, TEN)
        clerk = hall.clerk(1)
        assert clerk.next().label == "A001"
        clerk.undo()
        clock.set(TEN)
        assert clerk.next().label == mine.label

    def test_by_identity_number(self, hall: BuiltHall) -> None:
        booked(hall, Guest(id_number="11010519491231002X"))
        assert come(hall, id_number="11010519491231002x").ticket.label == "A001"

    def test_once(self, hall: BuiltHall) -> None:
        code = booked(hall).code
        come(hall, code=code)
        with pytest.raises(NotFound):
            come(hall, code=code)

    def test_who_is_late_waits_with_the_others(self, hall: BuiltHall, clock: HandClock) -> None:
        code = booked(hall).code
        clock.set(TEN + timedelta(minutes=16))
        late = come(hall, code=code).ticket
        assert (late.lane, late.due_at) == (Lane.ORDINARY, None)

    def test_too_early_is_told_from_when(self, hall: BuiltHall, clock: HandClock) -> None:
        code = booked(hall).code
        clock.move(minutes=-1)
        with pytest.raises(NotYet) as refused:
            come(hall, code=code)
        assert refused.value.parameters == {"time": "09:00"}

    def test_an_agent_comes_for_others(self, hall: BuiltHall) -> None:
        with hall.database.write() as session:
            session.add(VillageAgent(hall_id=hall.id, code="D01", name="张示例", village="示例村"))
        code = booked(hall, Guest(agent_code="D01")).code
        assert come(hall, code=code).ticket.agent_id is not None


@pytest.mark.parametrize(
    ("minutes", "how"),
    [(-61, Arrival.TOO_EARLY), (-60, Arrival.IN_TIME), (15, Arrival.IN_TIME), (16, Arrival.LATE)],
)
def test_the_window_for_checking_in(minutes: int, how: Arrival) -> None:
    assert arrival(TEN + timedelta(minutes=minutes), TEN, EARLY, LATE) is how

"""Ten seconds in which a press is taken back as if it had never been."""

from typing import Any

import pytest
from sqlalchemy import inspect

from server.database import Base, Database
from server.queueing.counter_view import counter_snapshot
from server.queueing.models import Call, Period, Step, Ticket
from server.queueing.states import TicketAction, TicketState
from server.queueing.undoing import NothingToUndo
from server.queueing.views import recent_calls
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

S, A = TicketState, TicketAction


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_queue("A").with_queue("B").with_clerks(2).build(database, clock)


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    return hall.clerk(1)


def picture(hall: BuiltHall) -> list[dict[str, Any]]:
    """Tickets, their periods and steps, but for the version, which only ever grows."""

    def rows(table: type[Base]) -> list[dict[str, Any]]:
        columns = [column.key for column in inspect(table).columns if column.key != "version"]
        with hall.session() as session:
            found = session.query(table).order_by("id").all()
            return [{name: getattr(row, name) for name in columns} for row in found]

    return [*rows(Ticket), *rows(Period), *rows(Step)]


def prepare(clerk: ClerkAtCounter, action: TicketAction, *, serving: bool) -> None:
    if action is not A.CALL:
        clerk.next()
        if serving:
            clerk.press(A.START)


def press(clerk: ClerkAtCounter, action: TicketAction) -> None:
    if action is A.CALL:
        clerk.next()
    else:
        clerk.press(action)


@pytest.mark.parametrize(
    ("action", "serving"),
    [(A.CALL, False), (A.FINISH, True), (A.FINISH, False), (A.MARK_NO_SHOW, False)],
)
def test_everything_is_as_it_was(
    hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock, action: TicketAction, serving: bool
) -> None:
    hall.take("A")
    prepare(clerk, action, serving=serving)
    before = picture(hall)
    clock.move(seconds=3)
    press(clerk, action)
    clock.move(seconds=9)
    clerk.undo()
    assert picture(hall) == before


def test_the_last_service_of_a_visit_is_open_again(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    hall.take("AB")
    for _ in range(2):
        clerk.next()
        before = picture(hall)
        clerk.press(A.FINISH)
    clerk.undo()
    assert picture(hall) == before


def test_a_missed_ticket_called_by_number_is_missed_again(
    hall: BuiltHall, clerk: ClerkAtCounter
) -> None:
    hall.take("A")
    clerk.next()
    clerk.press(A.MARK_NO_SHOW)
    before = picture(hall)
    clerk.call_number("A001")
    clerk.undo()
    assert picture(hall) == before


def test_screen_and_voice_forget_the_call(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    hall.take("A")
    clerk.next()
    clerk.undo()
    with hall.workplace.read(hall.id) as work:
        assert recent_calls(work, 10) == []
    with hall.session() as session:
        assert session.query(Call).one().taken_back_at is not None


def test_the_ticket_is_next_again(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    for _ in range(2):
        hall.take("A")
    clerk.next()
    clerk.undo()
    assert clerk.next().label == "A001"


def test_after_ten_seconds_it_is_too_late(
    hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
) -> None:
    hall.take("A")
    clerk.next()
    clock.move(seconds=10)
    with pytest.raises(NothingToUndo):
        clerk.undo()


@pytest.mark.parametrize("then", [A.START, A.RECALL])
def test_once_somebody_went_on_it_is_too_late(
    hall: BuiltHall, clerk: ClerkAtCounter, then: TicketAction
) -> None:
    hall.take("A")
    clerk.next()
    clerk.recall() if then is A.RECALL else clerk.press(then)
    with pytest.raises(NothingToUndo):
        clerk.undo()


def test_a_citizen_who_came_back_meanwhile_stays_in_line(
    hall: BuiltHall, clerk: ClerkAtCounter
) -> None:
    ticket = hall.take("A").ticket
    clerk.next()
    clerk.press(A.MARK_NO_SHOW)
    hall.rejoin(ticket)
    with pytest.raises(NothingToUndo):
        clerk.undo()


def test_a_finish_is_not_undone_onto_the_next_ticket(
    hall: BuiltHall, clerk: ClerkAtCounter
) -> None:
    for _ in range(2):
        hall.take("A")
    clerk.next()
    clerk.press(A.FINISH)
    clerk.next()
    clerk.undo()
    assert clerk.undo().label == "A001"
    with pytest.raises(NothingToUndo):
        clerk.undo()


def test_the_page_says_what_can_be_taken_back(
    hall: BuiltHall, clerk: ClerkAtCounter, clock: HandClock
) -> None:
    hall.take("A")
    clerk.next()
    with hall.work("clerk1") as work:
        undo = counter_snapshot(work, clerk.counter_id).undo
    assert undo is not None
    assert (undo.action, undo.label) == (A.CALL, "A001")
    assert (undo.until - clock()).total_seconds() == 10


def test_only_the_clerk_who_pressed_takes_it_back(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    hall.take("A")
    clerk.next()
    clerk.press(A.FINISH)
    clerk.close()
    other = ClerkAtCounter(hall, "clerk2", 1)
    other.open()
    with pytest.raises(NothingToUndo):
        other.undo()


def test_a_closed_counter_takes_nobody_back(hall: BuiltHall, clerk: ClerkAtCounter) -> None:
    hall.take("A")
    clerk.next()
    clerk.press(A.FINISH)
    clerk.pause()
    with pytest.raises(NothingToUndo):
        clerk.undo()
    clerk.end_pause()
    assert clerk.undo().label == "A001"

"""Why that number before mine?"""

import pytest

from server.database import Database
from server.i18n import SOURCE_LANGUAGE, translate
from server.problems import NotFound
from server.queueing.explaining import CALLED_BY, last_call_of, why_before, why_called
from server.queueing.lanes import Priority
from server.queueing.models import Ticket
from server.queueing.rules import CallRule
from server.queueing.serving import Target
from server.queueing.staffing import active_ticket
from server.queueing.states import TicketAction
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    description = a_hall().with_queue("A").with_clerks(2).with_queue("B")
    return description.build(database, clock)


def answer(hall: BuiltHall, first: str, mine: Ticket) -> str:
    with hall.work("clerk1") as work:
        call = last_call_of(work, first)
        assert call is not None
        why = why_before(work, call.id, mine.id)
        words = {name: translate(word, SOURCE_LANGUAGE) for name, word in why.words.items()}
        return translate(why.message, SOURCE_LANGUAGE, **why.parameters, **words)


def test_it_came_earlier(hall: BuiltHall, clock: HandClock) -> None:
    hall.take("A")
    clock.move(minutes=5)
    mine = hall.take("A").ticket
    hall.clerk(1).next()
    assert answer(hall, "A001", mine) == (
        "A001 从 09:00:00 开始等候，早于 A002 的 09:05:00，按先来后到先叫。"
    )


def test_it_was_its_lanes_turn(hall: BuiltHall) -> None:
    mine = hall.take("A").ticket
    hall.take("A", Priority.ELDERLY)
    hall.clerk(1).next()
    assert "轮到优先号" in answer(hall, "A002", mine)


def test_it_was_called_for_a_reason(hall: BuiltHall) -> None:
    mine = hall.take("A").ticket
    hall.take("A")
    hall.clerk(1).call_number("A002", "群众身体不适")
    assert "“群众身体不适”" in answer(hall, "A002", mine)


def test_it_was_called_elsewhere(hall: BuiltHall) -> None:
    mine = hall.take("B").ticket
    hall.take("A")
    hall.clerk(1).next()
    assert "不办理 B001 的事项" in answer(hall, "A001", mine)


def test_it_was_sent_on(hall: BuiltHall) -> None:
    first, second = hall.clerk(1), hall.clerk(2)
    hall.take("A")
    mine = hall.take("A").ticket
    first.next()
    first.transfer(Target(counter_id=second.counter_id))
    second.next()
    assert "转到 2 号窗口" in answer(hall, "A001", mine)


def test_mine_was_missed(hall: BuiltHall) -> None:
    clerk = hall.clerk(1)
    mine = hall.take("A").ticket
    hall.take("A")
    clerk.next()
    clerk.press(TicketAction.MARK_NO_SHOW)
    hall.rejoin(mine)
    clerk.next()
    assert "过号后回队" in answer(hall, "A002", mine)


def test_mine_was_not_there_yet(hall: BuiltHall, clock: HandClock) -> None:
    hall.take("A")
    hall.clerk(1).next()
    clock.move(minutes=1)
    mine = hall.take("A").ticket
    assert "还没有在队里等候" in answer(hall, "A001", mine)


def test_an_unknown_call_is_not_explained(hall: BuiltHall) -> None:
    mine = hall.take("A").ticket
    with pytest.raises(NotFound), hall.work("clerk1") as work:
        why_before(work, 987, mine.id)


class TestTheClerk:
    """Why this number: what the clerk's page says of the ticket in hand."""

    def says(self, hall: BuiltHall) -> str:
        with hall.work("clerk1") as work:
            ticket = active_ticket(work, hall.counters[1])
            assert ticket is not None
            why = why_called(work, ticket)
            assert why is not None
            words = {name: translate(word, SOURCE_LANGUAGE) for name, word in why.words.items()}
            return translate(why.message, SOURCE_LANGUAGE, **why.parameters, **words)

    def test_is_told_who_came_first(self, hall: BuiltHall) -> None:
        hall.take("A")
        hall.clerk(1).next()
        assert self.says(hall) == "A001 从 09:00:00 开始等候，在本窗口各队里最早，先来先叫。"

    def test_is_told_whose_turn_it_was(self, hall: BuiltHall) -> None:
        hall.take("A")
        hall.take("A", Priority.ELDERLY)
        hall.clerk(1).next()
        assert self.says(hall) == "各类号按比例轮流，这次轮到优先号，A002 是其中最早的。"

    def test_is_told_the_reason_of_a_call_by_number(self, hall: BuiltHall) -> None:
        hall.take("A")
        hall.clerk(1).call_number("A001", "群众身体不适")
        assert self.says(hall) == "A001 是按号码直接呼叫的，理由是“群众身体不适”。"

    def test_is_told_what_was_sent_on(self, hall: BuiltHall) -> None:
        first, other = hall.clerk(1), hall.clerk(2)
        hall.take("A")
        other.next()
        other.transfer(Target(counter_id=first.counter_id))
        first.next()
        assert self.says(hall) == "A001 是转到这里继续办理的，只等候本窗口。"

    def test_is_told_the_same_after_a_second_call(self, hall: BuiltHall, clock: HandClock) -> None:
        hall.take("A")
        clerk = hall.clerk(1)
        clerk.next()
        before = self.says(hall)
        clock.move(minutes=1)
        clerk.recall()
        assert self.says(hall) == before


def test_every_rule_of_a_first_call_has_its_sentence() -> None:
    assert set(CALLED_BY) == set(CallRule) - {CallRule.RECALL}

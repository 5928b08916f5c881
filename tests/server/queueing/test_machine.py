"""Days at random: people come, clerks press what they like, the clock is set back and forth."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from server.clock import business_date
from server.database import Database
from server.people.models import Role
from server.problems import Conflict, Stale
from server.queueing.calling import call_next
from server.queueing.models import CounterDuty, Period, Ticket
from server.queueing.states import ACTIVE_STATES, TicketAction, TicketState
from tests.builders.built import ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.server.queueing.hall_model import HallModel, Refusal
from tests.services.databases import empty_tables

SERVES = {1: "AB", 2: "AB", 3: "B"}
SHORT = settings(max_examples=12, stateful_step_count=50)

numbers = st.sampled_from(list(SERVES))
strangers = st.sampled_from([None] * 9 + list(SERVES))  # mostly the clerk who is there presses
presses = st.sampled_from([action for action in TicketAction if action is not TicketAction.CALL])


def refusal(act: Callable[[], object]) -> Refusal:
    """How an act is refused; None when it is done."""
    try:
        act()
    except Conflict as conflict:
        return type(conflict)
    return None


class HallMachine(RuleBasedStateMachine):
    """Three clerks, three counters, two queues; the model says what must come of each act."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.clock = HandClock()
        description = a_hall().with_queue("A").with_queue("B").with_clerks(2)
        description = description.with_counter(3, SERVES[3]).with_staff(Role.CLERK, "clerk3")
        self.hall = description.build(database, self.clock)
        self.model = HallModel(SERVES)
        for number in SERVES:
            self.open(number, number)
        self.take("ABABABBB")

    def teardown(self) -> None:
        """Leave an empty database to the next day."""
        empty_tables(self.hall.database)

    @rule(prefixes=st.text("AB", min_size=1, max_size=4))
    def take(self, prefixes: str) -> None:
        """Citizens take numbers."""
        for prefix in prefixes:
            self.model.taken(self.hall.take(prefix).ticket.id, self.today, prefix)

    @rule(clerk=numbers, counter=numbers)
    def open(self, clerk: int, counter: int) -> None:
        """A clerk takes a counter, coming from another one or not."""
        expected = self.model.refusal_of_opening(clerk, counter)
        assert refusal(self.at(clerk, counter).open) is expected
        if expected is None:
            self.model.opened(clerk, counter)

    @rule(counter=numbers, stranger=strangers)
    def close(self, counter: int, stranger: int | None) -> None:
        """A clerk leaves a counter."""
        clerk = self.who(counter, stranger)
        expected = self.model.refusal_of_closing(clerk, counter)
        assert refusal(self.at(clerk, counter).close) is expected
        if expected is None:
            del self.model.present[counter]

    @rule(counter=numbers, stranger=strangers)
    def next(self, counter: int, stranger: int | None) -> None:
        """A clerk presses next."""
        clerk = self.who(counter, stranger)
        expected = self.model.refusal_of_next(clerk, counter, self.today)
        assert refusal(self.at(clerk, counter).next) is expected
        if expected is None:
            self.model.called(counter, self.today)

    @precondition(lambda self: self.model.in_hand)
    @rule(counter=numbers, stranger=strangers, action=presses)
    def press(self, counter: int, stranger: int | None, action: TicketAction) -> None:
        """A clerk with a ticket in hand presses recall, start, finish or no-show."""
        if counter not in self.model.in_hand:
            counter = min(self.model.in_hand)
        clerk = self.who(counter, stranger)
        expected = self.model.refusal_of_press(clerk, counter, action)
        at = self.at(clerk, counter)
        act = at.recall if action is TicketAction.RECALL else lambda: at.press(action)
        assert refusal(act) is expected
        if expected is None:
            self.model.pressed(counter, action)

    @rule(counter=numbers, behind=st.integers(1, 3))
    def press_next_on_an_old_page(self, counter: int, behind: int) -> None:
        """The clerk who is there presses on a page that shows an earlier version."""
        if counter not in self.model.present:
            return
        at = self.at(self.model.present[counter], counter)
        seen = at.version - behind
        with pytest.raises(Stale), self.hall.work(at.username) as work:
            call_next(work, at.counter_id, seen)

    @rule(minutes=st.sampled_from([1] * 9 + [20] * 9 + [-120, 24 * 60]))
    def clock_moves(self, minutes: int) -> None:
        """Time goes on, or somebody sets the clock."""
        self.clock.move(minutes=minutes)

    @invariant()
    def tickets_are_where_the_model_has_them(self) -> None:
        """Each is in its state; those in hand are at one counter each, one each."""
        rows = self.tickets()
        assert {row.id: row.state for row in rows} == self.model.states
        active = {row.counter_id: row.id for row in rows if row.state in ACTIVE_STATES}
        counters = self.hall.counters
        assert active == {counters[number]: id_ for number, id_ in self.model.in_hand.items()}

    @invariant()
    def numbers_are_contiguous(self) -> None:
        """A queue's numbers of a business date run from one, without gap or repetition."""
        given: dict[tuple[date, int], list[int]] = defaultdict(list)
        for row in self.tickets():
            given[row.business_date, row.queue_id].append(row.number)
        assert all(sorted(run) == list(range(1, len(run) + 1)) for run in given.values())

    @invariant()
    def live_tickets_have_one_open_period(self) -> None:
        """It is of the ticket's state; ended tickets have none; none ended before it began."""
        with self.hall.session() as session:
            of_hall = select(Ticket.id).where(Ticket.hall_id == self.hall.id)
            rows = session.scalars(select(Period).where(Period.ticket_id.in_(of_hall))).all()
        assert all(row.ended_at is None or row.ended_at >= row.started_at for row in rows)
        live = ACTIVE_STATES | {TicketState.WAITING}
        assert sorted((row.ticket_id, row.state) for row in rows if row.ended_at is None) == sorted(
            (ticket, state) for ticket, state in self.model.states.items() if state in live
        )

    @invariant()
    def clerks_are_where_the_model_has_them(self) -> None:
        """A clerk is at one counter at most, and a counter has one clerk at most."""
        with self.hall.session() as session:
            rows = session.scalars(
                select(CounterDuty).where(
                    CounterDuty.counter_id.in_(self.hall.counters.values()),
                    CounterDuty.left_at.is_(None),
                )
            ).all()
        assert sorted((row.counter_id, row.account_id) for row in rows) == sorted(
            (self.hall.counters[counter], self.hall.actor(f"clerk{clerk}").account_id)
            for counter, clerk in self.model.present.items()
        )

    @property
    def today(self) -> date:
        """The hall's business date."""
        return business_date(self.clock(), self.hall.zone)

    def who(self, counter: int, stranger: int | None) -> int:
        """The stranger, else the clerk who is at the counter, else the first one."""
        return stranger or self.model.present.get(counter, 1)

    def at(self, clerk: int, counter: int) -> ClerkAtCounter:
        """This clerk pressing at this counter, there or not."""
        return ClerkAtCounter(self.hall, f"clerk{clerk}", counter)

    def tickets(self) -> list[Ticket]:
        """The hall's tickets."""
        with self.hall.session() as session:
            query = select(Ticket).where(Ticket.hall_id == self.hall.id)
            return list(session.scalars(query))


def test_whatever_people_press_the_hall_stays_in_order(database: Database) -> None:
    def machine() -> HallMachine:
        return HallMachine(database)

    run_state_machine_as_test(machine, settings=SHORT)  # type: ignore[arg-type]

"""Days at random: people come, clerks press what they like, the clock is set back and forth."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

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
from server.queueing.lanes import Lane, Priority
from server.queueing.models import CounterDuty, Period, Ticket
from server.queueing.serving import Target
from server.queueing.states import ACTIVE_STATES, LIVE_STATES, TicketAction, TicketState
from tests.builders.built import ClerkAtCounter
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.server.queueing.hall_model import HallModel, Refusal
from tests.services.databases import empty_tables

Chosen = TypeVar("Chosen")

SERVES = {1: "AB", 2: "AB", 3: "B"}
SHORT = settings(max_examples=8, stateful_step_count=40)

LANES = {Priority.NONE: Lane.ORDINARY, Priority.ELDERLY: Lane.PRIORITY}
IN_HAND = (
    TicketAction.RECALL,
    TicketAction.START,
    TicketAction.FINISH,
    TicketAction.MARK_NO_SHOW,
    TicketAction.HOLD,
)

numbers = st.sampled_from(list(SERVES))
strangers = st.sampled_from([None] * 9 + list(SERVES))  # mostly the clerk who is there presses
presses = st.sampled_from(IN_HAND)
which = st.integers(0, 99)


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
        self.model = HallModel(SERVES, self.today)
        self.hall.start_server()
        for number in SERVES:
            self.open(number, number)
        self.take("ABABABBB")

    def teardown(self) -> None:
        """Leave an empty database to the next day."""
        empty_tables(self.hall.database)

    @rule(prefixes=st.text("AB", min_size=1, max_size=4), priority=st.sampled_from(list(LANES)))
    def take(self, prefixes: str, priority: Priority = Priority.NONE) -> None:
        """Citizens take numbers."""
        for prefix in prefixes:
            ticket = self.hall.take(prefix, priority).ticket
            self.model.taken(ticket.id, prefix, LANES[priority])

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
        expected = self.model.refusal_of_next(clerk, counter)
        assert refusal(self.at(clerk, counter).next) is expected
        if expected is None:
            self.model.called(counter, self.clock())

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
            self.model.pressed(counter, action, self.clock())

    @precondition(lambda self: self.model.in_hand)
    @rule(counter=numbers, prefix=st.sampled_from("AB"))
    def transfer(self, counter: int, prefix: str) -> None:
        """A clerk sends the ticket in hand on to another service."""
        if counter not in self.model.in_hand:
            counter = min(self.model.in_hand)
        target = Target(service_id=self.hall.services[prefix])
        at = self.at(self.model.present[counter], counter)
        assert refusal(lambda: at.transfer(target)) is None
        self.model.transferred(counter, prefix)

    @precondition(lambda self: self.model.held)
    @rule(which=which)
    def resume(self, which: int) -> None:
        """A clerk goes on with a ticket that is on hold at the counter."""
        number, counter = self.pick(sorted(self.model.held.items()), which)
        clerk = self.who(counter, None)
        expected = self.model.refusal_of_closing(clerk, counter)
        ticket = self.row(number)
        assert refusal(lambda: self.at(clerk, counter).resume(ticket)) is expected
        if expected is None:
            self.model.resumed(counter, number)

    @precondition(lambda self: self.model.tickets)
    @rule(which=which)
    def rejoin(self, which: int) -> None:
        """A citizen comes back, mostly one whose number was missed."""
        number = self.pick(self.of_state(TicketState.NO_SHOW), which)
        expected = self.model.refusal_of_return(number)
        assert refusal(lambda: self.hall.rejoin(self.row(number))) is expected
        if expected is None:
            self.model.returned(number)

    @precondition(lambda self: self.model.tickets)
    @rule(which=which)
    def walk_out(self, which: int) -> None:
        """A citizen leaves, mostly one who waits."""
        number = self.pick(self.of_state(TicketState.WAITING), which)
        expected = self.model.refusal_of_leaving(number)
        assert refusal(lambda: self.hall.walk_out(self.row(number))) is expected
        if expected is None:
            self.model.left(number)

    @rule(counter=numbers, which=which, missed=st.booleans())
    def call_by_number(self, counter: int, which: int, missed: bool) -> None:
        """A clerk calls somebody who waits or was missed today out of turn."""
        state = TicketState.NO_SHOW if missed else TicketState.WAITING
        today = [
            number
            for number in self.model.tickets
            if self.model.tickets[number].state is state
            and self.model.tickets[number].day == self.model.day
            and self.model.refusal_of_return(number) is None
        ]
        if not today:
            return
        number, clerk = self.pick(today, which), self.who(counter, None)
        expected = self.model.refusal_of_number(clerk, counter)
        label = self.row(number).label
        assert refusal(lambda: self.at(clerk, counter).call_number(label)) is expected
        if expected is None:
            self.model.called_by_number(counter, number, self.clock())

    @rule(counter=numbers, stranger=strangers, seconds=st.sampled_from([0, 0, 9, 10]))
    def undo(self, counter: int, stranger: int | None, seconds: int) -> None:
        """A clerk takes the last press back, in time or not."""
        self.clock.move(seconds=seconds)
        clerk = self.who(counter, stranger)
        expected = self.model.refusal_of_undo(clerk, counter, self.clock())
        assert refusal(self.at(clerk, counter).undo) is expected
        if expected is None:
            self.model.undone(counter)

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
        """The server is off for a while, or somebody sets the clock meanwhile."""
        self.clock.move(minutes=minutes)
        self.hall.start_server()
        self.model.day_begins(self.today)

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
            given[row.business_date, row.series_id].append(row.number)
        assert all(sorted(run) == list(range(1, len(run) + 1)) for run in given.values())

    @invariant()
    def live_tickets_have_one_open_period(self) -> None:
        """It is of the ticket's state; ended tickets have none; none ended before it began."""
        with self.hall.session() as session:
            of_hall = select(Ticket.id).where(Ticket.hall_id == self.hall.id)
            rows = session.scalars(select(Period).where(Period.ticket_id.in_(of_hall))).all()
        assert all(row.ended_at is None or row.ended_at >= row.started_at for row in rows)
        live = LIVE_STATES
        assert sorted((row.ticket_id, row.state) for row in rows if row.ended_at is None) == sorted(
            (ticket, state) for ticket, state in self.model.states.items() if state in live
        )

    @invariant()
    def periods_sum_to_the_stay(self) -> None:
        """A ticket's periods follow each other without a gap from the moment it was taken."""
        with self.hall.session() as session:
            rows = session.scalars(
                select(Period)
                .join(Ticket, Ticket.id == Period.ticket_id)
                .where(Ticket.hall_id == self.hall.id)
                .order_by(Period.ticket_id, Period.id)
            ).all()
        for before, after in itertools.pairwise(rows):
            if before.ticket_id == after.ticket_id:
                assert before.ended_at == after.started_at

    @invariant()
    def no_two_live_tickets_share_a_label(self) -> None:
        """Whatever day they are of."""
        labels = [row.label for row in self.tickets() if row.state in LIVE_STATES]
        assert len(labels) == len(set(labels))

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

    def of_state(self, state: TicketState) -> list[int]:
        """Tickets in a state; all, when there is none."""
        states = self.model.states
        return [number for number in states if states[number] is state] or list(states)

    def pick(self, choices: Sequence[Chosen], which: int) -> Chosen:
        """One of several."""
        return choices[which % len(choices)]

    def row(self, number: int) -> Ticket:
        """A ticket's row."""
        with self.hall.session() as session:
            return session.get_one(Ticket, number)

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

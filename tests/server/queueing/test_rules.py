from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.queueing.lanes import Lane
from server.queueing.rules import (
    Assignment,
    CallRule,
    Choice,
    DayStep,
    Mixing,
    Policy,
    WaitingTicket,
    carried_label,
    choose,
    day_step,
    overtaking_bound,
    return_place,
    ticket_label,
)

A, B = 1, 2
SHARES = {Lane.GREEN: 1, Lane.PRIORITY: 1, Lane.APPOINTMENT: 1, Lane.ORDINARY: 2}
WEIGHTS = {Lane.GREEN: 4.0, Lane.PRIORITY: 2.0, Lane.APPOINTMENT: 3.0, Lane.ORDINARY: 1.0}
BY_SHARES = Policy(Mixing.SHARES, SHARES, WEIGHTS)
BY_WEIGHTS = Policy(Mixing.WEIGHTS, SHARES, WEIGHTS)
BOTH_QUEUES = {A: Assignment(), B: Assignment()}
B_IS_OVERFLOW = {A: Assignment(), B: Assignment(rank=2, overflow_after=900)}

lanes = st.sampled_from(list(Lane))


def waiting(arrival: int, lane: Lane = Lane.ORDINARY, **more: Any) -> WaitingTicket:
    queue_id = more.pop("queue_id", A)
    return WaitingTicket(arrival, queue_id, arrival=arrival, lane=lane, **more)


def chosen(
    tickets: Sequence[WaitingTicket],
    left: Mapping[Lane, int] = {},
    policy: Policy = BY_SHARES,
    work: dict[int, Assignment] = BOTH_QUEUES,
) -> Choice:
    choice = choose(tickets, left, policy, work)
    assert choice is not None
    return choice


def test_nobody_waits_nobody_is_next() -> None:
    assert choose([], {}, BY_SHARES, BOTH_QUEUES) is None


def test_the_longest_waiting_of_all_queues_is_next() -> None:
    choice = chosen([waiting(9), waiting(7, queue_id=B)])
    assert (choice.ticket.ticket_id, choice.rule) == (7, CallRule.ARRIVAL)


@given(st.lists(st.tuples(st.integers(0, 99), lanes), min_size=1, unique_by=lambda one: one[0]))
def test_within_a_lane_nobody_is_passed_over(people: list[tuple[int, Lane]]) -> None:
    tickets = [waiting(arrival, lane) for arrival, lane in people]
    first = chosen(tickets).ticket
    assert all(first.arrival <= other.arrival for other in tickets if other.lane is first.lane)


@dataclass(frozen=True)
class Crowd:
    """A ticket with `ahead` before it in its lane, and who comes while the counters call."""

    shares: dict[Lane, int]
    lane: Lane
    ahead: int
    counters: int
    begun: dict[Lane, int]  # what is left of each counter's round at the beginning
    coming: list[tuple[int, list[Lane]]]  # which counter calls, and who came just before


crowds = st.builds(
    Crowd,
    shares=st.fixed_dictionaries({lane: st.integers(1, 4) for lane in Lane}),
    lane=lanes,
    ahead=st.integers(0, 5),
    counters=st.integers(1, 3),
    begun=st.dictionaries(lanes, st.integers(0, 1)),
    coming=st.lists(
        st.tuples(st.integers(0, 2), st.lists(lanes, max_size=3)), min_size=60, max_size=60
    ),
)


class TestShares:
    def test_lanes_take_turns_in_their_proportion(self) -> None:
        line = [waiting(n) for n in range(10)] + [waiting(50 + n, Lane.PRIORITY) for n in range(5)]
        left: Mapping[Lane, int] = {}
        called = ""
        for _ in range(9):
            choice = chosen(line, left)
            line.remove(choice.ticket)
            left = choice.left
            called += choice.ticket.lane[0]
        assert called == "poopoopoo"

    def test_a_lane_without_anybody_does_not_hold_up_the_round(self) -> None:
        left = {Lane.PRIORITY: 0, Lane.ORDINARY: 0, Lane.GREEN: 1, Lane.APPOINTMENT: 1}
        assert chosen([waiting(1)], left).left == {**SHARES, Lane.ORDINARY: 1}

    def test_the_rule_that_is_told_is_the_turn(self) -> None:
        assert chosen([waiting(1), waiting(2, Lane.PRIORITY)]).rule is CallRule.SHARES

    @given(crowds)
    def test_overtaking_is_bounded_whoever_comes(self, crowd: Crowd) -> None:
        """Counters call in any order, others keep coming: the bound that is stated holds."""
        policy = Policy(Mixing.SHARES, crowd.shares, WEIGHTS)
        number = count()
        line = [waiting(next(number), crowd.lane) for _ in range(crowd.ahead + 1)]
        mine, overtaken = line[-1], 0
        left: list[Mapping[Lane, int]] = [crowd.begun] * crowd.counters
        for turn, lanes_coming in crowd.coming:
            line += [waiting(next(number), lane) for lane in lanes_coming]
            counter = turn % crowd.counters
            choice = chosen(line, left[counter], policy)
            left[counter] = choice.left
            line.remove(choice.ticket)
            if choice.ticket is mine:
                break
            overtaken += choice.ticket.lane is not crowd.lane
        assert overtaken <= overtaking_bound(crowd.shares, crowd.lane, crowd.ahead, crowd.counters)


class TestWeights:
    def test_waiting_counts_by_the_lanes_weight(self) -> None:
        long, short = waiting(1, waited=600), waiting(2, Lane.PRIORITY, waited=301)
        assert chosen([long, short], policy=BY_WEIGHTS).ticket is short

    def test_who_has_waited_long_enough_goes_before_any_priority(self) -> None:
        long, short = waiting(1, waited=603), waiting(2, Lane.PRIORITY, waited=301)
        choice = chosen([long, short], policy=BY_WEIGHTS)
        assert (choice.ticket, choice.rule) == (long, CallRule.WEIGHTS)

    @given(st.integers(0, 9000), st.integers(0, 9000), lanes)
    def test_nobody_overtakes_who_waited_less_than_the_weights_ratio(
        self, own: int, others: int, lane: Lane
    ) -> None:
        mine, other = waiting(1, waited=own), waiting(2, lane, waited=others)
        if chosen([mine, other], policy=BY_WEIGHTS).ticket is other:
            assert others >= own * WEIGHTS[Lane.ORDINARY] / WEIGHTS[lane]


class TestProfiles:
    def test_the_first_choice_comes_first_though_others_wait_longer(self) -> None:
        own, other = waiting(9), waiting(1, queue_id=B, waited=899)
        assert chosen([own, other], work=B_IS_OVERFLOW).ticket is own

    def test_who_waits_too_long_elsewhere_is_helped(self) -> None:
        own, other = waiting(9), waiting(1, queue_id=B, waited=900)
        choice = chosen([own, other], work=B_IS_OVERFLOW)
        assert (choice.ticket, choice.rule) == (other, CallRule.OVERFLOW)

    def test_an_idle_counter_helps_at_once(self) -> None:
        other = waiting(1, queue_id=B)
        assert chosen([other], work=B_IS_OVERFLOW).ticket is other

    def test_a_ticket_for_this_clerk_needs_no_assignment(self) -> None:
        ticket = WaitingTicket(1, queue_id=77, arrival=1, reserved=True)
        choice = chosen([ticket, waiting(2)])
        assert (choice.ticket, choice.rule) == (ticket, CallRule.RESERVED)


class TestAppointments:
    def test_one_before_its_time_lets_others_go_first(self) -> None:
        early = waiting(1, Lane.APPOINTMENT, due_in=60)
        assert chosen([early, waiting(2)]).ticket.ticket_id == 2

    def test_one_before_its_time_is_called_when_nobody_else_waits(self) -> None:
        later, sooner = (waiting(n, Lane.APPOINTMENT, due_in=due) for n, due in ((1, 90), (2, 60)))
        choice = chosen([later, sooner])
        assert (choice.ticket, choice.rule) == (sooner, CallRule.EARLY)


class TestReturns:
    @pytest.mark.parametrize(
        ("own", "line", "place"),
        [(5, [], 5), (5, [10, 20, 30, 40], 31), (5, [10, 20], 21), (35, [10, 20, 30, 40], 35)],
    )
    def test_a_missed_ticket_comes_back_three_places_behind(
        self, own: int, line: list[int], place: int
    ) -> None:
        assert return_place(own, line, 3) == place


class TestDays:
    MONDAY, TUESDAY = date(2026, 9, 14), date(2026, 9, 15)
    LONGEST = timedelta(minutes=10)

    @pytest.mark.parametrize(
        ("by_clock", "silence", "step"),
        [
            (MONDAY, timedelta(hours=9), DayStep.STAY),
            (TUESDAY, timedelta(seconds=30), DayStep.ROLL),
            (TUESDAY, timedelta(minutes=10), DayStep.ROLL),
            (TUESDAY, timedelta(minutes=11), DayStep.HOLD),
            (MONDAY - timedelta(days=1), timedelta(hours=-2), DayStep.STAY),
        ],
    )
    def test_a_day_begins_when_the_clock_went_on_by_itself(
        self, by_clock: date, silence: timedelta, step: DayStep
    ) -> None:
        assert day_step(self.MONDAY, by_clock, silence, self.LONGEST) is step

    def test_a_ticket_that_outlives_its_day_carries_its_date_once(self) -> None:
        once = carried_label("A001", self.MONDAY)
        assert (once, carried_label(once, self.MONDAY)) == ("A001-14", "A001-14")


@pytest.mark.parametrize(
    ("number", "width", "label"),
    [(1, 3, "A001"), (42, 3, "A042"), (999, 3, "A999"), (1000, 3, "A1000"), (7, 4, "A0007")],
)
def test_a_number_is_printed_with_its_prefix_and_grows_when_it_must(
    number: int, width: int, label: str
) -> None:
    assert ticket_label("A", number, width) == label

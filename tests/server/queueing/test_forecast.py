from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.queueing.forecast import Estimate, OpenCounter, forecast

A, B = 1, 2
TEN_MINUTES = {A: (600,), B: (600,)}


def wait(
    ahead: dict[int, int],
    counters: list[OpenCounter],
    times: Mapping[int, tuple[int, ...]] = TEN_MINUTES,
) -> Estimate | None:
    return forecast(ahead, A, counters, times, rehearsals=16, step=5)


def counter(queues: set[int], free_in: int = 0) -> OpenCounter:
    return OpenCounter(frozenset(queues), free_in)


def test_without_an_open_counter_nothing_is_promised() -> None:
    assert wait({A: 3}, [counter({B})]) is None


def test_nobody_ahead_and_a_free_counter_is_no_wait() -> None:
    assert wait({}, [counter({A})]) == Estimate(0, 5)


def test_four_people_of_ten_minutes_at_two_counters() -> None:
    assert wait({A: 4}, [counter({A}), counter({A})]) == Estimate(20, 25)


def test_a_counter_that_is_busy_is_waited_for() -> None:
    assert wait({}, [counter({A}, free_in=720)]) == Estimate(10, 15)


def test_people_of_another_queue_at_the_same_counter_count_too() -> None:
    assert wait({B: 2}, [counter({A, B})]) == Estimate(20, 25)


def test_people_of_a_queue_elsewhere_do_not() -> None:
    assert wait({B: 9}, [counter({A}), counter({B})]) == Estimate(0, 5)


def test_varied_experience_makes_a_wider_range() -> None:
    varied = {A: (60, 120, 300, 1800), B: (600,)}
    steady, unsteady = wait({A: 6}, [counter({A})]), wait({A: 6}, [counter({A})], varied)
    assert steady is not None
    assert unsteady is not None
    assert unsteady.high - unsteady.low > steady.high - steady.low


def test_a_very_long_line_is_rehearsed_in_groups() -> None:
    estimate = wait({A: 1200}, [counter({A})] * 10)
    assert estimate is not None
    assert estimate.low == pytest.approx(1200, rel=0.1)


@given(
    st.integers(0, 300), st.integers(1, 5), st.lists(st.integers(30, 3000), min_size=1, max_size=20)
)
def test_more_people_ahead_never_make_it_shorter(
    people: int, counters: int, seconds: list[int]
) -> None:
    times = {A: tuple(seconds)}
    open_ = [counter({A})] * counters
    less, more = wait({A: people}, open_, times), wait({A: people + 120}, open_, times)
    assert less is not None
    assert more is not None
    assert 0 <= less.low < less.high
    assert more.high >= less.low


@pytest.mark.parametrize(
    ("seconds", "held"), [(599, False), (600, True), (900, True), (901, False)]
)
def test_an_estimate_holds_between_its_ends(seconds: int, held: bool) -> None:
    assert Estimate(10, 15).holds(seconds) is held

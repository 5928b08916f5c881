"""Which punch serves which slot, against trying every possibility."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.attendance.day_seconds import clock_text
from server.attendance.slots import IRREGULAR, UNSERVED, assign

FOLD = 60
punch_times = st.lists(
    st.integers(0, 86_399) | st.integers(43_000, 52_500), max_size=6, unique=True
).map(sorted)


def cost(slots, served):
    """What an assignment costs."""
    return sum(
        UNSERVED if at is None else slot.cost(at) for slot, at in zip(slots, served, strict=True)
    )


def every_assignment(slots, seconds):
    """All ways to serve the slots with distinct punches in order, more than the fold apart."""
    options = [[None, *(at for at in seconds if slot.takes(at))] for slot in slots]
    for served in product(*options):
        used = [at for at in served if at is not None]
        if all(later - earlier > FOLD for earlier, later in pairwise(used)):
            yield served


@given(seconds=punch_times)
def test_no_other_assignment_costs_less(any_hall, seconds):
    slots = any_hall.plan.slots

    served = assign(slots, seconds, FOLD)

    assert served in set(every_assignment(slots, seconds))
    assert cost(slots, served) == min(
        cost(slots, each) for each in every_assignment(slots, seconds)
    )


def test_no_distances_outweigh_an_empty_slot_nor_empty_slots_an_irregular_one(hall):
    farthest = 86_399 * len(hall.plan.slots)

    assert farthest < UNSERVED - IRREGULAR
    assert (UNSERVED - IRREGULAR) * len(hall.plan.slots) + farthest < IRREGULAR


@pytest.mark.parametrize(
    ("slot", "window"),
    [
        (0, ("06:00:00", "08:00:00", "12:00:00")),
        (1, ("08:00:00", "12:00:00", "14:30:00")),
        (2, ("12:30:00", "14:30:00", "17:30:00")),
        (3, ("14:30:00", "17:30:00", "23:30:00")),
    ],
)
def test_the_windows_of_a_four_punch_day(hall, slot, window):
    asked = hall.plan.slots[slot]

    assert tuple(map(clock_text, (asked.opens, asked.due, asked.closes))) == window


def test_a_two_punch_day_has_one_sign_in_and_one_sign_out(two_punch_hall):
    assert [(slot.half, slot.side) for slot in two_punch_hall.plan.slots] == [
        ("morning", "in"),
        ("afternoon", "out"),
    ]


def test_a_window_ends_with_the_day(two_punch_hall):
    assert two_punch_hall.plan.slots[-1].closes == 24 * 3600

"""窗口管理制度 五.6 and 十一.3: five lapses make a day, and what everything costs."""

from datetime import date

import pytest

from server.attendance.tally_rules import (
    Deduction,
    accumulated_deduction,
    day_deductions,
    tally,
)
from tests.server.attendance.halls import GOOD_AFTERNOON, GOOD_MORNING


def lapses(hall, count):
    """Verdicts with so many late arrivals in them, one a day."""
    days = [hall.on(str(date(2026, 3, 2 + n))) for n in range(5)]
    late = [verdict for day in days for verdict in day.judge("08:30", "12:03").verdicts[:1]] * 3
    return late[:count]


@pytest.mark.parametrize(
    ("count", "days", "over"), [(0, 0, 0), (4, 0, 4), (5, 1, 0), (6, 1, 1), (9, 1, 4), (10, 2, 0)]
)
def test_5_6_five_late_or_early_are_one_absent_day(hall, count, days, over):
    counted = tally(lapses(hall, count), hall.preset.attendance.accumulation[0])

    assert (counted.accumulated_days, counted.lapses_over) == (days, over)


def test_5_6_late_and_early_in_one_half_day_are_two(hall):
    verdicts = hall.judge("08:30", "11:30", *GOOD_AFTERNOON).verdicts

    counted = tally(verdicts, hall.preset.attendance.accumulation[0])

    assert (counted.late, counted.early_leave, counted.lapses_over) == (1, 1, 2)
    assert (counted.half_days, counted.present) == (2, 1)


def test_absence_leave_and_pending_are_counted_by_half_day(hall):
    leave = hall.leave("14:00", "18:00")
    verdicts = [
        *hall.judge(leaves=[leave]).verdicts,
        *hall.judge(*GOOD_MORNING, as_of="13:00").verdicts,
    ]

    counted = tally(verdicts, hall.preset.attendance.accumulation[0])

    assert (counted.absent, counted.on_leave, counted.pending) == (1, 1, 2)


@pytest.mark.parametrize(
    ("punches", "points"),
    [
        ((*GOOD_MORNING, *GOOD_AFTERNOON), []),
        (("08:30", "12:03", *GOOD_AFTERNOON), [1]),
        (("08:30", "11:30", *GOOD_AFTERNOON), [2]),
        (GOOD_MORNING, [3]),
        ((), [4]),
        (("08:30", "12:03"), [1, 3]),
    ],
)
def test_11_3_points_of_a_day(hall, punches, points):
    settings = hall.preset.attendance

    found = day_deductions(
        hall.judge(*punches).verdicts, settings.lapse_points[0], settings.absence_points[0]
    )

    assert [each.points for each in found] == points


def test_a_deduction_carries_its_day_and_clause(hall):
    settings = hall.preset.attendance

    (found,) = day_deductions(
        hall.judge().verdicts, settings.lapse_points[0], settings.absence_points[0]
    )

    assert found == Deduction(hall.day, 4, "窗口管理制度 十一.3 工作纪律(3)")


def test_accumulated_days_cost_nothing_again_unless_the_hall_says_so(hall, other_hall):
    found = []
    for each in (hall, other_hall):
        settings = each.preset.attendance
        counted = tally(lapses(hall, 6), settings.accumulation[0])
        found.append(
            accumulated_deduction(counted, settings.accumulation[0], settings.absence_points[0])
        )

    assert found == [None, Deduction(None, 20, "考勤规定 第11条")]


def test_without_an_accumulated_day_nothing_is_deducted(other_hall):
    settings = other_hall.preset.attendance
    counted = tally([], settings.accumulation[0])

    assert (
        accumulated_deduction(counted, settings.accumulation[0], settings.absence_points[0]) is None
    )

"""How long judging takes: `python -m tests.bench.attendance.bench_judging`.

A month of 1,000 staff with four punches a day, one day in ten irregular. The baseline, timed in
the same run on the same punches, is the least that could be done for a verdict: sort a day's
punches and compare each with its due time and the grace, with no slots, leave, reasons or clauses.
Times are CPU seconds of this process, so that a busy machine disturbs them little.
"""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import process_time

import click

from server.attendance.day_plan import DayPlan, plan_day
from server.attendance.evidence import Evidence, PunchTime
from server.attendance.rules import judge_day
from server.catalogue.calendar import days_between
from tests.server.attendance.halls import ZONE, preset, seeded_calendar

STAFF = 1000
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
AS_OF = datetime(2026, 4, 2, tzinfo=ZONE)
REPEATS = 5
ONE_DAY_REPEATS = 2000
IRREGULAR = 0.1
MICROSECONDS = 1e6

SETTINGS = preset("zichang").attendance
GRACE = timedelta(minutes=SETTINGS.lateness[0].grace_minutes)
Work = list[tuple[DayPlan, list[Evidence]]]


def plan(day: date) -> DayPlan:
    """A day's plan, as the server makes it before judging."""
    return plan_day(day, calendar=seeded_calendar(), settings=SETTINGS, zone=ZONE)


def a_month() -> Work:
    """Every working day with everyone's punches."""
    chance = random.Random(1)
    plans = [each for each in map(plan, days_between(FIRST, LAST)) if each.spans]
    return [(each, [punches(each, chance) for _ in range(STAFF)]) for each in plans]


def punches(day: DayPlan, chance: random.Random) -> Evidence:
    """Four punches in their places, or on an irregular day a late, a missing or a further one."""
    midnight = datetime(day.day.year, day.day.month, day.day.day, tzinfo=ZONE)
    signs = (-1, 1, -1, 1)
    seconds = [
        slot.due + sign * chance.randrange(600) for slot, sign in zip(day.slots, signs, strict=True)
    ]
    if chance.random() < IRREGULAR:
        match chance.randrange(3):
            case 0:
                seconds[0] += 1800
            case 1:
                seconds.pop(chance.randrange(4))
            case _:
                seconds.append(seconds[1] + 30)
    chance.shuffle(seconds)
    return Evidence([PunchTime(midnight + timedelta(seconds=second)) for second in seconds])


def judge_month(month: Work) -> int:
    """Judge everyone; returns the number of verdicts."""
    return sum(
        len(judge_day(day, evidence, as_of=AS_OF))
        for day, everyone in month
        for evidence in everyone
    )


def compare_month(month: Work) -> int:
    """The baseline; returns how many comparisons failed, so that the work is not in vain."""
    failed = 0
    for day, everyone in month:
        midnight = datetime(day.day.year, day.day.month, day.day.day, tzinfo=ZONE)
        dues = [midnight + timedelta(seconds=slot.due) for slot in day.slots]
        for evidence in everyone:
            came, noon, back, went = (*sorted(punch.at for punch in evidence.punches), *dues)[:4]
            failed += came > dues[0] + GRACE
            failed += noon < dues[1] - GRACE
            failed += back > dues[2] + GRACE
            failed += went < dues[3] - GRACE
    return failed


def best_of(repeats: int, work: Callable[[], int]) -> tuple[float, int]:
    """The least CPU time that the work took, in seconds, and its result."""
    times = []
    for _ in range(repeats):
        start = process_time()
        result = work()
        times.append(process_time() - start)
    return min(times), result


def main() -> None:
    """Measure and print."""
    month = a_month()
    total, verdicts = best_of(REPEATS, lambda: judge_month(month))
    baseline, _ = best_of(REPEATS, lambda: compare_month(month))
    day = month[0][0]
    evidence = month[0][1][0]
    again, _ = best_of(
        ONE_DAY_REPEATS, lambda: len(judge_day(plan(day.day), evidence, as_of=AS_OF))
    )
    click.echo(f"a month of {STAFF} staff: {verdicts} verdicts in {total:.2f} s")
    click.echo(f"per verdict: {total / verdicts * MICROSECONDS:.1f} µs")
    click.echo(f"baseline (sort and compare): {baseline:.3f} s, ratio {total / baseline:.1f}")
    click.echo(f"one person's day again, with its plan: {again * MICROSECONDS:.0f} µs")


if __name__ == "__main__":
    main()

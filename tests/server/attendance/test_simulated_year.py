"""A year of 300 people: the rules against the regulation written a second time, naively."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from server.attendance.cover_rules import Cover, cover_standing
from server.attendance.day_plan import DayPlan, plan_day
from server.attendance.evidence import (
    AwayFinding,
    Evidence,
    HandSignature,
    Leave,
    ProxyInvolvement,
    PunchStanding,
    PunchTime,
)
from server.attendance.periods import period_of
from server.attendance.presets.judging import ProxyRole
from server.attendance.presets.leave import LeaveKind
from server.attendance.rules import judge_day
from server.attendance.tally_rules import tally
from server.attendance.timetable import HalfDay, TimetableOverride, timetable_for
from server.attendance.verdicts import Lapse, Verdict
from tests.server.attendance import naive_reference
from tests.server.attendance.halls import ZONE, preset, seeded_calendar
from tests.server.attendance.year_simulation import YEAR, SimulatedPerson, days_of, people

STAFF = 300
SETTINGS = preset("zichang").attendance
TWO_PUNCH_UNIT = 2
OTHER_UNIT = 1
OVERRIDE = TimetableOverride(
    SETTINGS.timetable[0].model_copy(update={"punches_per_day": 2}), unit_id=TWO_PUNCH_UNIT
)
AFTER_THE_YEAR = datetime(YEAR + 1, 1, 2, tzinfo=ZONE)


@cache
def plan_of(day: date, unit_id: int) -> DayPlan:
    """The plan of a day, by the unit's timetable."""
    kept = timetable_for(day, SETTINGS.timetable[0], [OVERRIDE], person_id=0, unit_id=unit_id)
    return plan_day(day, calendar=seeded_calendar(), settings=SETTINGS, zone=ZONE, timetable=kept)


def is_working(day: date) -> bool:
    """What the product's calendar says of a day."""
    return bool(plan_of(day, OTHER_UNIT).spans)


def evidence_of(person: SimulatedPerson, day: date, record: naive_reference.Record) -> Evidence:
    """What was recorded, as the rules take it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE)

    def at(second: int) -> datetime:
        return midnight + timedelta(seconds=second)

    standing = None
    if person.cover is not None:
        standing = cover_standing(
            Cover(*person.cover),
            day,
            limit=SETTINGS.cover_limit[0],
            signing=SETTINGS.cover_signing[0],
            is_working=is_working,
        )
    return Evidence(
        punches=[
            *(PunchTime(at(second)) for second in record.punches),
            *(PunchTime(at(second), standing=PunchStanding.FLAGGED) for second in record.doubted),
        ],
        signatures=[HandSignature(at(second), confirmed=True) for second in record.signatures],
        away=[AwayFinding(at(since), at(until)) for since, until in record.away],
        leaves=[
            Leave(
                at(start), at(end), LeaveKind.PERSONAL, needed, None if there is None else at(there)
            )
            for start, end, needed, there in record.leaves
        ],
        proxies=[ProxyInvolvement(day, HalfDay(record.proxy), ProxyRole.SIGNER)]
        if record.proxy
        else [],
        cover=standing,
    )


def as_answer(verdict: Verdict) -> tuple[str, int | None, int | None]:
    """A verdict in the naive reference's terms."""
    return verdict.kind.value, _seconds(verdict.late), _seconds(verdict.early)


def _seconds(lapse: Lapse | None) -> int | None:
    if lapse is None:
        return None
    return -1 if lapse.seconds is None else lapse.seconds


@pytest.fixture(scope="module")
def year() -> list[tuple[SimulatedPerson, list[Verdict], list[tuple[str, int | None, int | None]]]]:
    """Everyone's verdicts and what the reference says of the same half days."""
    return [(person, *_judged(person)) for person in people(STAFF)]


def _judged(
    person: SimulatedPerson,
) -> tuple[list[Verdict], list[tuple[str, int | None, int | None]]]:
    unit = TWO_PUNCH_UNIT if person.punches_a_day == 2 else OTHER_UNIT
    verdicts: list[Verdict] = []
    expected = []
    for day, record in days_of(person):
        evidence = evidence_of(person, day, record)
        verdicts += judge_day(plan_of(day, unit), evidence, as_of=AFTER_THE_YEAR)
        expected += naive_reference.answer(record, day, person.punches_a_day).values()
    return verdicts, expected


def test_the_calendar_has_the_working_days_of_the_notice():
    days = [date(YEAR, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [is_working(day) for day in days] == [naive_reference.works_on(day) for day in days]


def test_every_verdict_is_the_references(year):
    wrong = [
        (person, verdict, expectation)
        for person, verdicts, expectations in year
        for verdict, expectation in zip(verdicts, expectations, strict=True)
        if as_answer(verdict) != expectation
    ]

    assert wrong[:3] == []


def test_the_year_has_everything_in_it(year):
    kinds = Counter(verdict.kind.value for _, verdicts, _ in year for verdict in verdicts)

    assert sum(kinds.values()) > 140_000
    assert (
        min(kinds[kind] for kind in ("present", "late", "early_leave", "absent", "on_leave")) > 500
    )


def test_each_quarter_adds_up_as_counted_by_hand(year):
    accumulation = SETTINGS.accumulation[0]
    for _, verdicts, _ in year:
        by_quarter: dict[object, list[Verdict]] = {}
        for verdict in verdicts:
            by_quarter.setdefault(period_of(verdict.day, accumulation.period), []).append(verdict)
        for quarter in by_quarter.values():
            lapses = [as_answer(verdict)[1:] for verdict in quarter]
            counted = sum(one is not None for pair in lapses for one in pair)

            assert tally(quarter, accumulation).accumulated_days == counted // 5

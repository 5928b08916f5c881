"""Judges people's days from the rows, and stores what came out, version by version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from server.attendance.changes import Change, what_changed
from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import SECONDS_PER_DAY
from server.attendance.events import VerdictsChanged
from server.attendance.hours.plans import DayPlans, load_plans
from server.attendance.judging.gathering import gather
from server.attendance.judging.models import JudgingCause, VerdictVersion
from server.attendance.judging.stored import columns_of, verdict_of
from server.attendance.reasons import ReasonKey
from server.attendance.rules import judge_day
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict, VerdictKind
from server.people.models import Person
from server.work import Work

HalfKey = tuple[int, date, HalfDay]


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why a person's day is judged, and at whose hands."""

    cause: JudgingCause
    caused_by: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A half day of a person whose verdict is another than before."""

    person_id: int
    change: Change


def judge(
    work: Work, occasions: Mapping[tuple[int, date], Occasion], plans: DayPlans | None = None
) -> list[PersonChange]:
    """Judge these people's days as of now; what differs from the stored verdicts.

    Raises NoRegulation.
    """
    if not occasions:
        return []
    plans = plans or load_plans(work)
    days = [day for _, day in occasions]
    first, last = min(days), max(days)
    people = _people(work, {person_id for person_id, _ in occasions})
    evidence = gather(work, plans, people.keys(), first, last)
    store = _Store(work, people.keys(), first, last)
    changes: list[PersonChange] = []
    for (person_id, day), occasion in sorted(occasions.items()):
        person = people[person_id]
        plan = plans.plan(person, day)
        verdicts = judge_day(plan, evidence.of(person, day), as_of=work.now)
        old = store.current(person_id, day)
        for change in what_changed(map(verdict_of, old), verdicts):
            store.change(person_id, change, occasion, plan)
            changes.append(PersonChange(person_id, change))
    if changes:
        work.record(VerdictsChanged(half_days=len(changes)))
    return changes


def _people(work: Work, ids: Iterable[int]) -> dict[int, Person]:
    rows = work.session.scalars(
        select(Person).where(Person.hall_id == work.hall_id, Person.id.in_(list(ids)))
    )
    return {person.id: person for person in rows}


class _Store:
    """The versions stored of some people in a span of days."""

    def __init__(self, work: Work, people: Iterable[int], first: date, last: date) -> None:
        self._work = work
        span = VerdictVersion.person_id.in_(list(people)), VerdictVersion.day.between(first, last)
        rows = work.session.scalars(
            select(VerdictVersion).where(*span, VerdictVersion.superseded_at.is_(None))
        )
        self._current = {(row.person_id, row.day, row.half): row for row in rows}
        newest = work.session.execute(
            select(
                VerdictVersion.person_id,
                VerdictVersion.day,
                VerdictVersion.half,
                func.max(VerdictVersion.version),
            )
            .where(*span)
            .group_by(VerdictVersion.person_id, VerdictVersion.day, VerdictVersion.half)
        )
        self._newest: dict[HalfKey, int] = {
            (person, day, half): version for person, day, half, version in newest
        }

    def current(self, person_id: int, day: date) -> list[VerdictVersion]:
        """The versions in force of a person's day."""
        keys = ((person_id, day, half) for half in HalfDay)
        return [self._current[key] for key in keys if key in self._current]

    def change(self, person_id: int, change: Change, occasion: Occasion, plan: DayPlan) -> None:
        """Store a half day's new verdict; the old one is kept unless it was still pending."""
        key = person_id, change.day, change.half
        old = self._current.get(key)
        if old is not None:
            if old.kind is VerdictKind.PENDING:
                self._work.session.delete(old)
                self._newest[key] = old.version - 1
            else:
                old.superseded_at = self._work.now
                old.superseded_because = occasion.cause
            # The old version must be out of the way before the new one is written.
            self._work.session.flush()
        if change.after is not None:
            self._insert(key, change.after, occasion, plan)

    def _insert(self, key: HalfKey, verdict: Verdict, occasion: Occasion, plan: DayPlan) -> None:
        person_id, _, _ = key
        self._newest[key] = self._newest.get(key, 0) + 1
        self._work.session.add(
            VerdictVersion(
                hall_id=self._work.hall_id,
                person_id=person_id,
                version=self._newest[key],
                due_at=_due_at(verdict, plan, self._work.now),
                judged_at=self._work.now,
                cause=occasion.cause,
                caused_by=occasion.caused_by,
                **columns_of(verdict),
            )
        )


def _due_at(verdict: Verdict, plan: DayPlan, now: datetime) -> datetime | None:
    """When a half day for which punches can still come should be judged again.

    That is when its last slot closes. Leave can move it: then it is the end of the day.
    """
    if verdict.kind is not VerdictKind.PENDING or verdict.reasons[0].key is not ReasonKey.NOT_OVER:
        return None
    closes = max(
        (slot.closes for slot in plan.slots if slot.half is verdict.half), default=SECONDS_PER_DAY
    )
    midnight = datetime.combine(plan.day, time.min, plan.zone)
    due = midnight + timedelta(seconds=closes)
    return due if due > now else midnight + timedelta(days=1)

"""Verdicts as people look at them: of a day, of a person, and how one came about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.attendance.changes import Change
from server.attendance.evidence import PunchTime
from server.attendance.judging.models import JudgingCause, JudgingRequest, VerdictVersion
from server.attendance.judging.punch_evidence import punch_evidence
from server.attendance.judging.stored import verdict_of
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict
from server.people.models import Person
from server.work import Work


@dataclass(frozen=True, slots=True)
class HalfRecord:
    """The verdict in force on a half day, and how many versions there have been."""

    verdict: Verdict
    version: int
    judged_at: datetime


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One person's half days of one day, in order."""

    person: Person
    halves: tuple[HalfRecord, ...]


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version and what it changed. `cause` and `by` are what brought it about."""

    record: HalfRecord
    change: Change
    cause: JudgingCause
    by: str


def records_of_day(work: Work, day: date) -> list[PersonDay]:
    """Everybody's verdicts of a day, by unit and staff number."""
    rows = work.session.scalars(
        select(VerdictVersion)
        .join(Person)
        .where(
            VerdictVersion.hall_id == work.hall_id,
            VerdictVersion.day == day,
            VerdictVersion.superseded_at.is_(None),
        )
        .options(joinedload(VerdictVersion.person).joinedload(Person.unit))
        .order_by(Person.unit_id, Person.staff_number)
    )
    halves: dict[int, tuple[Person, list[HalfRecord]]] = {}
    for row in rows:
        halves.setdefault(row.person_id, (row.person, []))[1].append(_record(row))
    return [PersonDay(person, in_order(records)) for person, records in halves.values()]


def records_of_person(work: Work, person_id: int, first: date, last: date) -> list[HalfRecord]:
    """One person's verdicts from first to last, both included, in order of time."""
    rows = work.session.scalars(
        select(VerdictVersion)
        .where(
            VerdictVersion.hall_id == work.hall_id,
            VerdictVersion.person_id == person_id,
            VerdictVersion.day.between(first, last),
            VerdictVersion.superseded_at.is_(None),
        )
        .order_by(VerdictVersion.day)
    )
    return list(in_order([_record(row) for row in rows]))


def verdicts_of_hall(work: Work, first: date, last: date) -> dict[int, list[Verdict]]:
    """Everybody's verdicts in force from first to last, by person, in order of time."""
    rows = work.session.scalars(
        select(VerdictVersion)
        .where(
            VerdictVersion.hall_id == work.hall_id,
            VerdictVersion.day.between(first, last),
            VerdictVersion.superseded_at.is_(None),
        )
        .order_by(VerdictVersion.day)
    )
    found: dict[int, list[HalfRecord]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(_record(row))
    return {
        person_id: [record.verdict for record in in_order(records)]
        for person_id, records in found.items()
    }


def history(work: Work, person_id: int, day: date, half: HalfDay) -> list[VersionRecord]:
    """Every version of the verdict on a half day, oldest first, each with what it changed."""
    rows = work.session.scalars(
        select(VerdictVersion)
        .where(
            VerdictVersion.hall_id == work.hall_id,
            VerdictVersion.person_id == person_id,
            VerdictVersion.day == day,
            VerdictVersion.half == half,
        )
        .order_by(VerdictVersion.version)
    )
    versions: list[VersionRecord] = []
    before: Verdict | None = None
    for row in rows:
        record = _record(row)
        change = Change(day, half, before, record.verdict)
        versions.append(VersionRecord(record, change, row.cause, row.caused_by))
        before = record.verdict
    return versions


def is_judging_waiting(work: Work) -> bool:
    """Whether something has been asked for that is not judged yet."""
    return (
        work.session.scalar(
            select(JudgingRequest.id).where(JudgingRequest.hall_id == work.hall_id).limit(1)
        )
        is not None
    )


def in_order(records: Sequence[HalfRecord]) -> tuple[HalfRecord, ...]:
    """Records by day, the morning before the afternoon."""
    halves = list(HalfDay)
    return tuple(
        sorted(records, key=lambda each: (each.verdict.day, halves.index(each.verdict.half)))
    )


def _record(row: VerdictVersion) -> HalfRecord:
    return HalfRecord(verdict_of(row), row.version, row.judged_at)


def punches_of_person(work: Work, person_id: int, first: date, last: date) -> list[PunchTime]:
    """One person's punches from first to last, with what the office attested, in order."""
    found = punch_evidence(work, [person_id], first, last)
    return sorted((punch for day in found.values() for punch in day), key=lambda each: each.at)

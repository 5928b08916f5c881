"""Gathers everything that bears on some people's days, in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from server.attendance.covers.models import CoverDuty, HandSigning
from server.attendance.covers.standing import standing_on
from server.attendance.evidence import (
    AwayFinding,
    CoverStanding,
    Evidence,
    HandSignature,
    Leave,
    ProxyInvolvement,
    PunchTime,
)
from server.attendance.findings.models import PatrolFinding, ProxyCase
from server.attendance.hours.plans import DayPlans
from server.attendance.judging.punch_evidence import PersonDay, punch_evidence
from server.attendance.leaves.models import LeaveApplication
from server.attendance.leaves.states import COUNTING
from server.attendance.presets.judging import ProxyRole
from server.people.models import Person
from server.work import Work


@dataclass(frozen=True, slots=True)
class GatheredEvidence:
    """What was found about some people in a span of days."""

    plans: DayPlans
    punches: Mapping[PersonDay, Sequence[PunchTime]]
    signatures: Mapping[PersonDay, Sequence[HandSignature]]
    away: Mapping[int, Sequence[AwayFinding]]
    leaves: Mapping[int, Sequence[Leave]]
    proxies: Mapping[int, Sequence[ProxyInvolvement]]
    covers: Mapping[int, Sequence[CoverDuty]]

    def of(self, person: Person, day: date) -> Evidence:
        """The evidence on one person's day."""
        key = person.id, day
        return Evidence(
            punches=self.punches.get(key, ()),
            signatures=self.signatures.get(key, ()),
            away=self.away.get(person.id, ()),
            leaves=self.leaves.get(person.id, ()),
            proxies=self.proxies.get(person.id, ()),
            cover=self._cover(person, day),
        )

    def _cover(self, person: Person, day: date) -> CoverStanding | None:
        duties = self.covers.get(person.id)
        return None if duties is None else standing_on(duties, day, self.plans, person)


def gather(
    work: Work, plans: DayPlans, people: Collection[int], first: date, last: date
) -> GatheredEvidence:
    """Everything that is known about these people from first to last, both included."""
    start = datetime.combine(first, time.min, work.zone)
    end = datetime.combine(last + timedelta(days=1), time.min, work.zone)
    return GatheredEvidence(
        plans=plans,
        punches=punch_evidence(work, people, first, last),
        signatures=_signatures(work, people, first, last),
        away=_away(work, people, start, end),
        leaves=_leaves(work, people, start, end),
        proxies=_proxies(work, people, first, last),
        covers=_covers(work, people),
    )


def _signatures(
    work: Work, people: Collection[int], first: date, last: date
) -> dict[PersonDay, list[HandSignature]]:
    found: dict[PersonDay, list[HandSignature]] = defaultdict(list)
    rows = work.session.execute(
        select(
            HandSigning.person_id, HandSigning.day, HandSigning.signed_at, HandSigning.confirmed_at
        ).where(HandSigning.person_id.in_(people), HandSigning.day.between(first, last))
    )
    for person_id, day, at, confirmed_at in rows:
        found[person_id, day].append(HandSignature(at, confirmed_at is not None))
    return found


def _away(
    work: Work, people: Collection[int], start: datetime, end: datetime
) -> dict[int, list[AwayFinding]]:
    found: dict[int, list[AwayFinding]] = defaultdict(list)
    rows = work.session.scalars(
        select(PatrolFinding).where(
            PatrolFinding.person_id.in_(people),
            PatrolFinding.away_until.is_not(None),
            PatrolFinding.found_at.between(start, end),
        )
    )
    for row in rows:
        if row.away_until is not None:
            found[row.person_id].append(AwayFinding(row.found_at, row.away_until))
    return found


def _leaves(
    work: Work, people: Collection[int], start: datetime, end: datetime
) -> dict[int, list[Leave]]:
    found: dict[int, list[Leave]] = defaultdict(list)
    rows = work.session.scalars(
        select(LeaveApplication).where(
            LeaveApplication.person_id.in_(people),
            LeaveApplication.state.in_(COUNTING),
            LeaveApplication.starts_at < end,
            LeaveApplication.ends_at > start,
        )
    )
    for row in rows:
        found[row.person_id].append(row.as_evidence())
    return found


def _proxies(
    work: Work, people: Collection[int], first: date, last: date
) -> dict[int, list[ProxyInvolvement]]:
    found: dict[int, list[ProxyInvolvement]] = defaultdict(list)
    rows = work.session.scalars(
        select(ProxyCase).where(
            ProxyCase.hall_id == work.hall_id, ProxyCase.day.between(first, last)
        )
    )
    for row in rows:
        for person_id, role in (
            (row.signer_id, ProxyRole.SIGNER),
            (row.signed_for_id, ProxyRole.SIGNED_FOR),
        ):
            if person_id in people:
                found[person_id].append(ProxyInvolvement(row.day, row.half, role))
    return found


def _covers(work: Work, people: Collection[int]) -> dict[int, list[CoverDuty]]:
    found: dict[int, list[CoverDuty]] = defaultdict(list)
    for row in work.session.scalars(select(CoverDuty).where(CoverDuty.person_id.in_(people))):
        found[row.person_id].append(row)
    return found

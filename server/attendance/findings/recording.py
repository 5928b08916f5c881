"""Patrols and proxy signing put on record; whom they concern is told (窗口管理制度 五.3, 五.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.attachments import CheckedFile, keep
from server.attendance.findings.models import (
    AttestedPunch,
    ExcludedPunch,
    FindingKind,
    PatrolFinding,
    ProxyCase,
)
from server.attendance.findings.punch_choices import punches_to_choose, require_among
from server.attendance.hours.regulation import preset_in_force
from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.attendance.models import Punch
from server.attendance.notices.telling import tell
from server.attendance.presets.dated import in_force
from server.attendance.timetable import HalfDay
from server.clock import business_date
from server.i18n import N_
from server.people.models import Person
from server.people.staff import find_person
from server.problems import Conflict, Invalid, NotFound
from server.work import Work

KEPT_IN_SIGHT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Observation:
    """What a patrol saw, of whom and where."""

    person_id: int
    kind: FindingKind
    note: str
    counter_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProxyReport:
    """Who punched for whom, in which half day, and by which punch where that is known."""

    day: date
    half: HalfDay
    signer_id: int
    signed_for_id: int
    note: str
    punch_id: int | None = None


def record_finding(
    work: Work, seen: Observation, photo: CheckedFile | None = None
) -> PatrolFinding:
    """Put on record what a patrol saw just now, and tell the person. Raises NotFound."""
    person = find_person(work, seen.person_id)
    row = PatrolFinding(
        hall_id=work.hall_id,
        person_id=person.id,
        counter_id=seen.counter_id,
        kind=seen.kind,
        note=seen.note.strip(),
        photo_id=keep(work, photo).id if photo else None,
        found_at=work.now,
        found_by=work.actor.label,
    )
    work.session.add(row)
    work.session.flush()
    tell(
        work,
        N_("巡查于 {at} 记录：{note}。如有不同意见，请向业务督查科说明"),
        once=f"patrol:{row.id}",
        person_id=person.id,
        at=f"{work.now.astimezone(work.zone):%Y-%m-%d %H:%M}",
        note=row.note,
    )
    work.audit("patrol.record", f"finding:{row.id}", person=person.id, kind=row.kind.value)
    return row


def still_away(work: Work, finding_id: int) -> PatrolFinding:
    """A person found away before is away still; from the first look until now they were out.

    Raises NotFound, Conflict for another kind of finding or another day's.
    """
    row = find_finding(work, finding_id)
    day = business_date(row.found_at, work.zone)
    if row.kind is not FindingKind.AWAY or day != work.business_date:
        raise Conflict(N_("只有当天记录的“不在岗”才能再次核对"))
    row.away_until = work.now
    ask_to_judge(work, JudgingCause.PATROL, day, day, person_id=row.person_id)
    work.audit("patrol.still_away", f"finding:{row.id}", until=work.now.isoformat())
    return row


def record_proxy(work: Work, report: ProxyReport) -> ProxyCase:
    """Put a proxy-signed punch on record; it no longer counts, and both are judged again.

    Raises Invalid, NotFound, Conflict when it is on record already.
    """
    if report.signer_id == report.signed_for_id:
        raise Invalid(N_("代签人和被代签人不能是同一人"))
    for person_id in (report.signer_id, report.signed_for_id):
        find_person(work, person_id)
    if report.punch_id is not None:
        choices = punches_to_choose(work, report.signed_for_id, report.day)
        require_among(choices, report.punch_id)
    _refuse_twice(work, report)
    clause = in_force(preset_in_force(work).attendance.proxy_signing, report.day).clause
    row = ProxyCase(
        hall_id=work.hall_id,
        day=report.day,
        half=report.half,
        signer_id=report.signer_id,
        signed_for_id=report.signed_for_id,
        note=report.note.strip(),
        found_at=work.now,
        found_by=work.actor.label,
    )
    work.session.add(row)
    work.session.flush()
    if report.punch_id is not None:
        exclude_punch(work, report.punch_id, N_("代签"))
    for person_id in (report.signer_id, report.signed_for_id):
        ask_to_judge(work, JudgingCause.PROXY, report.day, report.day, person_id=person_id)
        tell(
            work,
            N_("{day} 的打卡经查为代签，已重新判定(依据：{clause})"),
            once=f"proxy:{row.id}:{person_id}",
            person_id=person_id,
            day=report.day.isoformat(),
            clause=clause,
        )
    work.audit("proxy.record", f"proxy:{row.id}", day=str(report.day))
    return row


def exclude_punch(work: Work, punch_id: int, why: str) -> None:
    """Leave a punch out of the count; the punch itself stays. Raises NotFound."""
    punch = work.session.get(Punch, punch_id)
    if punch is None or punch.hall_id != work.hall_id:
        raise NotFound(N_("没有这次打卡"))
    known = select(ExcludedPunch.id).where(ExcludedPunch.punch_id == punch_id)
    if work.session.scalar(known) is not None:
        return
    work.session.add(
        ExcludedPunch(
            hall_id=work.hall_id,
            punch_id=punch_id,
            why=why,
            excluded_at=work.now,
            excluded_by=work.actor.label,
        )
    )
    work.audit("punch.exclude", f"punch:{punch_id}", why=why)


def attest_punch(work: Work, person_id: int, at: datetime, why: str) -> AttestedPunch:
    """The office attests that a person signed at a time, e.g. after an objection.

    Raises Invalid without a reason or for a time to come.
    """
    if not why.strip() or at > work.now:
        raise Invalid(N_("请写明更正的理由；时间不能晚于现在"))
    find_person(work, person_id)
    day = business_date(at, work.zone)
    row = AttestedPunch(
        hall_id=work.hall_id,
        person_id=person_id,
        day=day,
        at=at,
        why=why.strip(),
        attested_at=work.now,
        attested_by=work.actor.label,
    )
    work.session.add(row)
    ask_to_judge(work, JudgingCause.CORRECTION, day, day, person_id=person_id)
    work.audit("punch.attest", f"person:{person_id}", at=at.isoformat(), why=row.why)
    return row


def _refuse_twice(work: Work, report: ProxyReport) -> None:
    known = select(ProxyCase.id).where(
        ProxyCase.hall_id == work.hall_id,
        ProxyCase.signer_id == report.signer_id,
        ProxyCase.signed_for_id == report.signed_for_id,
        ProxyCase.day == report.day,
        ProxyCase.half == report.half,
    )
    if work.session.scalar(known) is not None:
        raise Conflict(N_("这次代签已经记录过了"))


def find_finding(work: Work, finding_id: int) -> PatrolFinding:
    """A finding of this hall. Raises NotFound."""
    row = work.session.get(PatrolFinding, finding_id)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这条巡查记录"))
    return row


def latest_findings(work: Work, person_id: int | None = None) -> Sequence[PatrolFinding]:
    """The findings of the last weeks, of everybody or of one person; newest first."""
    query = (
        select(PatrolFinding)
        .where(
            PatrolFinding.hall_id == work.hall_id,
            PatrolFinding.found_at > work.now - KEPT_IN_SIGHT,
        )
        .options(
            joinedload(PatrolFinding.person).joinedload(Person.unit),
            joinedload(PatrolFinding.counter),
        )
        .order_by(PatrolFinding.id.desc())
    )
    if person_id is not None:
        query = query.where(PatrolFinding.person_id == person_id)
    return work.session.scalars(query).all()


def proxy_cases(work: Work) -> Sequence[ProxyCase]:
    """The proxy signings of the last weeks, newest first."""
    return work.session.scalars(
        select(ProxyCase)
        .where(ProxyCase.hall_id == work.hall_id, ProxyCase.found_at > work.now - KEPT_IN_SIGHT)
        .options(joinedload(ProxyCase.signer), joinedload(ProxyCase.signed_for))
        .order_by(ProxyCase.id.desc())
    ).all()

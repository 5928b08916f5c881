"""Objections (异议): within the days that the regulation gives, each with a decision (五.8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.attendance.findings.recording import attest_punch
from server.attendance.hours.plans import load_plans
from server.attendance.notices.telling import tell
from server.attendance.presets.dated import in_force
from server.attendance.publication_rules import is_objection_valid, last_objection_day
from server.attendance.publishing.models import (
    Objection,
    ObjectionState,
    Publication,
    PublicationKind,
)
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.clock import business_date
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person
from server.problems import Conflict, Invalid, NotFound
from server.work import Work


@dataclass(frozen=True, slots=True)
class PublishedHalf:
    """One of a person's own half days, and what was published of it."""

    day: date
    half: HalfDay
    kind: VerdictKind


class TooLateToObject(Conflict):
    """The days for objections are over; the detail names the clause."""

    code = "too-late-to-object"
    title = N_("异议已逾期")


def raise_objection(
    work: Work, publication_id: int, day: date, half: HalfDay, statement: str
) -> Objection:
    """The acting person objects to a published half day of their own.

    Raises TooLateToObject, NotFound when it was not published, Conflict a second time, Invalid.
    """
    person = acting_person(work)
    publication = find_publication(work, publication_id)
    if publication.kind is not PublicationKind.PUBLIC or not _is_published(
        publication, person, day, half
    ):
        raise NotFound(N_("公示里没有您的这个半天"))
    if not statement.strip():
        raise Invalid(N_("请写明异议的理由"))
    _require_time(work, publication)
    known = select(Objection.id).where(
        Objection.publication_id == publication.id,
        Objection.person_id == person.id,
        Objection.day == day,
        Objection.half == half,
    )
    if work.session.scalar(known) is not None:
        raise Conflict(N_("这个半天您已经提过异议"))
    row = Objection(
        hall_id=work.hall_id,
        publication_id=publication.id,
        person_id=person.id,
        day=day,
        half=half,
        statement=statement.strip(),
        raised_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.audit("objection.raise", f"objection:{row.id}", publication=publication.id, day=str(day))
    return row


def decide_objection(
    work: Work,
    objection_id: int,
    *,
    upheld: bool,
    answer: str,
    attested: Sequence[datetime] = (),
) -> Objection:
    """Decide an objection; upheld, the times at which the person did sign are attested.

    The published version stays; what is judged otherwise now shows beside it as a correction.
    Raises NotFound, Conflict when it is decided, Invalid without an answer or for another day.
    """
    row = work.session.get(Objection, objection_id, with_for_update=True)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这项异议"))
    if row.state is not ObjectionState.OPEN:
        raise Conflict(N_("这项异议已经处理"))
    if not answer.strip():
        raise Invalid(N_("请写明处理意见"))
    if any(business_date(at, work.zone) != row.day for at in attested):
        raise Invalid(N_("更正的时间应在有异议的那一天"))
    row.state = ObjectionState.UPHELD if upheld else ObjectionState.REJECTED
    row.answer = answer.strip()
    row.decided_at = work.now
    row.decided_by = work.actor.label
    if upheld:
        for at in attested:
            attest_punch(work, row.person_id, at, row.answer)
    tell(
        work,
        N_("您对 {day} 考勤的异议成立：{answer}")
        if upheld
        else N_("您对 {day} 考勤的异议不成立：{answer}"),
        once=f"objection:{row.id}",
        person_id=row.person_id,
        day=row.day.isoformat(),
        answer=row.answer,
    )
    work.audit("objection.decide", f"objection:{row.id}", upheld=upheld)
    return row


def last_day_to_object(work: Work, publication: Publication) -> date:
    """The last day on which an objection to a publication is valid."""
    plans = load_plans(work)
    published_on = business_date(publication.published_at, work.zone)
    rule = in_force(plans.settings.objection, published_on)
    return last_objection_day(published_on, rule, plans.hall_working_day)


def objections(work: Work, *, person_id: int | None = None) -> Sequence[Objection]:
    """Objections of everybody or of one person, open ones first, then newest first."""
    query = (
        select(Objection)
        .where(Objection.hall_id == work.hall_id)
        .options(
            joinedload(Objection.person).joinedload(Person.unit), joinedload(Objection.publication)
        )
        .order_by((Objection.state != ObjectionState.OPEN), Objection.id.desc())
    )
    if person_id is not None:
        query = query.where(Objection.person_id == person_id)
    return work.session.scalars(query.limit(200)).all()


def halves_to_object(work: Work, publication: Publication, person: Person) -> list[PublishedHalf]:
    """A person's half days as published, without those already objected to; odd ones first."""
    objected = {
        (row.day, row.half)
        for row in work.session.scalars(
            select(Objection).where(
                Objection.publication_id == publication.id, Objection.person_id == person.id
            )
        )
    }
    halves = [
        PublishedHalf(
            date.fromisoformat(each["day"]), HalfDay(each["half"]), VerdictKind(each["kind"])
        )
        for line in publication.content["people"]
        if line["person"] == person.id
        for each in line["halves"]
    ]
    return sorted(
        (each for each in halves if (each.day, each.half) not in objected),
        key=lambda each: each.kind is VerdictKind.PRESENT,
    )


def find_publication(work: Work, publication_id: int) -> Publication:
    """A publication of this hall. Raises NotFound."""
    row = work.session.get(Publication, publication_id)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这次公示"))
    return row


def _require_time(work: Work, publication: Publication) -> None:
    plans = load_plans(work)
    published_on = business_date(publication.published_at, work.zone)
    rule = in_force(plans.settings.objection, published_on)
    today = work.business_date
    if not is_objection_valid(today, published_on, rule, plans.hall_working_day):
        raise TooLateToObject(
            N_("异议应在 {last} 前(含当日)提出，逾期视为无效异议(依据：{clause})"),
            last=last_objection_day(published_on, rule, plans.hall_working_day).isoformat(),
            clause=rule.clause,
        )


def _is_published(publication: Publication, person: Person, day: date, half: HalfDay) -> bool:
    return any(
        line["person"] == person.id
        and any(
            each["day"] == day.isoformat() and each["half"] == half.value for each in line["halves"]
        )
        for line in publication.content["people"]
    )

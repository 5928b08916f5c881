"""Covers as the office and the units see them: how each stands, what it still lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from server.attendance.cover_rules import charged_to, last_day
from server.attendance.covers.models import CoverDuty
from server.attendance.covers.standing import lacking, must_enrol_on, standing_on
from server.attendance.evidence import CoverStanding
from server.attendance.hours.plans import DayPlans, load_plans
from server.attendance.models import TerminalIdentity
from server.attendance.presets.cover import Charge, CoverStep
from server.attendance.presets.dated import in_force
from server.people.models import Person
from server.work import Work

KEPT_IN_SIGHT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class CoverRecord:
    """One cover: how it stands today, the steps it lacks, when it must be enrolled by."""

    duty: CoverDuty
    lacks: tuple[CoverStep, ...]
    today: CoverStanding
    last_day: date
    enrol_by: date | None
    enrolled: bool
    struck_off: bool

    @property
    def must_enrol(self) -> bool:
        """Whether a fingerprint is demanded that is not there."""
        return self.enrol_by is not None and not self.enrolled and not self.struck_off


def cover_records(work: Work) -> list[CoverRecord]:
    """The covers that are proposed, on duty, or ended lately; newest first."""
    plans = load_plans(work)
    duties = work.session.scalars(
        select(CoverDuty)
        .where(
            CoverDuty.hall_id == work.hall_id,
            CoverDuty.planned_last_day >= work.business_date - KEPT_IN_SIGHT,
        )
        .options(
            joinedload(CoverDuty.person).joinedload(Person.unit),
            joinedload(CoverDuty.replaces),
            joinedload(CoverDuty.unit),
        )
        .order_by(CoverDuty.first_day.desc(), CoverDuty.id.desc())
    ).all()
    enrolled = _enrolled(work, duties)
    return [cover_record(work, plans, duty, enrolled) for duty in duties]


def cover_record(
    work: Work, plans: DayPlans, duty: CoverDuty, enrolled: frozenset[int]
) -> CoverRecord:
    """How one cover stands; `enrolled` are the people with a number on a terminal today."""
    limit = in_force(plans.settings.cover_limit, duty.first_day)
    return CoverRecord(
        duty=duty,
        lacks=lacking(duty, plans),
        today=standing_on([duty], work.business_date, plans, duty.person),
        last_day=last_day(duty.as_cover(), limit),
        enrol_by=must_enrol_on(duty, plans),
        enrolled=duty.person_id in enrolled,
        struck_off=duty.handed_back_at is not None,
    )


def cover_people(work: Work) -> Sequence[Person]:
    """Everybody who is or was cover staff."""
    return work.session.scalars(
        select(Person)
        .where(Person.hall_id == work.hall_id)
        .where(Person.id.in_(select(CoverDuty.person_id)))
        .order_by(Person.staff_number)
    ).all()


def charge_of(work: Work, person_id: int, day: date) -> Charge:
    """Whom the points of a person's violation on a day go to (4.3)."""
    plans = load_plans(work)
    is_cover = work.session.scalar(
        select(CoverDuty.id).where(CoverDuty.person_id == person_id).limit(1)
    )
    return charged_to(in_force(plans.settings.cover_charge, day), is_cover=is_cover is not None)


def _enrolled(work: Work, duties: Sequence[CoverDuty]) -> frozenset[int]:
    today = work.business_date
    return frozenset(
        work.session.scalars(
            select(TerminalIdentity.person_id).where(
                TerminalIdentity.person_id.in_([duty.person_id for duty in duties]),
                TerminalIdentity.valid_from <= today,
                or_(TerminalIdentity.valid_until.is_(None), TerminalIdentity.valid_until > today),
            )
        )
    )

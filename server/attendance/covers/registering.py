"""Registering cover staff: proposed by the unit, admitted step by step, prolonged, ended."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from server.attendance.cover_rules import Cover, is_too_long, longest_last_day
from server.attendance.covers.ending import judge_cover
from server.attendance.covers.models import CoverDuty, CoverStepTaken
from server.attendance.covers.standing import lacking
from server.attendance.hours.plans import DayPlans, load_plans
from server.attendance.offices.holding import acting_in, holds
from server.attendance.presets.cover import CoverStep
from server.attendance.presets.dated import in_force
from server.attendance.presets.leave import Approver
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person, find_person
from server.problems import Conflict, Invalid, NotAllowed, NotFound
from server.work import Work

PROPOSERS = (Approver.UNIT, Approver.UNIT_HEAD, Approver.WINDOW_HEAD, Approver.OFFICE)
TAKEN_BY = {
    CoverStep.AGREED: (Approver.OFFICE, Approver.DEPUTY_DIRECTOR, Approver.DIRECTOR),
    CoverStep.REGISTERED: (Approver.SUPERVISION,),
    CoverStep.TRAINED: (Approver.SUPERVISION, Approver.OFFICE),
    CoverStep.HANDED_OVER: PROPOSERS,
}
NUMBER_PREFIX = "D"  # staff numbers of cover staff: D001, D002, …


class CoverTooLong(Conflict):
    """The cover is planned for longer than the regulation allows."""

    code = "cover-too-long"
    title = N_("顶岗时间过长")


@dataclass(frozen=True, slots=True)
class CoverProposal:
    """A unit's proposal: an earlier cover by `person_id`, or a new one by `name`."""

    replaces_id: int
    first_day: date
    last_day: date
    phone: str
    name: str = ""
    person_id: int | None = None


def propose_cover(work: Work, proposal: CoverProposal) -> CoverDuty:
    """The unit of the person who is to be covered proposes somebody (4.1).

    Raises NotAllowed, CoverTooLong, Conflict when the cover has another duty then, Invalid.
    """
    replaces = find_person(work, proposal.replaces_id)
    acting_in(work, *PROPOSERS, unit_id=replaces.unit_id)
    if proposal.first_day > proposal.last_day:
        raise Invalid(N_("顶岗的开始日期应早于结束日期"))
    _refuse_too_long(load_plans(work), Cover(proposal.first_day, proposal.last_day))
    person = _cover_person(work, proposal, replaces)
    _refuse_second_duty(work, person.id, proposal.first_day, proposal.last_day)
    duty = CoverDuty(
        hall_id=work.hall_id,
        unit_id=replaces.unit_id,
        person_id=person.id,
        replaces_id=replaces.id,
        phone=proposal.phone.strip(),
        first_day=proposal.first_day,
        planned_last_day=proposal.last_day,
        proposed_at=work.now,
        proposed_by=work.actor.label,
    )
    work.session.add(duty)
    work.session.flush()
    judge_cover(work, duty)
    work.audit("cover.propose", f"cover:{duty.id}", person=person.id, replaces=replaces.id)
    return duty


def take_cover_step(work: Work, duty_id: int, step: CoverStep, note: str = "") -> CoverDuty:
    """Take the next step of the admission (4.1, 4.6): agree, register, train, hand over.

    Handing over is also for the person who is covered. Raises NotAllowed, Conflict out of order.
    """
    duty = find_duty(work, duty_id)
    missing = lacking(duty, load_plans(work))
    if not missing or missing[0] is not step:
        raise Conflict(N_("请按顺序办理顶岗手续"))
    person = acting_person(work)
    mine = step is CoverStep.HANDED_OVER and person.id == duty.replaces_id
    if not mine and not any(holds(work, person, office, duty.unit_id) for office in TAKEN_BY[step]):
        raise NotAllowed(N_("这一步不归您办理"))
    work.session.add(
        CoverStepTaken(
            duty_id=duty.id, step=step, note=note.strip(), taken_at=work.now, taken_by=person.id
        )
    )
    work.session.flush()
    work.session.refresh(duty, ["steps"])
    judge_cover(work, duty)
    work.audit("cover.step", f"cover:{duty.id}", step=step.value)
    return duty


def prolong_cover(work: Work, duty_id: int, last_day: date) -> CoverDuty:
    """Let a cover go on; beyond the days by hand it must be enrolled. Raises CoverTooLong."""
    acting_in(work, Approver.OFFICE)
    duty = find_duty(work, duty_id)
    if duty.ended_on is not None or last_day <= duty.planned_last_day:
        raise Conflict(N_("新的结束日期应晚于原来的，而且顶岗还没有结束"))
    _refuse_too_long(load_plans(work), Cover(duty.first_day, last_day))
    duty.planned_last_day = last_day
    judge_cover(work, duty)
    work.audit("cover.prolong", f"cover:{duty.id}", last_day=str(last_day))
    return duty


def end_cover(work: Work, duty_id: int, note: str = "") -> CoverDuty:
    """The cover hands back and is struck off (4.7); today is its last day at the latest."""
    duty = find_duty(work, duty_id)
    acting_in(work, *PROPOSERS, Approver.SUPERVISION, unit_id=duty.unit_id)
    if duty.handed_back_at is not None:
        raise Conflict(N_("这次顶岗已经注销"))
    duty.ended_on = min(duty.ended_on or work.business_date, work.business_date)
    duty.handed_back_at = work.now
    duty.pin_hash = duty.card_digest = None
    judge_cover(work, duty)
    work.audit("cover.hand_back", f"cover:{duty.id}", note=note.strip())
    return duty


def find_duty(work: Work, duty_id: int) -> CoverDuty:
    """A cover of this hall. Raises NotFound."""
    duty = work.session.get(CoverDuty, duty_id)
    if duty is None or duty.hall_id != work.hall_id:
        raise NotFound(N_("没有这次顶岗"))
    return duty


def _refuse_too_long(plans: DayPlans, cover: Cover) -> None:
    limit = in_force(plans.settings.cover_limit, cover.first_day)
    if is_too_long(cover, limit):
        raise CoverTooLong(
            N_("顶岗最迟到 {last}(依据：{clause})"),
            last=longest_last_day(cover.first_day, limit).isoformat(),
            clause=limit.clause,
        )


def _cover_person(work: Work, proposal: CoverProposal, replaces: Person) -> Person:
    """The person proposed; regular staff stand in by their A or B role, not as cover staff."""
    if proposal.person_id is not None:
        person = find_person(work, proposal.person_id)
        known = select(CoverDuty.id).where(CoverDuty.person_id == person.id).limit(1)
        if work.session.scalar(known) is None:
            raise Conflict(N_("本厅的工作人员按 A、B 角代岗，不作临时顶岗登记"))
        return person
    if not proposal.name.strip():
        raise Invalid(N_("请写明顶岗人员的姓名"))
    count = work.session.scalar(
        select(func.count())
        .select_from(Person)
        .where(Person.hall_id == work.hall_id, Person.staff_number.startswith(NUMBER_PREFIX))
    )
    person = Person(
        hall_id=work.hall_id,
        unit_id=replaces.unit_id,
        staff_number=f"{NUMBER_PREFIX}{(count or 0) + 1:03}",
        name=proposal.name.strip(),
    )
    work.session.add(person)
    work.session.flush()
    return person


def _refuse_second_duty(work: Work, person_id: int, first: date, last: date) -> None:
    other = work.session.scalar(
        select(CoverDuty.id)
        .where(
            CoverDuty.person_id == person_id,
            CoverDuty.first_day <= last,
            func.coalesce(CoverDuty.ended_on, CoverDuty.planned_last_day) >= first,
        )
        .limit(1)
    )
    if other is not None:
        raise Conflict(N_("这段时间该人员已有一次顶岗"))

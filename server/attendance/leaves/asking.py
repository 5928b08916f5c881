"""Asking for leave: what it needs is worked out at once, by the regulation on its first day."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from server.attachments import CheckedFile, keep
from server.attendance.hours.plans import DayPlans, load_plans
from server.attendance.leave_rules import (
    LeaveLength,
    LeaveRequirements,
    leave_length,
    leave_requirements,
)
from server.attendance.leaves.covering import check_cover
from server.attendance.leaves.models import LeaveActTaken, LeaveApplication
from server.attendance.leaves.settling import settle, tell_whose_turn
from server.attendance.leaves.states import COUNTING, LeaveState
from server.attendance.offices.holding import acting_in
from server.attendance.presets.dated import in_force
from server.attendance.presets.leave import Approver, LeaveForm, LeaveKind
from server.clock import business_date
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person, find_person
from server.problems import Conflict, Invalid
from server.work import Work

LIVE = COUNTING | {LeaveState.REQUESTED}


@dataclass(frozen=True, slots=True)
class LeaveWish:
    """What is asked for; the time ends before `ends_at`. The cover may be named later."""

    kind: LeaveKind
    starts_at: datetime
    ends_at: datetime
    reason: str
    cover_person_id: int | None = None
    cover_phone: str = ""


def ask_for_leave(
    work: Work, wish: LeaveWish, document: CheckedFile | None = None
) -> LeaveApplication:
    """The acting person asks in writing.

    Raises Invalid, Conflict when it overlaps another leave or is short enough to be told orally.
    """
    person = acting_person(work)
    leave, required = _new(work, person, wish)
    if required.form is LeaveForm.ORAL:
        raise Conflict(N_("这么短的假口头告知办公室即可，由办公室登记"))
    if document is not None:
        leave.document_id = keep(work, document).id
    work.audit("leave.ask", f"leave:{leave.id}", person=person.id, steps=len(required.steps))
    tell_whose_turn(work, leave)
    return leave


def record_oral_leave(work: Work, person_id: int, wish: LeaveWish) -> LeaveApplication:
    """The office notes what it was told (五.5(1)); that alone grants it.

    Raises Conflict for a leave that must be asked for in writing.
    """
    office = acting_in(work, Approver.OFFICE)
    person = find_person(work, person_id)
    leave, required = _new(work, person, wish)
    if required.form is not LeaveForm.ORAL:
        raise Conflict(N_("这么长的假须写请假条，请本人在“我的考勤”里申请"))
    for position, _step in enumerate(required.steps):
        work.session.add(
            LeaveActTaken(
                leave_id=leave.id,
                position=position,
                agreed=True,
                opinion="",
                person_id=office.id,
                taken_at=work.now,
            )
        )
    work.session.flush()
    work.session.refresh(leave, ["acts"])
    work.audit("leave.record_oral", f"leave:{leave.id}", person=person.id)
    settle(work, leave)
    return leave


def measure(plans: DayPlans, person: Person, wish: LeaveWish) -> LeaveLength:
    """How long a leave is in the person's own working time. Raises Invalid."""
    if wish.starts_at >= wish.ends_at:
        raise Invalid(N_("请假的开始时间应早于结束时间"))
    first = business_date(wish.starts_at, plans.zone)
    last = business_date(wish.ends_at, plans.zone)
    length = leave_length(wish.starts_at, wish.ends_at, plans.plans(person, first, last))
    if not length.seconds:
        raise Invalid(N_("这段时间不上班，不用请假"))
    return length


def requirements(plans: DayPlans, wish: LeaveWish, length: LeaveLength) -> LeaveRequirements:
    """What a leave of this length needs by the regulation on its first day."""
    day = business_date(wish.starts_at, plans.zone)
    return leave_requirements(
        wish.kind,
        length,
        chain=in_force(plans.settings.leave_chain, day),
        evidence=in_force(plans.settings.leave_evidence, day),
        cover=in_force(plans.settings.leave_cover, day),
    )


def _new(work: Work, person: Person, wish: LeaveWish) -> tuple[LeaveApplication, LeaveRequirements]:
    if not wish.reason.strip():
        raise Invalid(N_("请写明请假的原因"))
    plans = load_plans(work)
    length = measure(plans, person, wish)
    required = requirements(plans, wish, length)
    _refuse_overlap(work, person, wish)
    leave = LeaveApplication(
        hall_id=work.hall_id,
        person_id=person.id,
        kind=wish.kind,
        form=required.form,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        seconds=length.seconds,
        half_days=float(length.days * 2),
        reason=wish.reason.strip(),
        steps=[step.model_dump(mode="json") for step in required.steps],
        document=required.document,
        cover_required=required.cover,
        cover_phone=wish.cover_phone.strip(),
        clause=required.clause,
        asked_at=work.now,
        asked_by=work.actor.label,
    )
    work.session.add(leave)
    work.session.flush()
    work.session.refresh(leave)
    if wish.cover_person_id is not None:
        cover = check_cover(work, plans, leave, wish.cover_person_id)
        leave.cover_person_id, leave.cover_since = cover.person_id, cover.since
    return leave, required


def _refuse_overlap(work: Work, person: Person, wish: LeaveWish) -> None:
    other = work.session.scalar(
        select(LeaveApplication.id)
        .where(
            LeaveApplication.person_id == person.id,
            LeaveApplication.state.in_(LIVE),
            LeaveApplication.starts_at < wish.ends_at,
            LeaveApplication.ends_at > wish.starts_at,
        )
        .limit(1)
    )
    if other is not None:
        raise Conflict(N_("这段时间已经有一张请假条，请先撤销或销假"))

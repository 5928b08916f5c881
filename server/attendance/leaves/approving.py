"""Approvers' steps, and what the applicant hands in meanwhile."""

from datetime import datetime

from server.attachments import CheckedFile, keep
from server.attendance.hours.plans import load_plans
from server.attendance.leaves.covering import check_cover
from server.attendance.leaves.models import LeaveActTaken, LeaveApplication
from server.attendance.leaves.settling import (
    change_state,
    judge_leave,
    next_position,
    next_step,
    settle,
)
from server.attendance.leaves.states import LeaveAction, LeaveState
from server.attendance.notices.telling import tell
from server.attendance.offices.holding import acting_in, holds
from server.attendance.presets.leave import Approver, LeaveAct
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person
from server.problems import Conflict, Invalid, NotAllowed, NotFound
from server.work import Work

WITNESSES = (Approver.OFFICE, Approver.SUPERVISION, Approver.UNIT, Approver.WINDOW_HEAD)
"""Who may say that a cover is on post."""


def find_leave(work: Work, leave_id: int) -> LeaveApplication:
    """A leave of this hall. Raises NotFound."""
    leave = work.session.get(LeaveApplication, leave_id)
    if leave is None or leave.hall_id != work.hall_id:
        raise NotFound(N_("没有这张请假条"))
    return leave


def take_step(work: Work, leave_id: int, *, agreed: bool, opinion: str = "") -> LeaveApplication:
    """The acting person takes the step whose turn it is; refusing ends the leave.

    Raises NotAllowed for anybody whose office it is not, and for one's own leave; Conflict.
    """
    leave = _locked(work, leave_id)
    position, step = next_position(leave), next_step(leave)
    if position is None or step is None:
        raise Conflict(N_("这张请假条没有要办的手续了"))
    person = acting_person(work)
    if person.id == leave.person_id or not holds(work, person, step.approver, leave.person.unit_id):
        raise NotAllowed(N_("这一步不归您办理"))
    if not agreed and (step.act is LeaveAct.FILE or not opinion.strip()):
        raise Invalid(N_("不同意须写明理由；已批准的请假只备案"))
    _record(work, leave, position, person, agreed=agreed, opinion=opinion.strip())
    work.audit("leave.step", f"leave:{leave.id}", step=step.title, agreed=agreed)
    if agreed:
        settle(work, leave)
    else:
        _refuse(work, leave, opinion.strip())
    return leave


def hand_in_document(work: Work, leave_id: int, document: CheckedFile) -> LeaveApplication:
    """The applicant, or the office for them, shows the document. Raises NotAllowed, Conflict."""
    leave = _locked(work, leave_id)
    _own_or_office(work, leave)
    if leave.state not in {LeaveState.REQUESTED, LeaveState.GRANTED, LeaveState.RETURNED}:
        raise Conflict(N_("这张请假条已经结束"))
    leave.document_id = keep(work, document).id
    work.audit("leave.document", f"leave:{leave.id}", attachment=leave.document_id)
    settle(work, leave)
    return leave


def name_cover(work: Work, leave_id: int, person_id: int, phone: str) -> LeaveApplication:
    """The applicant, their unit or the office names who stands in. Raises NotAllowed, Conflict."""
    leave = _locked(work, leave_id)
    _own_or_office(work, leave, Approver.UNIT, Approver.WINDOW_HEAD)
    if leave.state not in {LeaveState.REQUESTED, LeaveState.GRANTED}:
        raise Conflict(N_("这张请假条已经结束"))
    cover = check_cover(work, load_plans(work), leave, person_id)
    leave.cover_person_id, leave.cover_since = cover.person_id, cover.since
    leave.cover_phone = phone.strip()
    work.session.flush()
    work.audit("leave.cover", f"leave:{leave.id}", cover=person_id)
    judge_leave(work, leave)
    settle(work, leave)
    return leave


def cover_is_on_post(work: Work, leave_id: int, since: datetime) -> LeaveApplication:
    """Somebody responsible says since when the cover is on post (五.5(3)); not in the future.

    Raises NotAllowed, Conflict, Invalid.
    """
    leave = _locked(work, leave_id)
    acting_in(work, *WITNESSES, unit_id=leave.person.unit_id)
    if leave.cover_person_id is None:
        raise Conflict(N_("还没有确定代岗人员"))
    if since > work.now:
        raise Invalid(N_("到岗时间不能晚于现在"))
    leave.cover_since = since
    work.audit("leave.cover_on_post", f"leave:{leave.id}", since=since.isoformat())
    judge_leave(work, leave)
    return leave


def _locked(work: Work, leave_id: int) -> LeaveApplication:
    find_leave(work, leave_id)
    return work.session.get_one(LeaveApplication, leave_id, with_for_update=True)


def _record(
    work: Work,
    leave: LeaveApplication,
    position: int,
    person: Person,
    *,
    agreed: bool,
    opinion: str,
) -> None:
    work.session.add(
        LeaveActTaken(
            leave_id=leave.id,
            position=position,
            agreed=agreed,
            opinion=opinion,
            person_id=person.id,
            taken_at=work.now,
        )
    )
    work.session.flush()
    work.session.refresh(leave, ["acts"])


def _refuse(work: Work, leave: LeaveApplication, opinion: str) -> None:
    change_state(work, leave, LeaveAction.REFUSE)
    tell(
        work,
        N_("您 {since} 起的请假没有批准：{opinion}"),
        once=f"leave:{leave.id}:refused",
        person_id=leave.person_id,
        since=f"{leave.starts_at.astimezone(work.zone):%Y-%m-%d %H:%M}",
        opinion=opinion,
    )


def _own_or_office(work: Work, leave: LeaveApplication, *offices: Approver) -> None:
    if acting_person(work).id != leave.person_id:
        acting_in(work, Approver.OFFICE, *offices, unit_id=leave.person.unit_id)

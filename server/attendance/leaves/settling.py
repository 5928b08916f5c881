"""What a leave still lacks, whose turn it is, and its grant once nothing is lacking."""

from sqlalchemy import or_, select

from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.attendance.leave_rules import LeaveLack, LeaveRequirements, leave_lack
from server.attendance.leaves.models import LeaveApplication
from server.attendance.leaves.states import LeaveAction, LeaveState, after
from server.attendance.notices.telling import tell
from server.attendance.offices.holding import OF_A_UNIT
from server.attendance.offices.models import OfficeHolder
from server.attendance.presets.leave import LeaveAct, LeaveStep
from server.clock import business_date
from server.i18n import N_
from server.problems import Conflict
from server.work import Work

OPEN_STATES = frozenset({LeaveState.REQUESTED, LeaveState.GRANTED, LeaveState.RETURNED})


def next_position(leave: LeaveApplication) -> int | None:
    """The step whose turn it is, counted from 0; None when nobody's turn it is.

    Filing waits for the grant, which may wait for a document or a cover.
    """
    position = len(leave.acts)
    if leave.state not in OPEN_STATES or position >= len(leave.steps):
        return None
    filing = leave.chain[position].act is LeaveAct.FILE
    return None if filing and leave.state is LeaveState.REQUESTED else position


def next_step(leave: LeaveApplication) -> LeaveStep | None:
    """The step whose turn it is."""
    position = next_position(leave)
    return None if position is None else leave.chain[position]


def lack_of(leave: LeaveApplication) -> LeaveLack:
    """What still stands between a leave and its grant; filing comes after the grant."""
    before_filing = tuple(step for step in leave.chain if step.act is not LeaveAct.FILE)
    required = LeaveRequirements(
        form=leave.form,
        steps=before_filing,
        document=leave.document,
        cover=leave.cover_required,
        clause=leave.clause,
    )
    return leave_lack(
        required,
        taken=leave.chain[: len(leave.acts)],
        document_shown=leave.document_id is not None,
        cover_named=leave.cover_person_id is not None,
    )


def settle(work: Work, leave: LeaveApplication) -> None:
    """Grant a leave that lacks nothing any more; else tell whose turn it is."""
    if leave.state is LeaveState.REQUESTED and lack_of(leave).nothing:
        change_state(work, leave, LeaveAction.GRANT)
        leave.granted_at = work.now
        tell(
            work,
            N_("您 {since} 起的请假已批准"),
            once=f"leave:{leave.id}:granted",
            person_id=leave.person_id,
            since=f"{leave.starts_at.astimezone(work.zone):%Y-%m-%d %H:%M}",
        )
    tell_whose_turn(work, leave)


def change_state(work: Work, leave: LeaveApplication, action: LeaveAction) -> None:
    """Move a leave on and have its days judged again. Raises Conflict where it does not fit."""
    state = after(leave.state, action)
    if state is None:
        raise Conflict(N_("这张请假条现在不能这样处理，请刷新页面"))
    leave.state = state
    work.session.flush()
    judge_leave(work, leave)


def judge_leave(work: Work, leave: LeaveApplication) -> None:
    """Have the days that a leave touches judged again."""
    ask_to_judge(
        work,
        JudgingCause.LEAVE,
        business_date(leave.starts_at, work.zone),
        business_date(leave.ends_at, work.zone),
        person_id=leave.person_id,
    )


def tell_whose_turn(work: Work, leave: LeaveApplication) -> None:
    """Tell everybody who may take the next step, except the applicant."""
    position, step = next_position(leave), next_step(leave)
    if position is None or step is None:
        return
    today = work.business_date
    unit_id = leave.person.unit_id if step.approver in OF_A_UNIT else None
    holders = work.session.scalars(
        select(OfficeHolder.person_id).where(
            OfficeHolder.hall_id == work.hall_id,
            OfficeHolder.office == step.approver,
            OfficeHolder.unit_id.is_(None) if unit_id is None else OfficeHolder.unit_id == unit_id,
            OfficeHolder.since <= today,
            or_(OfficeHolder.until.is_(None), OfficeHolder.until > today),
            OfficeHolder.person_id != leave.person_id,
        )
    )
    for person_id in holders:
        tell(
            work,
            N_("{name} 的请假条等您办理：{step}"),
            once=f"leave:{leave.id}:step:{position}:{person_id}",
            person_id=person_id,
            name=leave.person.name,
            step=step.title,
        )

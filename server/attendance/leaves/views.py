"""Leaves as each may see them: applicants their own, approvers what waits for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from server.attachments import CheckedFile, fetch
from server.attendance.leaves.approving import find_leave
from server.attendance.leaves.models import LeaveActTaken, LeaveApplication
from server.attendance.leaves.settling import OPEN_STATES, lack_of, next_step
from server.attendance.leaves.states import LeaveState
from server.attendance.offices.holding import OF_A_UNIT, offices_of
from server.attendance.presets.leave import Approver, LeaveStep
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person
from server.problems import NotFound
from server.work import Work

KEPT_IN_SIGHT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class LeaveSheet:
    """One leave as its page shows it; `turn` is the step whose turn it is, `mine` if one's own."""

    leave: LeaveApplication
    turn: LeaveStep | None
    mine_to_take: bool
    own: bool
    office: bool
    lacks_document: bool
    lacks_cover: bool


def own_leaves(work: Work, person: Person) -> Sequence[LeaveApplication]:
    """A person's leaves, newest first."""
    return work.session.scalars(
        _leaves(work)
        .where(LeaveApplication.person_id == person.id)
        .order_by(LeaveApplication.starts_at.desc())
        .limit(50)
    ).all()


def waiting_for(work: Work, person: Person) -> list[LeaveApplication]:
    """The leaves whose next step is this person's to take, oldest first."""
    offices = offices_of(work, person)
    if not offices:
        return []
    rows = work.session.scalars(
        _leaves(work).where(LeaveApplication.state.in_(OPEN_STATES)).order_by(LeaveApplication.id)
    )
    return [leave for leave in rows if _is_turn_of(leave, person, offices)]


def acted_on(work: Work, person: Person) -> Sequence[LeaveApplication]:
    """The leaves on which a person took a step lately, newest first."""
    return work.session.scalars(
        _leaves(work)
        .join(LeaveActTaken)
        .where(
            LeaveActTaken.person_id == person.id, LeaveActTaken.taken_at > work.now - KEPT_IN_SIGHT
        )
        .order_by(LeaveApplication.id.desc())
        .distinct()
    ).all()


def leaves_in_force(work: Work) -> Sequence[LeaveApplication]:
    """The hall's leaves that are asked for, granted and not over yet, or began lately."""
    return work.session.scalars(
        _leaves(work)
        .where(LeaveApplication.ends_at > work.now - KEPT_IN_SIGHT)
        .order_by(LeaveApplication.starts_at.desc())
    ).all()


def leave_sheet(work: Work, leave_id: int) -> LeaveSheet:
    """A leave for the acting person. Raises NotFound for whom it does not concern."""
    leave = find_leave(work, leave_id)
    person = acting_person(work)
    offices = offices_of(work, person)
    lack = lack_of(leave)
    open_ = leave.state is LeaveState.REQUESTED
    sheet = LeaveSheet(
        leave=leave,
        turn=next_step(leave),
        mine_to_take=_is_turn_of(leave, person, offices),
        own=leave.person_id == person.id,
        office=(Approver.OFFICE, None) in offices,
        lacks_document=open_ and lack.document,
        lacks_cover=open_ and lack.cover,
    )
    if not (sheet.own or sheet.office or sheet.mine_to_take or _concerns(leave, person, offices)):
        raise NotFound(N_("没有这张请假条"))
    return sheet


def leave_document(work: Work, leave_id: int) -> CheckedFile:
    """The document of a leave, for whom the leave concerns. Raises NotFound."""
    sheet = leave_sheet(work, leave_id)
    if sheet.leave.document_id is None:
        raise NotFound(N_("没有这个文件"))
    return fetch(work, sheet.leave.document_id)


def _concerns(
    leave: LeaveApplication, person: Person, offices: frozenset[tuple[Approver, int | None]]
) -> bool:
    """Whether a person took a step on a leave, or is responsible for the applicant's unit."""
    if any(act.person_id == person.id for act in leave.acts):
        return True
    return any(
        office in OF_A_UNIT and unit_id == leave.person.unit_id for office, unit_id in offices
    )


def _is_turn_of(
    leave: LeaveApplication, person: Person, offices: frozenset[tuple[Approver, int | None]]
) -> bool:
    step = next_step(leave)
    if step is None or leave.person_id == person.id:
        return False
    return (step.approver, leave.person.unit_id if step.approver in OF_A_UNIT else None) in offices


def _leaves(work: Work) -> Select[LeaveApplication]:
    return (
        select(LeaveApplication)
        .where(LeaveApplication.hall_id == work.hall_id)
        .options(
            joinedload(LeaveApplication.person).joinedload(Person.unit),
            joinedload(LeaveApplication.cover_person),
        )
    )

"""Leave that is not taken, and coming back early."""

from datetime import datetime

from server.attendance.covers.ending import end_covers_of
from server.attendance.leaves.approving import find_leave
from server.attendance.leaves.models import LeaveApplication
from server.attendance.leaves.settling import change_state
from server.attendance.leaves.states import LeaveAction, LeaveState
from server.attendance.offices.holding import acting_in
from server.attendance.presets.leave import Approver
from server.i18n import N_
from server.people.staff import acting_person
from server.problems import Conflict, Invalid
from server.work import Work


def cancel_leave(work: Work, leave_id: int) -> LeaveApplication:
    """Take a leave back before it begins: the applicant, or the office for them.

    Raises NotAllowed, Conflict once it has begun.
    """
    leave = _own(work, leave_id)
    if leave.state is LeaveState.GRANTED and leave.starts_at <= work.now:
        raise Conflict(N_("请假已经开始，请办理销假"))
    change_state(work, leave, LeaveAction.CANCEL)
    work.audit("leave.cancel", f"leave:{leave.id}")
    return leave


def come_back(work: Work, leave_id: int, back_at: datetime) -> LeaveApplication:
    """End a leave early; the rest of it counts as working time, and its cover ends (4.7).

    Raises NotAllowed, Conflict, Invalid when the time is not within the leave or lies ahead.
    """
    leave = _own(work, leave_id)
    if not leave.starts_at <= back_at < leave.ends_at:
        raise Invalid(N_("销假时间应在请假的时间里"))
    if back_at > work.now:
        raise Invalid(N_("销假时间不能晚于现在"))
    leave.back_at = back_at
    change_state(work, leave, LeaveAction.COME_BACK)
    work.audit("leave.come_back", f"leave:{leave.id}", back_at=back_at.isoformat())
    end_covers_of(work, leave.person_id, back_at)
    return leave


def _own(work: Work, leave_id: int) -> LeaveApplication:
    leave = find_leave(work, leave_id)
    if acting_person(work).id != leave.person_id:
        acting_in(work, Approver.OFFICE)
    return leave

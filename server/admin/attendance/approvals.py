"""What waits for an approver, and what the office notes of leave it was told of."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import EVERYBODY, blueprint
from server.admin.attendance.forms import carried_out, read_form, row_number
from server.admin.attendance.home import words
from server.admin.attendance.leave import LeaveForm
from server.attendance.leaves.asking import record_oral_leave
from server.attendance.leaves.views import acted_on, leaves_in_force, waiting_for
from server.attendance.offices.holding import offices_of
from server.attendance.presets.leave import Approver, LeaveKind
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.staff import acting_person, active_people
from server.work import Work


@blueprint.get("/attendance/approvals")
@access(EVERYBODY)
def approvals() -> str:
    """The leaves that wait for the acting person, and those they acted on."""
    return _page()


@blueprint.post("/attendance/approvals/oral")
@access(EVERYBODY)
def record_oral() -> ResponseReturnValue:
    """The office notes a leave it was told of."""
    return carried_out(
        _record,
        done=url_for("attendance.approvals"),
        again=_page,
        told=N_("已登记"),
    )


def _record(work: Work) -> None:
    record_oral_leave(work, row_number("person_id"), read_form(LeaveForm).wish(work))


def _page() -> str:
    with reading() as work:
        person = acting_person(work)
        office = (Approver.OFFICE, None) in offices_of(work, person)
        return render_template(
            "attendance/approvals.html",
            waiting=waiting_for(work, person),
            acted=acted_on(work, person),
            office=office,
            all_leaves=leaves_in_force(work) if office else [],
            people=active_people(work) if office else [],
            kinds=list(LeaveKind),
            form=request.form,
            zone=work.zone,
            **words(),
        )

"""Offices: who approves leave and cover, held by people from a date on."""

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from server.admin.attendance.blueprint import ADMINISTRATORS, OFFICE, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, row_number
from server.attendance.offices.holding import OF_A_UNIT, appoint, dismiss, holders
from server.attendance.presets.leave import Approver
from server.edge.access import access
from server.edge.context import reading
from server.edge.fields import LARGEST_ROW_NUMBER
from server.i18n import N_
from server.people.staff import active_people, units
from server.work import Work


class OfficeForm(Form):
    """Somebody is given an office."""

    office: Approver
    person_id: int = Field(ge=1, le=LARGEST_ROW_NUMBER)
    unit_id: int | None = None
    since: date


@blueprint.get("/admin/attendance/offices")
@access(OFFICE)
def offices() -> str:
    """Who holds which office."""
    return _offices_page()


@blueprint.post("/admin/attendance/offices")
@access(ADMINISTRATORS)
def change_offices() -> ResponseReturnValue:
    """Give an office to somebody, or end one."""
    return carried_out(
        _dismiss if "holder_id" in request.form else _appoint,
        done=url_for("attendance.offices"),
        again=_offices_page,
        told=N_("已保存"),
    )


def _offices_page() -> str:
    with reading() as work:
        return render_template(
            "attendance/offices.html",
            holders=holders(work),
            offices=list(Approver),
            of_a_unit=OF_A_UNIT,
            people=active_people(work),
            units=units(work),
            today=work.business_date,
        )


def _appoint(work: Work) -> None:
    form = read_form(OfficeForm)
    appoint(work, form.office, form.person_id, form.since, form.unit_id)


def _dismiss(work: Work) -> None:
    dismiss(work, row_number("holder_id"))

"""Cover staff: proposing, the steps of the admission, PINs, prolonging and ending."""

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import EVERYBODY, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, row_number
from server.attendance.covers.proving import give_pin, new_pin, pin_secret, register_card
from server.attendance.covers.registering import (
    CoverProposal,
    end_cover,
    prolong_cover,
    propose_cover,
    take_cover_step,
)
from server.attendance.covers.views import CoverRecord, cover_people, cover_records
from server.attendance.offices.holding import OF_A_UNIT, offices_of
from server.attendance.presets.cover import CoverStep
from server.edge.access import access
from server.edge.context import reading, writing
from server.edge.language import _
from server.edge.offload import offload
from server.i18n import N_
from server.people.models import Person
from server.people.staff import acting_person, active_people
from server.problems import Invalid
from server.security.passwords import hash_password
from server.work import Work


class ProposalForm(Form):
    """Who is to cover whom."""

    replaces_id: int
    person_id: int | None = None
    name: str = ""
    phone: str = ""
    first_day: date
    last_day: date


class StepForm(Form):
    """A step of the admission."""

    step: CoverStep
    note: str = ""


class CardForm(Form):
    """The number of an identity card."""

    id_number: str


class LastDayForm(Form):
    """A later last day."""

    last_day: date


class NoteForm(Form):
    """A few words."""

    note: str = ""


@blueprint.get("/attendance/covers")
@access(EVERYBODY)
def covers() -> str:
    """The covers that the acting person has to do with."""
    return _page()


@blueprint.post("/attendance/covers")
@access(EVERYBODY)
def change_covers() -> ResponseReturnValue:
    """Do what the pressed button says."""
    act = ACTS.get(request.form.get("act", ""), _unknown)
    return carried_out(act, done=url_for("attendance.covers"), again=_page, told=N_("已保存"))


@blueprint.post("/attendance/covers/<row:duty_id>/pin")
@access(EVERYBODY)
def give_new_pin(duty_id: int) -> ResponseReturnValue:
    """Give a cover a new PIN, shown this once."""
    pin = new_pin()
    hashed = offload(hash_password, pin_secret(duty_id, pin))
    with writing() as work:
        give_pin(work, duty_id, hashed)
    flash(_(N_("新的签到密码是 {pin}，只显示这一次，请交给本人"), pin=pin), "good")
    return redirect(url_for("attendance.covers"))


def _page() -> str:
    with reading() as work:
        person = acting_person(work)
        return render_template(
            "attendance/covers.html",
            records=_concerning(work, person),
            people=active_people(work),
            known=cover_people(work),
            form=request.form,
            today=work.business_date,
        )


def _concerning(work: Work, person: Person) -> list[CoverRecord]:
    """All covers for the centre's offices, a unit's for its own, one's own for everybody else."""
    offices = offices_of(work, person)
    centre = any(office not in OF_A_UNIT for office, _unit in offices)
    own_units = {unit_id for office, unit_id in offices if office in OF_A_UNIT}
    return [
        record
        for record in cover_records(work)
        if centre
        or record.duty.unit_id in own_units
        or person.id in {record.duty.person_id, record.duty.replaces_id}
    ]


def _propose(work: Work) -> None:
    form = read_form(ProposalForm)
    propose_cover(
        work,
        CoverProposal(
            replaces_id=form.replaces_id,
            first_day=form.first_day,
            last_day=form.last_day,
            phone=form.phone,
            name=form.name,
            person_id=form.person_id,
        ),
    )


def _step(work: Work) -> None:
    form = read_form(StepForm)
    take_cover_step(work, row_number("duty_id"), form.step, form.note)


def _card(work: Work) -> None:
    register_card(work, row_number("duty_id"), read_form(CardForm).id_number)


def _prolong(work: Work) -> None:
    prolong_cover(work, row_number("duty_id"), read_form(LastDayForm).last_day)


def _end(work: Work) -> None:
    end_cover(work, row_number("duty_id"), read_form(NoteForm).note)


def _unknown(_work: Work) -> None:
    raise Invalid(N_("请刷新页面后重试"))


ACTS: dict[str, Callable[[Work], None]] = {
    "propose": _propose,
    "step": _step,
    "card": _card,
    "prolong": _prolong,
    "end": _end,
}

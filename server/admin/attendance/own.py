"""A staff member's own page: notices, punches, verdicts with their reasons, leave, objections."""

from datetime import date

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import EVERYBODY, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, row_number
from server.admin.attendance.home import chosen_day, half_in_address, words
from server.attendance.judging.views import history, punches_of_person, records_of_person
from server.attendance.leaves.views import own_leaves, waiting_for
from server.attendance.notices.telling import mark_read, unread
from server.attendance.periods import period_of
from server.attendance.presets.judging import PeriodKind
from server.attendance.publishing.models import PublicationKind
from server.attendance.publishing.objecting import (
    halves_to_object,
    last_day_to_object,
    objections,
    raise_objection,
)
from server.attendance.publishing.views import publications
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict
from server.edge.access import access
from server.edge.context import caller, reading, writing
from server.i18n import N_
from server.people.staff import acting_person, person_of_account
from server.problems import Invalid
from server.work import Work

NEWEST = 5


class ObjectionForm(Form):
    """One's own half day that is not right as published."""

    publication_id: int
    which: str
    statement: str

    def half_day(self) -> tuple[date, HalfDay]:
        """Which half day was chosen. Raises Invalid for none of the list."""
        day, _gap, half = self.which.partition(" ")
        try:
            return date.fromisoformat(day), HalfDay(half)
        except ValueError as error:
            raise Invalid(N_("请选择对哪一个半天有异议")) from error


@blueprint.get("/attendance")
@access(EVERYBODY)
def own() -> str:
    """One's own attendance of a month."""
    return _page()


@blueprint.get("/attendance/<day>/<half>")
@access(EVERYBODY)
def own_versions(day: str, half: str) -> str:
    """How the verdict on one's own half day came about."""
    on, which = half_in_address(day, half)
    with reading() as work:
        person = acting_person(work)
        return render_template(
            "attendance/versions.html",
            person=person,
            day=on,
            half=which,
            versions=history(work, person.id, on, which),
            zone=work.zone,
            **words(),
        )


@blueprint.post("/attendance/notices")
@access(EVERYBODY)
def read_notices() -> ResponseReturnValue:
    """Put a notice away."""
    notice_id = row_number("notice_id")
    with writing() as work:
        mark_read(work, caller().role, [notice_id])
    return redirect(url_for("attendance.own"))


@blueprint.post("/attendance/objections")
@access(EVERYBODY)
def object_to() -> ResponseReturnValue:
    """Object to a published half day of one's own."""
    return carried_out(
        _object,
        done=url_for("attendance.own"),
        again=_page,
        told=N_("异议已提交，处理后会通知您"),
    )


def _object(work: Work) -> None:
    form = read_form(ObjectionForm)
    raise_objection(work, form.publication_id, *form.half_day(), form.statement)


def _page() -> str:
    with reading() as work:
        person = person_of_account(work, work.actor.account_id)
        shared = {"notices": unread(work, caller().role), "person": person, "zone": work.zone}
        if person is None:
            return render_template("attendance/own.html", **shared)
        month = period_of(chosen_day(work.business_date), PeriodKind.MONTH)
        published = publications(work, PublicationKind.PUBLIC)[:NEWEST]
        return render_template(
            "attendance/own.html",
            **shared,
            month=month,
            records=records_of_person(work, person.id, month.first, month.last),
            punches=punches_of_person(work, person.id, work.business_date, work.business_date),
            versions_url=_versions_url,
            leaves=own_leaves(work, person),
            waiting=len(waiting_for(work, person)),
            publications=[
                (row, last_day_to_object(work, row), halves_to_object(work, row, person))
                for row in published
            ],
            objections=objections(work, person_id=person.id),
            today=work.business_date,
            **words(),
        )


def _versions_url(verdict: Verdict) -> str:
    return url_for("attendance.own_versions", day=verdict.day, half=verdict.half.value)

"""Publications: frozen weeks, notices to units, years; and the objections to them."""

from datetime import date, datetime, time

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import EVERYBODY, OFFICE, blueprint
from server.admin.attendance.files import as_pdf, as_workbook
from server.admin.attendance.forms import Form, carried_out, read_form, row_number
from server.admin.attendance.home import words
from server.attendance.offices.holding import offices_of
from server.attendance.presets.leave import Approver
from server.attendance.publishing.freezing import notify_units, publish, scope_of, year_file
from server.attendance.publishing.models import Publication, PublicationKind
from server.attendance.publishing.objecting import (
    decide_objection,
    find_publication,
    last_day_to_object,
    objections,
)
from server.attendance.publishing.papers import results_pdf, results_workbook
from server.attendance.publishing.views import (
    due_periods,
    notable_halves,
    publications,
    published_results,
)
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.attendance.wording import sentence
from server.edge.access import access
from server.edge.context import caller, reading
from server.edge.language import language
from server.i18n import N_
from server.people.staff import person_of_account
from server.problems import Invalid, NotFound
from server.work import Work


class PublishForm(Form):
    """A day of the period to be frozen, and for whom."""

    kind: PublicationKind
    day: date


class DecisionForm(Form):
    """What becomes of an objection; times are on the hall's clock."""

    upheld: bool
    answer: str
    first: time | None = None
    second: time | None = None


@blueprint.get("/admin/attendance/publications")
@access(OFFICE)
def publications_page() -> str:
    """What is published, what is due, and the objections."""
    return _page()


@blueprint.post("/admin/attendance/publications")
@access(OFFICE)
def publish_results() -> ResponseReturnValue:
    """Publish a week, tell the units of a month, or file a year."""
    return carried_out(
        _publish,
        done=url_for("attendance.publications_page"),
        again=_page,
        told=N_("已公示，版本已固定"),
    )


@blueprint.post("/admin/attendance/objections")
@access(OFFICE)
def decide() -> ResponseReturnValue:
    """Decide an objection."""
    return carried_out(
        _decide,
        done=url_for("attendance.publications_page"),
        again=_page,
        told=N_("已处理，并通知本人"),
    )


@blueprint.get("/attendance/publications/<row:publication_id>")
@access(EVERYBODY)
def publication(publication_id: int) -> str:
    """One publication with its corrections, for whoever may read it."""
    with reading() as work:
        row = _readable(work, publication_id)
        chosen = language()
        return render_template(
            "attendance/publication.html",
            results=published_results(work, row),
            notable=notable_halves,
            half_of=HalfDay,
            kind_of=VerdictKind,
            sentence=lambda reason: sentence(reason, chosen),
            last_day=last_day_to_object(work, row),
            zone=work.zone,
            **words(),
        )


@blueprint.get("/attendance/publications/<row:publication_id>.pdf")
@access(EVERYBODY)
def publication_pdf(publication_id: int) -> Response:
    """The same on paper."""
    with reading() as work:
        results = published_results(work, _readable(work, publication_id))
        return as_pdf(results_pdf(work, results), f"attendance-{publication_id}")


@blueprint.get("/attendance/publications/<row:publication_id>.xlsx")
@access(EVERYBODY)
def publication_workbook(publication_id: int) -> Response:
    """The same as a workbook."""
    with reading() as work:
        results = published_results(work, _readable(work, publication_id))
        return as_workbook(results_workbook(results), f"attendance-{publication_id}")


def _readable(work: Work, publication_id: int) -> Publication:
    """A publication: published ones for the staff, the others for the office and the unit's head.

    Raises NotFound.
    """
    row = find_publication(work, publication_id)
    if row.kind is PublicationKind.PUBLIC or OFFICE.admits(caller()):
        return row
    person = person_of_account(work, work.actor.account_id)
    if person is not None:
        units = {
            scope_of(unit_id)
            for office, unit_id in offices_of(work, person)
            if office is Approver.UNIT_HEAD and unit_id is not None
        }
        if row.scope in units:
            return row
    raise NotFound(N_("没有这次公示"))


def _page() -> str:
    with reading() as work:
        return render_template(
            "attendance/publications.html",
            lists=[(kind, publications(work, kind)) for kind in PublicationKind],
            due=[
                (kind, due_periods(work, kind))
                for kind in (PublicationKind.PUBLIC, PublicationKind.UNIT_NOTICE)
            ],
            last_year=work.business_date.year - 1,
            objections=objections(work),
            zone=work.zone,
            form=request.form,
            **words(),
        )


def _publish(work: Work) -> None:
    form = read_form(PublishForm)
    if form.kind is PublicationKind.PUBLIC:
        publish(work, form.day)
    elif form.kind is PublicationKind.UNIT_NOTICE:
        if not notify_units(work, form.day):
            raise Invalid(N_("各单位都已通报过"))
    else:
        year_file(work, form.day.year)


def _decide(work: Work) -> None:
    form = read_form(DecisionForm)
    objection_id = row_number("objection_id")
    day = next((each.day for each in objections(work) if each.id == objection_id), None)
    if day is None:
        raise NotFound(N_("没有这项异议"))
    decide_objection(
        work,
        objection_id,
        upheld=form.upheld,
        answer=form.answer,
        attested=[
            datetime.combine(day, clock, work.zone)
            for clock in (form.first, form.second)
            if clock is not None
        ],
    )

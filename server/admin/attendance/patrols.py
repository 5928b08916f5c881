"""Patrols on a phone: what was seen of whom, with a photo; proxy signing; attested times."""

from collections.abc import Callable
from datetime import date, datetime

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import OFFICE, blueprint
from server.admin.attendance.files import as_picture
from server.admin.attendance.forms import Form, carried_out, read_form, row_number, uploaded
from server.admin.attendance.home import words
from server.attachments import check_picture, fetch
from server.attendance.findings.models import FindingKind
from server.attendance.findings.punch_choices import punches_to_choose
from server.attendance.findings.recording import (
    Observation,
    ProxyReport,
    attest_punch,
    find_finding,
    latest_findings,
    proxy_cases,
    record_finding,
    record_proxy,
    still_away,
)
from server.attendance.timetable import HalfDay
from server.catalogue.views import counters
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.staff import active_people, find_person
from server.problems import Invalid, NotFound
from server.work import Work


class FindingForm(Form):
    """What a patrol saw."""

    person_id: int
    counter_id: int | None = None
    kind: FindingKind
    note: str


class ProxyForm(Form):
    """Who punched for whom."""

    day: date
    half: HalfDay
    signer_id: int
    signed_for_id: int
    punch_id: int | None = None
    note: str = ""


class AttestForm(Form):
    """A time at which somebody did sign."""

    person_id: int
    at: datetime
    why: str


@blueprint.get("/patrol")
@access(OFFICE)
def patrol() -> str:
    """The patrol's page."""
    return _page()


@blueprint.post("/patrol")
@access(OFFICE)
def record_patrol() -> ResponseReturnValue:
    """Put on record what the pressed button says."""
    act = ACTS.get(request.form.get("act", ""), _unknown)
    return carried_out(
        act, done=url_for("attendance.patrol"), again=_page, told=N_("已记录，并通知本人")
    )


@blueprint.get("/patrol/<row:finding_id>/photo")
@access(OFFICE)
def patrol_photo(finding_id: int) -> Response:
    """The photo of a finding."""
    with reading() as work:
        photo_id = find_finding(work, finding_id).photo_id
        if photo_id is None:
            raise NotFound(N_("没有这个文件"))
        file = fetch(work, photo_id)
        return as_picture(file.content, file.media_type)


def _page() -> str:
    day = request.args.get("day", type=date.fromisoformat)
    signed_for_id = request.args.get("signed_for_id", type=int)
    with reading() as work:
        if day is not None and signed_for_id is not None:
            choices = punches_to_choose(work, find_person(work, signed_for_id).id, day)
        else:
            choices = None
        return render_template(
            "attendance/patrol.html",
            findings=latest_findings(work),
            proxies=proxy_cases(work),
            people=active_people(work),
            counters=counters(work),
            kinds=list(FindingKind),
            halves=list(HalfDay),
            today=work.business_date,
            proxied={"day": day, "signed_for_id": signed_for_id, "punches": choices},
            zone=work.zone,
            form=request.form,
            **words(),
        )


def _finding(work: Work) -> None:
    form = read_form(FindingForm)
    content = uploaded("photo")
    record_finding(
        work,
        Observation(form.person_id, form.kind, form.note, form.counter_id),
        check_picture(content) if content else None,
    )


def _still_away(work: Work) -> None:
    still_away(work, row_number("finding_id"))


def _proxy(work: Work) -> None:
    form = read_form(ProxyForm)
    record_proxy(
        work,
        ProxyReport(
            form.day, form.half, form.signer_id, form.signed_for_id, form.note, form.punch_id
        ),
    )


def _attest(work: Work) -> None:
    form = read_form(AttestForm)
    attest_punch(work, form.person_id, form.at.replace(tzinfo=work.zone), form.why)


def _unknown(_work: Work) -> None:
    raise Invalid(N_("请刷新页面后重试"))


ACTS: dict[str, Callable[[Work], None]] = {
    "finding": _finding,
    "still_away": _still_away,
    "proxy": _proxy,
    "attest": _attest,
}

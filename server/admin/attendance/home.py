"""The attendance office's first page, and the verdicts of one day and of one person."""

from datetime import date, timedelta

from flask import render_template, request, url_for

from server.admin.attendance.blueprint import OFFICE, blueprint
from server.attendance.hours.regulation import adopted
from server.attendance.judging.views import history, records_of_day, records_of_person
from server.attendance.notices.telling import unread
from server.attendance.periods import period_of
from server.attendance.presets.judging import PeriodKind
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict
from server.attendance.wording import change_sentences, sentences, term
from server.edge.access import access
from server.edge.context import caller, reading
from server.edge.language import language
from server.i18n import N_
from server.people.staff import find_person
from server.problems import NotFound


@blueprint.get("/admin/attendance")
@access(OFFICE)
def home() -> str:
    """Everything the office does about attendance."""
    with reading() as work:
        return render_template(
            "attendance/home.html",
            regulation=adopted(work),
            notices=unread(work, caller().role),
            zone=work.zone,
        )


@blueprint.get("/admin/attendance/verdicts")
@access(OFFICE)
def verdicts() -> str:
    """Everybody's half days of a date."""
    with reading() as work:
        day = chosen_day(work.business_date)
        return render_template(
            "attendance/verdicts.html",
            day=day,
            before=day - timedelta(days=1),
            after=day + timedelta(days=1),
            people=records_of_day(work, day),
            **words(),
        )


@blueprint.get("/admin/attendance/people/<row:person_id>")
@access(OFFICE)
def person(person_id: int) -> str:
    """One person's half days of a month, each with its reasons."""
    with reading() as work:
        shown = find_person(work, person_id)
        month = period_of(chosen_day(work.business_date), PeriodKind.MONTH)
        return render_template(
            "attendance/person.html",
            person=shown,
            month=month,
            records=records_of_person(work, person_id, month.first, month.last),
            versions_url=lambda verdict: _versions_url(person_id, verdict),
            **words(),
        )


@blueprint.get("/admin/attendance/people/<row:person_id>/<day>/<half>")
@access(OFFICE)
def versions(person_id: int, day: str, half: str) -> str:
    """How the verdict on a half day came about, version by version."""
    on, which = half_in_address(day, half)
    with reading() as work:
        return render_template(
            "attendance/versions.html",
            person=find_person(work, person_id),
            day=on,
            half=which,
            versions=history(work, person_id, on, which),
            zone=work.zone,
            **words(),
        )


def _versions_url(person_id: int, verdict: Verdict) -> str:
    return url_for(
        "attendance.versions", person_id=person_id, day=verdict.day, half=verdict.half.value
    )


def chosen_day(default: date) -> date:
    """The date in the address; today's, or that of whoever typed nonsense, is the default."""
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return default


def half_in_address(day: str, half: str) -> tuple[date, HalfDay]:
    """A half day named in an address. Raises NotFound for what is none."""
    try:
        return date.fromisoformat(day), HalfDay(half)
    except ValueError as error:
        raise NotFound(N_("没有这个地址")) from error


def words() -> dict[str, object]:
    """What templates word verdicts with, in the language of the request."""
    chosen = language()
    return {
        "term": lambda value: term(value, chosen),
        "sentences": lambda verdict: sentences(verdict, chosen),
        "change_sentences": lambda change: change_sentences(change, chosen),
    }

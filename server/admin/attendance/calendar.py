"""The calendar: a year's holidays and make-up days, edited, imported and confirmed."""

from datetime import date

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import OFFICE, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, uploaded
from server.attendance.hours.day_files import read_days, write_days
from server.attendance.hours.days import (
    confirm_year,
    remove_day,
    seed_calendar,
    set_days,
    year_of_days,
)
from server.catalogue.calendar import CalendarEntry, DayKind
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.problems import Invalid
from server.work import Work


class DayForm(Form):
    """A day entered by hand."""

    day: date
    kind: DayKind
    name: str


class OneDay(Form):
    """A day named."""

    day: date


@blueprint.get("/admin/attendance/calendar/<int:year>")
@access(OFFICE)
def calendar(year: int) -> str:
    """One year."""
    return _page(year)


@blueprint.get("/admin/attendance/calendar")
@access(OFFICE)
def this_calendar() -> str:
    """This year."""
    with reading() as work:
        year = work.business_date.year
    return _page(year)


@blueprint.get("/admin/attendance/calendar/<int:year>.csv")
@access(OFFICE)
def calendar_file(year: int) -> Response:
    """A year as a file for a spreadsheet, to be edited and read back."""
    with reading() as work:
        content = write_days(year_of_days(work, year).entries)
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="calendar-{year}.csv"'
    return response


@blueprint.post("/admin/attendance/calendar/<int:year>")
@access(OFFICE)
def change_calendar(year: int) -> ResponseReturnValue:
    """Seed, confirm, enter a day, remove one, or read a file, as the pressed button says."""
    act, told = ACTS.get(request.form.get("act", ""), (_unknown, ""))
    return carried_out(
        lambda work: act(work, year),
        done=url_for("attendance.calendar", year=year),
        again=lambda: _page(year),
        told=told,
    )


def _page(year: int) -> str:
    with reading() as work:
        return render_template("attendance/calendar.html", year=year_of_days(work, year))


def _enter(work: Work, _year: int) -> None:
    form = read_form(DayForm)
    set_days(work, [CalendarEntry(form.day, form.kind, form.name)])


def _import(work: Work, _year: int) -> None:
    content = uploaded("file")
    if content is None:
        raise Invalid(N_("请先选择文件"))
    set_days(work, read_days(content))


def _remove(work: Work, _year: int) -> None:
    remove_day(work, read_form(OneDay).day)


def _unknown(_work: Work, _year: int) -> None:
    raise Invalid(N_("请刷新页面后重试"))


ACTS = {
    "seed": (seed_calendar, N_("已填入这一年已知的节假日，请对照国务院的通知核对")),
    "confirm": (confirm_year, N_("已确认，这一年的考勤将按此判定")),
    "enter": (_enter, N_("已记下，请核对后再次确认这一年")),
    "import": (_import, N_("已导入，请核对后再次确认这一年")),
    "remove": (_remove, N_("已恢复为平常的工作日或休息日，请再次确认这一年")),
}

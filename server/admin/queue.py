"""The manager's pages of the queue: the hall now, a day again, statistics, complaints, alarms."""

from datetime import date, datetime
from typing import Annotated

from apiflask import APIBlueprint
from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from server.admin.charts import HEIGHT, WIDTH, draw
from server.edge.access import access, allow
from server.edge.context import reading, writing
from server.edge.language import _
from server.i18n import N_
from server.people.models import Role
from server.problems import Invalid
from server.queueing.alarms import answer_alarm
from server.queueing.course import course_of
from server.queueing.days import confirm_day, today
from server.queueing.exporting import Cell, as_csv, as_excel
from server.queueing.ratings import open_complaints, settle_complaint
from server.queueing.replay import HallThen, hall_then
from server.queueing.statistics import By, Row, statistics
from server.queueing.supervision import HallNow, hall_now
from server.queueing.taking_back import take_back_counter

blueprint = APIBlueprint("queue", __name__)

MANAGERS = allow(Role.SUPERVISOR, Role.ADMINISTRATOR)
LONGEST_SPAN_DAYS = 366
LONGEST_OUTCOME = 500

TITLES = {
    "name": N_("名称"),
    "tickets": N_("取号"),
    "cases": N_("办件"),
    "served": N_("已办结"),
    "no_shows": N_("未到"),
    "walked_out": N_("弃号"),
    "transfers": N_("转号"),
    "waiting": N_("平均等候（分钟）"),
    "longest_wait": N_("最长等候（分钟）"),
    "walking": N_("走到窗口（分钟）"),
    "service": N_("平均办理（分钟）"),
    "ratings": N_("评价数"),
    "rating": N_("平均评分（5 分制）"),
}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SpanQuery(BaseModel):
    """Days, both included (today if none are given), and what the rows are about."""

    first: date | None = None
    last: date | None = None
    by: By = By.SERVICE


class DayQuery(BaseModel):
    """A business day; today if none is given."""

    day: date | None = None


class ReplayQuery(BaseModel):
    """A business day and an instant of it."""

    day: date
    at: Annotated[datetime, Field(description="with its time zone")]


class Statistics(BaseModel):
    """The rows of a span."""

    first: date
    last: date
    by: By
    rows: list[Row]


@blueprint.get("/admin/queue")
@access(MANAGERS)
@blueprint.doc(hide=True)
def page() -> str:
    """The hall now."""
    with reading() as work:
        now, complaints = hall_now(work), open_complaints(work)
        return render_template("admin/queue.html", hall=now, complaints=complaints)


@blueprint.get("/api/queue/now")
@access(MANAGERS)
@blueprint.output(HallNow)
def now() -> HallNow:
    """The same as data."""
    with reading() as work:
        return hall_now(work)


@blueprint.get("/api/queue/replay")
@access(MANAGERS)
@blueprint.input(ReplayQuery, location="query", arg_name="query")
@blueprint.output(HallThen)
@blueprint.doc(responses=[422])
def replay(query: ReplayQuery) -> HallThen:
    """Who was where at an instant of a day."""
    with reading() as work:
        at = query.at if query.at.tzinfo else query.at.replace(tzinfo=work.zone)
        return hall_then(work, query.day, at)


@blueprint.get("/admin/queue/replay")
@access(MANAGERS)
@blueprint.input(DayQuery, location="query", arg_name="query")
@blueprint.doc(hide=True)
def replay_page(query: DayQuery) -> str:
    """A day once more, minute by minute."""
    with reading() as work:
        day = query.day or today(work)
        course = course_of(work, day)
    series = (
        {}
        if course is None
        else {"waiting": course.waiting, "served": course.served, "avoidable": course.avoidable}
    )
    highest = max((max(values) for values in series.values()), default=0)
    return render_template(
        "admin/queue_replay.html",
        day=day,
        course=course,
        most=max(series.get("waiting", [0])),
        highest=highest,
        drawn={name: draw(values, highest) for name, values in series.items()},
        width=WIDTH,
        height=HEIGHT,
    )


@blueprint.get("/admin/queue/statistics")
@access(MANAGERS)
@blueprint.input(SpanQuery, location="query", arg_name="query")
@blueprint.doc(hide=True)
def statistics_page(query: SpanQuery) -> str:
    """Statistics as a page."""
    return render_template("admin/queue_statistics.html", found=_statistics(query), titles=TITLES)


@blueprint.get("/api/queue/statistics")
@access(MANAGERS)
@blueprint.input(SpanQuery, location="query", arg_name="query")
@blueprint.output(Statistics)
@blueprint.doc(responses=[422])
def statistics_data(query: SpanQuery) -> Statistics:
    """Statistics as data."""
    return _statistics(query)


@blueprint.get("/admin/queue/statistics.<any('csv', 'xlsx'):kind>")
@access(MANAGERS)
@blueprint.input(SpanQuery, location="query", arg_name="query")
@blueprint.doc(hide=True)
def export(kind: str, query: SpanQuery) -> Response:
    """Statistics as a file."""
    found = _statistics(query)
    titles = [_(title) for title in TITLES.values()]
    rows: list[list[Cell]] = [[getattr(row, name) for name in TITLES] for row in found.rows]
    if kind == "csv":
        response = Response(as_csv(titles, rows), mimetype="text/csv; charset=utf-8")
    else:
        response = Response(as_excel(_(N_("统计")), titles, rows), mimetype=EXCEL)
    name = f"queue-{found.by}-{found.first}-{found.last}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.post("/admin/queue/alarms/<row:alarm_id>/answer")
@access(MANAGERS)
@blueprint.doc(hide=True)
def answer(alarm_id: int) -> ResponseReturnValue:
    """Somebody is on the way to the counter."""
    with writing() as work:
        answer_alarm(work, alarm_id)
    return redirect(url_for("queue.page"), 303)


@blueprint.post("/admin/queue/counters/<row:counter_id>/take-back")
@access(MANAGERS)
@blueprint.doc(hide=True)
def take_back(counter_id: int) -> ResponseReturnValue:
    """The clerk has left: the counter is free for another."""
    with writing() as work:
        take_back_counter(work, counter_id)
    return redirect(url_for("queue.page"), 303)


@blueprint.post("/admin/queue/complaints/<row:rating_id>/settle")
@access(MANAGERS)
@blueprint.doc(hide=True)
def settle(rating_id: int) -> ResponseReturnValue:
    """Say how a bad rating was dealt with."""
    outcome = request.form.get("outcome", "").strip()[:LONGEST_OUTCOME]
    if not outcome:
        raise Invalid(N_("请填写处理结果"))
    with writing() as work:
        settle_complaint(work, rating_id, outcome)
    return redirect(url_for("queue.page"), 303)


@blueprint.post("/admin/queue/confirm-day")
@access(MANAGERS)
@blueprint.doc(hide=True)
def confirm() -> ResponseReturnValue:
    """The clock is right: the new day may begin."""
    with writing() as work:
        confirm_day(work)
    return redirect(url_for("queue.page"), 303)


def _statistics(query: SpanQuery) -> Statistics:
    with reading() as work:
        day = today(work)
        first, last = query.first or day, query.last or query.first or day
        if not 0 <= (last - first).days < LONGEST_SPAN_DAYS:
            raise Invalid(N_("请选择一年以内的起止日期"))
        rows = statistics(work, first, last, query.by)
        return Statistics(first=first, last=last, by=query.by, rows=rows)

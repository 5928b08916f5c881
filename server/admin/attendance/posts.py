"""The board of posts: which are empty now, and who has the A and the B role."""

from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import OFFICE, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, row_number
from server.attendance.posts.assigning import assign_post, end_post
from server.attendance.posts.views import posts_now
from server.catalogue.views import counters
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.staff import active_people
from server.queueing.views import counter_listing
from server.work import Work


class PostForm(Form):
    """The roles of a counter."""

    counter_id: int
    a_person_id: int
    b_person_id: int | None = None
    since: date


@blueprint.get("/admin/attendance/posts")
@access(OFFICE)
def posts() -> str:
    """Every post as it stands now."""
    return _page()


@blueprint.post("/admin/attendance/posts")
@access(OFFICE)
def change_posts() -> ResponseReturnValue:
    """Give a counter's roles to people, or end them."""
    return carried_out(
        _end if "post_id" in request.form else _assign,
        done=url_for("attendance.posts"),
        again=_page,
        told=N_("已保存"),
    )


def _page() -> str:
    with reading() as work:
        return render_template(
            "attendance/posts.html",
            posts=posts_now(work, [each.counter_id for each in counter_listing(work) if each.open]),
            counters=counters(work),
            people=active_people(work),
            today=work.business_date,
        )


def _assign(work: Work) -> None:
    form = read_form(PostForm)
    assign_post(work, form.counter_id, form.a_person_id, form.b_person_id, form.since)


def _end(work: Work) -> None:
    end_post(work, row_number("post_id"))

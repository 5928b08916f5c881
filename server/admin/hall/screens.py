"""The hall's screens: which layout each has, and what it shows of the hall."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input, told
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import SAVED
from server.edge.access import access
from server.edge.context import reading, writing
from server.edge.language import _
from server.i18n import N_
from server.problems import Problem, Stale
from server.screens.layouts import LayoutKind, change_screen, screen_form, screens

LAYOUTS = {
    LayoutKind.TABLE: N_("呼叫与等候人数"),
    LayoutKind.LARGE: N_("大字呼叫"),
    LayoutKind.WINDOW: N_("窗口屏"),
}
FIELDS = (
    FormField(
        "kind",
        N_("布局"),
        Input.CHOICE,
        choices=tuple((kind.value, words) for kind, words in LAYOUTS.items()),
    ),
    FormField(
        "counters", N_("只显示这些窗口的呼叫"), Input.TEXT, N_("例如 1-5，8；不填则显示全部窗口")
    ),
    FormField(
        "queues",
        N_("只显示这些队列的等候人数"),
        Input.TEXT,
        N_("填字头，例如 A，B；不填则显示全部"),
    ),
    FormField("window", N_("所在窗口"), hint=N_("只用于窗口屏，填窗口号")),
)


@blueprint.get("/screens")
@access(ADMINISTRATORS)
def hall_screens() -> str:
    """Every paired screen."""
    with reading() as work:
        return render_template("admin/hall/screens.html", screens=screens(work), layouts=LAYOUTS)


@blueprint.get("/screens/<row:row_id>")
@access(ADMINISTRATORS)
def edit_screen(row_id: int) -> str:
    """One screen's layout."""
    with reading() as work:
        form = screen_form(work, row_id)
    return _page(form.shown(), form.mark(), {})


@blueprint.post("/screens/<row:row_id>")
@access(ADMINISTRATORS)
def save_screen(row_id: int) -> ResponseReturnValue:
    """Choose the layout; the form once more with what is wrong."""
    values = request.form.to_dict()
    seen = values.get("seen", "")
    try:
        with writing() as work:
            change_screen(work, row_id, values, seen)
    except Problem as problem:
        with reading() as work:
            mark = screen_form(work, row_id).mark() if isinstance(problem, Stale) else seen
        return _page(values, mark, told(problem)), problem.status
    flash(_(SAVED), "good")
    return redirect(url_for("hall.hall_screens"), code=303)


def _page(values: Mapping[str, str], seen: str, errors: Mapping[str, str]) -> str:
    return render_template(
        "admin/hall/screen.html", fields=FIELDS, values=values, seen=seen, errors=errors
    )

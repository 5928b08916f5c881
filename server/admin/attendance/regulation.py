"""The regulation in force, and adopting another."""

from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import ADMINISTRATORS, OFFICE, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, uploaded
from server.attendance.hours.regulation import adopt_regulation, adopted, preset_in_force
from server.attendance.presets.explaining import explain
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.problems import Invalid
from server.settings import PROJECT_ROOT
from server.work import Work

PRESETS = PROJECT_ROOT / "config" / "presets"


class AdoptForm(Form):
    """Which regulation, and from when on the hall is judged."""

    preset: str = ""
    judge_from: date


@blueprint.get("/admin/attendance/regulation")
@access(OFFICE)
def regulation() -> str:
    """The regulation in force, explained sentence by sentence."""
    return _regulation_page()


@blueprint.post("/admin/attendance/regulation")
@access(ADMINISTRATORS)
def adopt() -> ResponseReturnValue:
    """Adopt one of the presets that come with the product, or an uploaded one."""
    return carried_out(
        _adopt,
        done=url_for("attendance.regulation"),
        again=_regulation_page,
        told=N_("已采用；受影响的日子会重新判定"),
    )


def _regulation_page() -> str:
    with reading() as work:
        row = adopted(work)
        return render_template(
            "attendance/regulation.html",
            regulation=row,
            explained=explain(preset_in_force(work)) if row else [],
            presets=sorted(path.stem for path in PRESETS.glob("*.toml")),
            today=work.business_date,
        )


def _adopt(work: Work) -> None:
    form = read_form(AdoptForm)
    content = uploaded("file")
    if content is None:
        chosen = {path.stem: path for path in PRESETS.glob("*.toml")}.get(form.preset)
        if chosen is None:
            raise Invalid(N_("请选择一份规定或上传文件"))
        content = chosen.read_bytes()
    adopt_regulation(work, content, form.judge_from)

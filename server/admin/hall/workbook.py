"""The hall as an Excel workbook: downloaded, uploaded, shown what would change, applied."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.catalogue.book.applying import NotApplied, Plan, bring_in, hall_as_tables, rehearse
from server.catalogue.book.files import read_book, write_book
from server.edge.access import access
from server.edge.context import reading, writing
from server.edge.language import _
from server.edge.offload import offload
from server.i18n import N_
from server.problems import Invalid, Problem

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/workbook")
@access(ADMINISTRATORS)
def workbook() -> str:
    """What can be downloaded and uploaded."""
    return _page(None, "", "")


@blueprint.get("/workbook.xlsx")
@access(ADMINISTRATORS)
def workbook_file() -> Response:
    """The hall as it is, which is also the template."""
    with reading() as work:
        tables = hall_as_tables(work)
    response = Response(offload(write_book, tables), mimetype=EXCEL)
    response.headers["Content-Disposition"] = 'attachment; filename="hall.xlsx"'
    return response


@blueprint.post("/workbook")
@access(ADMINISTRATORS)
def upload() -> ResponseReturnValue:
    """Show what a workbook would change; the hall stays as it is."""
    sent = request.files.get("file")
    content = sent.read() if sent is not None else b""
    try:
        book = offload(read_book, content)
        with writing() as work:
            rehearse(work, book)
    except NotApplied as rehearsed:
        return _page(rehearsed.plan, b64encode(content).decode(), "")
    except Problem as problem:
        return _page(None, "", _(problem.detail, **problem.parameters)), problem.status
    return redirect(url_for("hall.workbook"), code=303)


@blueprint.post("/workbook/apply")
@access(ADMINISTRATORS)
def apply() -> ResponseReturnValue:
    """Change the hall as was shown; when that is no longer what would happen, show it again."""
    packed = request.form.get("content", "")
    try:
        book = offload(read_book, _unpacked(packed))
        with writing() as work:
            plan = bring_in(work, book, request.form.get("seen", ""))
    except NotApplied as changed:
        error = _(N_("您核对之后，大厅又有改动；请再核对一次"))
        return _page(changed.plan, packed, error), 409
    except Problem as problem:
        return _page(None, "", _(problem.detail, **problem.parameters)), problem.status
    flash(_(N_("已导入，{count} 行有变化"), count=len(plan.differences)), "good")
    return redirect(url_for("hall.workbook"), code=303)


def _unpacked(packed: str) -> bytes:
    try:
        return b64decode(packed, validate=True)
    except (NotBase64, ValueError) as error:
        raise Invalid(N_("请先选择文件")) from error


def _page(plan: Plan | None, content: str, error: str) -> str:
    return render_template("admin/hall/workbook.html", plan=plan, content=content, error=error)

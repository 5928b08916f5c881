"""Leave: asking for it, and one leave's own page with whatever may be done about it."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.blueprint import EVERYBODY, blueprint
from server.admin.attendance.files import as_attachment, as_pdf
from server.admin.attendance.forms import Form, carried_out, read_form, uploaded
from server.admin.attendance.home import words
from server.attachments import check_document
from server.attendance.leaves.approving import (
    cover_is_on_post,
    find_leave,
    hand_in_document,
    name_cover,
    take_step,
)
from server.attendance.leaves.asking import LeaveWish, ask_for_leave
from server.attendance.leaves.ending import cancel_leave, come_back
from server.attendance.leaves.slips import leave_slip, print_slip, slip_pdf
from server.attendance.leaves.views import leave_document, leave_sheet
from server.attendance.presets.leave import LeaveKind
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.staff import active_people
from server.printing.jobs import ticket_printer
from server.problems import Conflict, Invalid
from server.work import Work


class LeaveForm(Form):
    """A leave asked for; times are on the hall's clock."""

    kind: LeaveKind
    starts_at: datetime
    ends_at: datetime
    reason: str
    cover_person_id: int | None = None
    cover_phone: str = ""

    def wish(self, work: Work) -> LeaveWish:
        """What is asked for, as instants."""
        return LeaveWish(
            kind=self.kind,
            starts_at=self.starts_at.replace(tzinfo=work.zone),
            ends_at=self.ends_at.replace(tzinfo=work.zone),
            reason=self.reason,
            cover_person_id=self.cover_person_id,
            cover_phone=self.cover_phone,
        )


class OpinionForm(Form):
    """An approver's words."""

    opinion: str = ""


class CoverForm(Form):
    """Who stands in."""

    cover_person_id: int
    cover_phone: str = ""


class MomentForm(Form):
    """A time on the hall's clock."""

    at: datetime


@blueprint.get("/attendance/leave")
@access(EVERYBODY)
def new_leave() -> str:
    """The form to ask for leave."""
    return _form()


@blueprint.post("/attendance/leave")
@access(EVERYBODY)
def ask() -> ResponseReturnValue:
    """Ask for leave."""
    return carried_out(
        _ask,
        done=url_for("attendance.own"),
        again=_form,
        told=N_("请假条已提交，批准后会通知您"),
    )


@blueprint.get("/attendance/leave/<row:leave_id>")
@access(EVERYBODY)
def leave(leave_id: int) -> str:
    """One leave, for whom it concerns."""
    return _page(leave_id)


@blueprint.post("/attendance/leave/<row:leave_id>")
@access(EVERYBODY)
def act_on_leave(leave_id: int) -> ResponseReturnValue:
    """Do to a leave what the pressed button says."""
    act = ACTS.get(request.form.get("act", ""), _unknown)
    return carried_out(
        lambda work: act(work, leave_id),
        done=url_for("attendance.leave", leave_id=leave_id),
        again=lambda: _page(leave_id),
        told=N_("已保存"),
    )


@blueprint.get("/attendance/leave/<row:leave_id>/document")
@access(EVERYBODY)
def document(leave_id: int) -> Response:
    """The certificate, for whom the leave concerns."""
    with reading() as work:
        return as_attachment(leave_document(work, leave_id), f"leave-{leave_id}")


@blueprint.get("/attendance/leave/<row:leave_id>/slip.pdf")
@access(EVERYBODY)
def slip(leave_id: int) -> Response:
    """The slip in duplicate."""
    with reading() as work:
        sheet = leave_sheet(work, leave_id)
        return as_pdf(slip_pdf(work, leave_slip(work, sheet.leave)), f"leave-{leave_id}")


def _form() -> str:
    with reading() as work:
        return render_template(
            "attendance/leave-new.html",
            kinds=list(LeaveKind),
            people=active_people(work),
            form=request.form,
            **words(),
        )


def _ask(work: Work) -> None:
    form = read_form(LeaveForm)
    content = uploaded("document")
    ask_for_leave(work, form.wish(work), check_document(content) if content else None)


def _page(leave_id: int) -> str:
    with reading() as work:
        return render_template(
            "attendance/leave.html",
            sheet=leave_sheet(work, leave_id),
            people=active_people(work),
            zone=work.zone,
            now=work.now.astimezone(work.zone),
            **words(),
        )


def _agree(work: Work, leave_id: int) -> None:
    take_step(work, leave_id, agreed=True, opinion=read_form(OpinionForm).opinion)


def _refuse(work: Work, leave_id: int) -> None:
    take_step(work, leave_id, agreed=False, opinion=read_form(OpinionForm).opinion)


def _document(work: Work, leave_id: int) -> None:
    content = uploaded("document")
    if content is None:
        raise Invalid(N_("请先选择文件"))
    hand_in_document(work, leave_id, check_document(content))


def _cover(work: Work, leave_id: int) -> None:
    form = read_form(CoverForm)
    name_cover(work, leave_id, form.cover_person_id, form.cover_phone)


def _on_post(work: Work, leave_id: int) -> None:
    cover_is_on_post(work, leave_id, read_form(MomentForm).at.replace(tzinfo=work.zone))


def _cancel(work: Work, leave_id: int) -> None:
    cancel_leave(work, leave_id)


def _back(work: Work, leave_id: int) -> None:
    come_back(work, leave_id, read_form(MomentForm).at.replace(tzinfo=work.zone))


def _print(work: Work, leave_id: int) -> None:
    leave_sheet(work, leave_id)
    printer_id = ticket_printer(work, None)
    if printer_id is None:
        raise Conflict(N_("还没有打印机，请下载 PDF 打印"))
    print_slip(work, find_leave(work, leave_id), printer_id)


def _unknown(_work: Work, _leave_id: int) -> None:
    raise Invalid(N_("请刷新页面后重试"))


ACTS: dict[str, Callable[[Work, int], None]] = {
    "agree": _agree,
    "refuse": _refuse,
    "document": _document,
    "cover": _cover,
    "on_post": _on_post,
    "cancel": _cancel,
    "back": _back,
    "print": _print,
}

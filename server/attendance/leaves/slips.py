"""The leave slip (请假单, 第四篇), in duplicate: as PDF, and on a receipt printer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.attendance.hours.regulation import preset_in_force
from server.attendance.leaves.models import LeaveActTaken, LeaveApplication
from server.attendance.presets.leave import LeaveAct, LeaveStep
from server.documents.sheets import Sheet
from server.printing.jobs import NewJob, queue_job
from server.printing.receipts import filled_receipt
from server.work import Work

ADDRESSEE = "县行政审批管理办公室："
COPIES = ("监督投诉室存", "请假人自存")
DUPLICATE = "注：此请假单一式二份，监督投诉室存一份，请假人自存一份。"
UNIT_OPINION = "派驻单位领导或首席代表意见："
DIRECTOR_OPINION = "审管办主任意见："
BLANK = "\u3000" * 4
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class LeaveSlip:
    """What the slip says, sentence by sentence as the form has it."""

    title: str
    request: str
    unit: str
    name: str
    unit_opinion: str
    director_opinion: str


def leave_slip(work: Work, leave: LeaveApplication) -> LeaveSlip:
    """The slip of a leave, with the opinions given so far."""
    first = leave.starts_at.astimezone(work.zone)
    last = (leave.ends_at - INSTANT).astimezone(work.zone)
    cover = leave.cover_person.name if leave.cover_person else BLANK
    return LeaveSlip(
        title=f"{preset_in_force(work).hall.name}窗口工作人员请假单",
        request=(
            f"我因{leave.reason}，需要请假{leave.half_days / 2:g}天，"
            f"时间从{_date(first)}到{_date(last)}，请批准。"
            f"(请假期间，本人在政务服务中心窗口工作已由我单位安排{cover}同志顶岗，"
            f"该同志的联系电话为：{leave.cover_phone or BLANK}。)"
        ),
        unit=leave.person.unit.name,
        name=leave.person.name,
        unit_opinion=_opinion(work, leave, {LeaveAct.OPINION}),
        director_opinion=_opinion(work, leave, {LeaveAct.APPROVE}),
    )


def slip_pdf(work: Work, slip: LeaveSlip) -> bytes:
    """Both copies on one sheet, to be cut in the middle."""
    sheet = Sheet(work.now)
    first, second = COPIES
    _copy(sheet, slip, first)
    sheet.middle()
    _copy(sheet, slip, second)
    return sheet.bytes_of()


def print_slip(work: Work, leave: LeaveApplication, printer_id: int) -> None:
    """Both copies on a receipt printer."""
    slip = leave_slip(work, leave)
    for copy in COPIES:
        markup = filled_receipt(
            "leave-slip.xml",
            slip=slip,
            addressee=ADDRESSEE,
            unit_label=UNIT_OPINION,
            director_label=DIRECTOR_OPINION,
            note=DUPLICATE,
            copy=copy,
        )
        queue_job(work, printer_id, NewJob("请假单", markup))
    work.audit("leave.print", f"leave:{leave.id}", printer=printer_id)


def _copy(sheet: Sheet, slip: LeaveSlip, copy: str) -> None:
    sheet.title_line(slip.title)
    sheet.paragraph(ADDRESSEE)
    sheet.paragraph(slip.request, indent=True)
    sheet.paragraph(f"请假人单位：{slip.unit}{BLANK}姓 名：{slip.name}")
    sheet.paragraph(f"{UNIT_OPINION}{slip.unit_opinion}")
    sheet.paragraph(f"{DIRECTOR_OPINION}{slip.director_opinion}")
    sheet.remark(f"{DUPLICATE}({copy})")


def _date(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日"


def _opinion(work: Work, leave: LeaveApplication, acts: set[LeaveAct]) -> str:
    """What was said at the steps of this kind, by whom and when."""
    given = [_said(work, act) for step, act in _taken(leave) if step.act in acts]
    return "；".join(given)


def _taken(leave: LeaveApplication) -> Iterable[tuple[LeaveStep, LeaveActTaken]]:
    chain = leave.chain
    return ((chain[act.position], act) for act in leave.acts)


def _said(work: Work, act: LeaveActTaken) -> str:
    words = act.opinion or ("同意" if act.agreed else "不同意")
    return f"{words}({act.person.name} {_date(act.taken_at.astimezone(work.zone))})"

"""The slip says exactly what the form says, twice."""

import pytest

from server.attendance.leaves.asking import LeaveWish, ask_for_leave
from server.attendance.leaves.models import LeaveApplication
from server.attendance.leaves.slips import leave_slip, print_slip, slip_pdf
from server.attendance.presets.leave import LeaveKind
from server.devices.models import Device, DeviceKind
from server.printing.models import PrintJob
from tests.server.attendance.kept_hall import TUESDAY, KeptHall


@pytest.fixture
def leave_id(kept: KeptHall) -> int:
    """Li is off on Tuesday morning."""
    start, end = kept.at(TUESDAY, "08:00"), kept.at(TUESDAY, "12:00")
    with kept.work("li") as work:
        return ask_for_leave(work, LeaveWish(LeaveKind.PERSONAL, start, end, "家中有事")).id


def test_the_slip_reads_as_the_form(kept: KeptHall, leave_id: int) -> None:
    with kept.work("li") as work:
        slip = leave_slip(work, work.session.get_one(LeaveApplication, leave_id))
    assert slip.title == "子长县政务服务中心窗口工作人员请假单"
    assert slip.request == (
        "我因家中有事，需要请假0.5天，时间从2026年9月15日到2026年9月15日，请批准。"
        "(请假期间，本人在政务服务中心窗口工作已由我单位安排\u3000\u3000\u3000\u3000同志顶岗，"
        "该同志的联系电话为：\u3000\u3000\u3000\u3000。)"
    )


def test_the_slip_is_one_sheet_of_paper(kept: KeptHall, leave_id: int) -> None:
    with kept.work("li") as work:
        slip = leave_slip(work, work.session.get_one(LeaveApplication, leave_id))
        pdf = slip_pdf(work, slip)
    assert (pdf[:5], pdf.count(b"/Type /Page\n")) == (b"%PDF-", 1)


def test_two_copies_come_out_of_the_printer(kept: KeptHall, leave_id: int) -> None:
    with kept.work("li") as work:
        printer = Device(
            hall_id=work.hall_id,
            kind=DeviceKind.PRINTER,
            name="printer",
            agent_id=kept.built.devices["agent"],
        )
        work.session.add(printer)
        work.session.flush()
        print_slip(work, work.session.get_one(LeaveApplication, leave_id), printer.id)
    with kept.built.session() as session:
        papers = [job.markup for job in session.query(PrintJob)]
    assert ["监督投诉室存)" in papers[0], "请假人自存)" in papers[1]] == [True, True]

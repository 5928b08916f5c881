"""Receipts with invented contents, for a look at the templates before anybody needs them."""

from collections.abc import Callable, Mapping

from server.i18n import N_
from server.printing.receipts import (
    Material,
    Notice,
    Slip,
    TicketPaper,
    marked_as_reprint,
    notice_receipt,
    slip_receipt,
    ticket_receipt,
    trial_receipt,
)
from server.work import Work

ADDRESS = "http://hall.example/t/0000"

NOTICE = Notice(
    service="企业设立登记",
    unit="市场监督管理局",
    materials=(
        Material("公司登记(备案)申请书", 1, "全体股东签字"),
        Material("公司章程", 1),
        Material("股东主体资格证明或自然人身份证明复印件", 2, "核对原件"),
        Material("住所使用证明", 1),
    ),
    missing=("住所使用证明",),
    time_limit="3 个工作日",
    place="企业开办一窗",
    telephone="0000-0000000",
    url=ADDRESS,
)

SLIP = Slip(
    title="受理回执",
    entries=(
        ("办件编号", "2026-000001"),
        ("事项", "企业设立登记"),
        ("申请人", "示**"),
        ("承诺办结", "2026-09-17"),
        ("受理窗口", "1 号窗口"),
    ),
    text="请在承诺时限后凭本回执和身份证领取结果。",
    url=ADDRESS,
)


def _ticket(work: Work) -> str:
    return ticket_receipt(work, TicketPaper("A001", NOTICE.service, 3, ADDRESS, work.now))


SAMPLES: Mapping[str, tuple[str, Callable[[Work], str]]] = {
    "ticket": (N_("号票"), _ticket),
    "reprint": (N_("补打的号票"), lambda work: marked_as_reprint(work, _ticket(work))),
    "notice": (N_("一次性告知单"), lambda work: notice_receipt(work, NOTICE)),
    "slip": (N_("受理回执"), lambda work: slip_receipt(work, SLIP)),
    "trial": (N_("测试页"), lambda work: trial_receipt(work, "示例打印机")),
}
"""Name in addresses: what a person calls it, and its markup."""

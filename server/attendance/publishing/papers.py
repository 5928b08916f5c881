"""A publication on paper (PDF) and as a workbook (Excel), from the frozen version alone."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from server.attendance.publishing.models import PublicationKind
from server.attendance.publishing.views import PublishedResults, notable_halves
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.attendance.wording import sentence, term
from server.documents.sheets import Sheet
from server.work import Work

TITLES = {
    PublicationKind.PUBLIC: "考勤情况公示",
    PublicationKind.UNIT_NOTICE: "考勤情况通报",
    PublicationKind.YEAR_FILE: "年度考勤档案",
}
COUNTS = ("half_days", "present", "late", "early_leave", "absent", "on_leave")
HEADING = ("单位", "工号", "姓名", "应出勤半天", "出勤", "迟到", "早退", "旷工", "请假")
WIDTHS = (30, 12, 16, 14, 10, 10, 10, 10, 10)
DETAIL = ("单位", "姓名", "日期", "半天", "判定", "理由", "依据")
DETAIL_WIDTHS = (22, 14, 16, 10, 10, 50, 24)
CORRECTION = ("单位", "姓名", "日期", "半天", "公示时", "更正为")
CORRECTION_WIDTHS = (30, 16, 16, 10, 14, 14)
NO_LONGER = "不列入考勤"

Row = tuple[str | int, ...]


def results_pdf(work: Work, results: PublishedResults) -> bytes:
    """Counts by person, every half day that is not simply present with its reason, corrections."""
    publication = results.publication
    sheet = Sheet(publication.published_at, landscape=True, numbered=True)
    sheet.title_line(f"{publication.content['hall']}{TITLES[publication.kind]}")
    sheet.paragraph(_period(publication.content))
    sheet.grid(HEADING, _texts(_count_rows(results)), WIDTHS)
    details = _texts(_detail_rows(results))
    if details:
        sheet.grid(DETAIL, details, DETAIL_WIDTHS)
    if results.corrections:
        sheet.paragraph("更正（公示后重新判定）")
        sheet.grid(CORRECTION, _texts(_correction_rows(results)), CORRECTION_WIDTHS)
    at = publication.published_at.astimezone(work.zone)
    sheet.remark(f"公示时间：{at:%Y-%m-%d %H:%M}  校验码（SHA-256）：{publication.digest}")
    return sheet.bytes_of()


def results_workbook(results: PublishedResults) -> bytes:
    """The same as a workbook of three sheets; no cell is ever read as a formula."""
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        bold = book.add_format({"bold": True})
        for name, heading, rows in (
            ("汇总", HEADING, _count_rows(results)),
            ("明细", DETAIL, _detail_rows(results)),
            ("更正", CORRECTION, _correction_rows(results)),
        ):
            page = book.add_worksheet(name)
            page.write_row(0, 0, heading, bold)
            page.freeze_panes(1, 0)
            page.set_column(0, len(heading) - 1, 16)
            for number, row in enumerate(rows, start=1):
                page.write_row(number, 0, row)
        about = book.add_worksheet("说明")
        about.write_column(
            0,
            0,
            [
                _period(results.publication.content),
                f"校验码（SHA-256）：{results.publication.digest}",
            ],
        )
    return content.getvalue()


def _count_rows(results: PublishedResults) -> list[Row]:
    return [
        (line["unit"], line["number"], line["name"], *(line["counts"][name] for name in COUNTS))
        for line in results.people
    ]


def _detail_rows(results: PublishedResults) -> list[Row]:
    return [
        (
            line["unit"],
            line["name"],
            half["day"],
            term(HalfDay(half["half"])),
            term(VerdictKind(half["kind"])),
            "；".join(sentence(reason) for reason in half["reasons"]),
            half["reasons"][0].clause,
        )
        for line in results.people
        for half in notable_halves(line)
    ]


def _correction_rows(results: PublishedResults) -> list[Row]:
    return [
        (
            each.unit,
            each.name,
            each.day.isoformat(),
            term(each.half),
            term(each.before),
            term(each.after) if each.after else NO_LONGER,
        )
        for each in results.corrections
    ]


def _texts(rows: Sequence[Row]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def _period(content: dict[str, Any]) -> str:
    return f"{content['first']} 至 {content['last']}  依据《{content['regulation']}》"

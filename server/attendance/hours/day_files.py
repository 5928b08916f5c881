"""Calendar days from a file, CSV or Excel: 日期, 性质 and 名称 in a row; pure, all or nothing."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from server.catalogue.calendar import CalendarEntry, DayKind
from server.i18n import N_
from server.problems import Invalid

KINDS = {
    "节假日": DayKind.HOLIDAY,
    "放假": DayKind.HOLIDAY,
    "调休上班": DayKind.MAKE_UP,
    "上班": DayKind.MAKE_UP,
}
HEADING = ("日期", "性质", "名称")
ENCODINGS = ("utf-8-sig", "gb18030")  # what spreadsheets in Chinese write
MOST_ROWS = 1000
EXCEL_MARK = b"PK\x03\x04"

Row = tuple[object, ...]


def read_days(content: bytes) -> list[CalendarEntry]:
    """The days in a file. Raises Invalid, naming the first row that cannot be understood."""
    rows = _excel_rows(content) if content.startswith(EXCEL_MARK) else _csv_rows(content)
    entries = [
        _entry(number, row) for number, row in enumerate(rows, start=1) if not _to_skip(number, row)
    ]
    if not entries:
        raise Invalid(N_("文件里没有日期；第一行写 日期、性质、名称，以下每行一天"))
    return entries


def write_days(entries: Iterable[CalendarEntry]) -> bytes:
    """The same as CSV that a spreadsheet opens, for editing and reading back."""
    words = {DayKind.HOLIDAY: "节假日", DayKind.MAKE_UP: "调休上班"}
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADING)
    writer.writerows((entry.day, words[entry.kind], entry.name) for entry in entries)
    return text.getvalue().encode("utf-8-sig")


def _csv_rows(content: bytes) -> Iterator[Row]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return (tuple(row) for row in csv.reader(StringIO(text, newline="")))
    raise Invalid(N_("文件的编码认不出来，请另存为 UTF-8 编码的 CSV 或 xlsx"))


def _excel_rows(content: bytes) -> Iterator[Row]:
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise Invalid(N_("打不开这个 Excel 文件，请另存为 xlsx 后再导入")) from error
    sheet = book.worksheets[0]
    return iter(list(sheet.iter_rows(max_row=MOST_ROWS, max_col=len(HEADING), values_only=True)))


def _to_skip(number: int, row: Row) -> bool:
    if number > MOST_ROWS:
        raise Invalid(N_("文件超过 {most} 行"), most=MOST_ROWS)
    empty = not any(str(cell or "").strip() for cell in row)
    heading = number == 1 and str(row[0]).strip() == HEADING[0]
    return empty or heading


def _entry(number: int, row: Row) -> CalendarEntry:
    cells = [*row, "", ""]
    day = _day(cells[0])
    kind = KINDS.get(str(cells[1] or "").strip())
    if day is None:
        raise Invalid(N_("第 {number} 行的日期认不出来，请写成 2026-10-01 的样子"), number=number)
    if kind is None:
        raise Invalid(N_("第 {number} 行的性质应为 节假日 或 调休上班"), number=number)
    return CalendarEntry(day, kind, str(cells[2] or "").strip() or str(cells[1]).strip())


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    text = str(cell or "").strip().replace("/", "-").replace(".", "-")
    try:
        year, month, day = (int(part) for part in text.split("-"))
        return date(year, month, day)
    except ValueError:
        return None

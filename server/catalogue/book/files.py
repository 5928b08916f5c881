"""Workbooks as bytes: written for spreadsheets, read within the limits that any file needs."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zipfile import BadZipFile, ZipFile

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from server.i18n import N_
from server.problems import Invalid

LARGEST_BYTES = 300_000
LARGEST_UNPACKED = 20_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 40

Table = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cells:
    """A sheet as read: its headings, and its rows as (number in the file, texts)."""

    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]


def write_book(sheets: Mapping[str, Table]) -> bytes:
    """An .xlsx workbook; the first row of each table are its headings."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        bold = workbook.add_format({"bold": True})
        wrapped = workbook.add_format({"text_wrap": True, "num_format": "@", "valign": "top"})
        for title, table in sheets.items():
            page = workbook.add_worksheet(title)
            for number, row in enumerate(table):
                for column, text in enumerate(row):
                    page.write_string(number, column, text, bold if number == 0 else wrapped)
            page.freeze_panes(1, 1)
            page.autofit()
    return file.getvalue()


def read_book(content: bytes) -> dict[str, Cells]:
    """The sheets by title. Raises Invalid."""
    if not content:
        raise Invalid(N_("请先选择文件"))
    if len(content) > LARGEST_BYTES:
        raise Invalid(N_("文件不能超过 300 KB"))
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise Invalid(N_("文件不能超过 300 KB"))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise Invalid(N_("打不开这个 Excel 文件，请另存为 xlsx 后再导入")) from error
    return {
        sheet.title: _cells(
            list(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True))
        )
        for sheet in book.worksheets
    }


def _cells(rows: Sequence[Sequence[object]]) -> Cells:
    texts = [[_text(cell) for cell in row] for row in rows]
    headings = texts[0] if texts else []
    numbered = [(number, row) for number, row in enumerate(texts[1:], start=2) if any(row)]
    return Cells(headings, numbered)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (time, datetime)):
        return f"{cell:%H:%M}"
    return str(cell).strip()

"""Statistics as files. What people typed is never run as a formula by a spreadsheet."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None


def as_csv(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([titles, *([_harmless(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")


def as_excel(sheet: str, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """An .xlsx workbook with one sheet."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        page = workbook.add_worksheet(sheet)
        bold = workbook.add_format({"bold": True})
        page.write_row(0, 0, titles, bold)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)
        page.freeze_panes(1, 1)
        page.autofit()
    return file.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell

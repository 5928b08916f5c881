"""Sheets of paper: where lines break, where the second copy begins."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from server.documents.sheets import LINE, Sheet

SHOW_TEXT = b" Tj"  # PDF 1.7, 9.4.3
PAGES = 2
CHARACTERS_A_LINE = 40  # of 12 points between the margins of A4


@pytest.fixture
def sheet() -> Iterator[Sheet]:
    """A sheet that is finished afterwards: until then it keeps its font open."""
    sheet = Sheet(datetime(2026, 9, 14, tzinfo=UTC))
    yield sheet
    sheet.bytes_of()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("请" * 20, 1),
        ("请" * (CHARACTERS_A_LINE - 2), 1),
        ("请" * (CHARACTERS_A_LINE - 1), 2),
        ("请" * 30 + "\u3000" * 4 + "假" * 30, 2),
    ],
)
def test_a_paragraph_breaks_at_the_edge_and_not_at_its_blanks(
    sheet: Sheet, text: str, lines: int
) -> None:
    before = sheet.get_y()
    sheet.paragraph(text, indent=True)
    assert sheet.get_y() - before == pytest.approx(lines * LINE)


def test_numbered_pages_say_which_they_are() -> None:
    assert drawn_on_two_pages(numbered=True).count(SHOW_TEXT) >= PAGES
    assert SHOW_TEXT not in drawn_on_two_pages(numbered=False)


def drawn_on_two_pages(*, numbered: bool) -> bytes:
    """The file of two pages without a word."""
    sheet = Sheet(datetime(2026, 9, 14, tzinfo=UTC), numbered=numbered)
    sheet.set_compression(False)
    sheet.add_page()
    return sheet.bytes_of()


def test_the_second_copy_begins_in_the_lower_half(sheet: Sheet) -> None:
    sheet.paragraph("一式二份")
    sheet.middle()
    assert sheet.get_y() > sheet.h / 2

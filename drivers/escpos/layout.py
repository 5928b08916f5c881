"""Text into printed lines: display width, line breaking, columns. Pure."""

import unicodedata
from itertools import zip_longest

from drivers.escpos.blocks import Align, Line, Pair, Row, Rule

TextBlock = Line | Pair | Row | Rule

# Marks that may not begin a line, and marks that may not end one.
CLOSING = "，。、；：！？）》」』】〉”’…·％,.;:!?)%]}"
OPENING = "（《「『【〈“‘([{"

MIN_CELL = 2  # columns: one Chinese character


def lay_out(block: TextBlock, columns: int) -> list[str]:
    """Break a text block into lines of at most `columns` half-width characters."""
    match block:
        case Line(text, Align.CENTER):
            return _balanced(text, columns)
        case Line(text):
            return wrap(text, columns)
        case Rule(mark):
            return [mark * columns]
        case Pair():
            return _pair(block, columns)
        case Row():
            return _row(block, columns)


def char_width(char: str) -> int:
    """Columns that a printer gives a character: ASCII 1, everything in its Chinese font 2."""
    if char.isascii():
        return 1
    return 0 if unicodedata.combining(char) or "\ufe00" <= char <= "\ufe0f" else 2


def display_width(text: str) -> int:
    """Columns that `text` takes on one line."""
    return sum(map(char_width, text))


def printable(text: str) -> str:
    """Compose accents and drop what has no picture: controls, joiners, lone surrogates."""
    return "".join(
        char
        for char in unicodedata.normalize("NFC", text)
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )


def wrap(text: str, columns: int) -> list[str]:
    """Break between Chinese characters and between words, never before closing punctuation.

    A word longer than a line is cut. Always at least one line, which may be empty.
    """
    lines: list[str] = []
    line, room = "", columns
    for unit in _units(printable(text)):
        for piece in _pieces(unit, columns):
            width = display_width(piece)
            if width > room:
                lines.append(line.rstrip(" "))
                line, room = "", columns
            if line or piece != " ":
                line, room = line + piece, room - width
    return [*lines, line.rstrip(" ")]


def _balanced(text: str, columns: int) -> list[str]:
    """The same number of lines as `wrap` needs, but of like length: a heading has no widow."""
    lines = wrap(text, columns)
    even = -(-display_width(text) // len(lines))
    longest_unit = max(map(display_width, _units(printable(text))), default=0)
    narrower = (wrap(text, width) for width in range(max(even, longest_unit), columns))
    return next((tried for tried in narrower if len(tried) == len(lines)), lines)


def _units(text: str) -> list[str]:
    """Split into pieces that should stay whole: a word, a Chinese character with its marks."""
    units: list[str] = []
    for char in text:
        if units and _stick(units[-1][-1], char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _stick(last: str, char: str) -> bool:
    if " " in (last, char):
        return False
    if last in OPENING or char in CLOSING or char_width(char) == 0:
        return True
    return last.isascii() and char.isascii()


def _pieces(unit: str, columns: int) -> list[str]:
    if display_width(unit) <= columns:
        return [unit]
    return list(unit)


def _pair(pair: Pair, columns: int) -> list[str]:
    most = columns - 1 - MIN_CELL
    if most < MIN_CELL:
        return [*wrap(pair.left, columns), *wrap(pair.right, columns)]
    left, right = printable(pair.left), printable(pair.right)
    room_beside = columns - 1 - display_width(left)
    right_width = min(display_width(right), max(room_beside, columns // 2))
    right_width = min(max(right_width, MIN_CELL), most)
    left_width = columns - 1 - right_width
    return _beside(
        [wrap(left, left_width), wrap(right, right_width)],
        [left_width, right_width],
        [Align.LEFT, Align.RIGHT],
    )


def _row(row: Row, columns: int) -> list[str]:
    count = len(row.cells)
    spare = columns - (count - 1) - MIN_CELL * count
    if spare < 0:  # too many columns for this paper: one below the other
        return [line for cell in row.cells for line in wrap(cell.text, columns)]
    widths = _shares([cell.share for cell in row.cells], spare)
    return _beside(
        [wrap(cell.text, width) for cell, width in zip(row.cells, widths, strict=True)],
        widths,
        [cell.align for cell in row.cells],
    )


def _shares(shares: list[int], spare: int) -> list[int]:
    """Give each column its minimum and its share of the rest, without losing a column."""
    widths, given, counted = [], 0, 0
    for share in shares:
        counted += share
        upto = spare * counted // sum(shares)
        widths.append(MIN_CELL + upto - given)
        given = upto
    return widths


def _beside(columns: list[list[str]], widths: list[int], aligns: list[Align]) -> list[str]:
    return [
        " ".join(map(_pad, texts, widths, aligns)).rstrip(" ")
        for texts in zip_longest(*columns, fillvalue="")
    ]


def _pad(text: str, width: int, align: Align) -> str:
    spare = max(width - display_width(text), 0)
    before = {Align.LEFT: 0, Align.CENTER: spare // 2, Align.RIGHT: spare}[align]
    return " " * before + text + " " * (spare - before)

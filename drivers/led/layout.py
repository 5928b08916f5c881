"""Where the words go on a sign of a given size: areas of 16-dot text, still without a protocol."""

from dataclasses import dataclass, replace
from enum import StrEnum

from drivers.led.content import Board, SignContent
from drivers.led.gb2312 import HALF_WIDTH_DOTS, dots, visible

LINE_DOTS = 16
COLUMN_GAP = " "
SCROLL_GAP = "  "


class Colour(StrEnum):
    """Colours that two-colour signs can mix; a one-colour sign shows all of them alike."""

    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"


@dataclass(frozen=True, slots=True)
class Screen:
    """A sign's size in dots, at least one 16-dot line high and one character wide."""

    width: int
    height: int
    colour: Colour = Colour.RED

    def __post_init__(self) -> None:
        if self.width < 2 * HALF_WIDTH_DOTS or self.height < LINE_DOTS:
            raise ValueError(f"a sign of {self.width}×{self.height} dots has no room for a line")

    @property
    def lines(self) -> int:
        """How many lines of text fit above each other."""
        return self.height // LINE_DOTS


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in dots that shows `lines`, or lets its one line run from right to left."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    scrolls: bool = False

    @property
    def place(self) -> tuple[int, int, int, int]:
        """The rectangle without what it shows."""
        return self.x, self.y, self.width, self.height


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole sign: its areas, the characters shown as □ and the lines that had to be cut."""

    areas: tuple[Area, ...]
    colour: Colour
    replaced: tuple[str, ...]
    clipped: tuple[str, ...]

    @property
    def places(self) -> tuple[tuple[int, int, int, int], ...]:
        """The rectangles; a card must be told anew when they change."""
        return tuple(area.place for area in self.areas)

    @property
    def scrolls(self) -> bool:
        """Whether sending the frame again would make a running text start over."""
        return any(area.scrolls for area in self.areas)


def lay_out(content: SignContent, screen: Screen) -> Frame:
    """Place what a sign should show: a counter's words in the middle, a board's in columns."""
    if isinstance(content, Board):
        return _board(content, screen)
    texts = [visible(line) for line in content.lines]
    replaced = tuple(character for text in texts for character in text.replaced)
    area = _words(tuple(text.text for text in texts), screen.lines, screen.width)
    middle = replace(area, y=(screen.height - area.height) // 2)
    return Frame((middle,), screen.colour, replaced, ())


def _words(lines: tuple[str, ...], room: int, width: int) -> Area:
    """At most `room` lines that fit stand still, centred; anything longer runs as one line."""
    if len(lines) <= room and all(dots(line) <= width for line in lines):
        centred = tuple(_centred(line, width) for line in lines)
        return Area(0, 0, width, max(1, len(lines)) * LINE_DOTS, centred)
    return Area(0, 0, width, LINE_DOTS, (SCROLL_GAP.join(lines),), scrolls=True)


def _centred(line: str, width: int) -> str:
    # Alignment bytes differ between firmware versions, spaces do not.
    return " " * ((width - dots(line)) // 2 // HALF_WIDTH_DOTS) + line


def _board(board: Board, screen: Screen) -> Frame:
    notice = visible(board.notice)
    rows = [[visible(cell) for cell in row] for row in board.rows]
    replaced = tuple(c for row in rows for cell in row for c in cell.replaced) + notice.replaced
    room = screen.lines - (1 if notice.text else 0)
    lines = _columns([[cell.text for cell in row] for row in rows[:room]], screen.width)
    shown = tuple(_cut(line, screen.width) for line in lines)
    areas = [Area(0, 0, screen.width, room * LINE_DOTS, shown)] if room else []
    if notice.text:
        areas.append(replace(_words((notice.text,), 1, screen.width), y=room * LINE_DOTS))
    clipped = tuple(line for line, short in zip(lines, shown, strict=True) if line != short)
    return Frame(tuple(areas), screen.colour, replaced, clipped)


def _columns(rows: list[list[str]], width: int) -> tuple[str, ...]:
    """Pad cells to columns; spare room goes between the columns in equal parts."""
    count = max(map(len, rows), default=0)
    full = [row + [""] * (count - len(row)) for row in rows]
    widths = [max(dots(row[column]) for row in full) for column in range(count)]
    spare = (width - sum(widths)) // HALF_WIDTH_DOTS
    gap = COLUMN_GAP * max(1, spare // (count - 1) if count > 1 else 0)
    return tuple(
        gap.join(
            cell + " " * ((wide - dots(cell)) // HALF_WIDTH_DOTS)
            for cell, wide in zip(row, widths, strict=True)
        ).rstrip()
        for row in full
    )


def _cut(line: str, width: int) -> str:
    """The longest beginning of `line` that fits."""
    while dots(line) > width:
        line = line[:-1]
    return line

"""What a receipt is made of: the values between the markup and the printer's bytes."""

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where a block sits across the paper."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How text looks; width and height are multiples 1 to 8 of the printer's own characters."""

    width: int = 1
    height: int = 1
    bold: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; wraps over as many printed lines as it needs. Empty text is a blank line."""

    text: str
    align: Align = Align.LEFT
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row: its text, its share of the width, its alignment."""

    text: str
    share: int = 1
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """Columns side by side; each wraps within its own width."""

    cells: tuple[Cell, ...]
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge and its value at the right edge; the longer one wraps."""

    left: str
    right: str
    style: Style = Style()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of one repeated ASCII mark across the paper."""

    mark: str = "-"


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code; `size` is dots per module, made smaller if the paper is too narrow."""

    text: str
    size: int = 6
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Logo:
    """The hall's logo, if its printer has one set; nothing otherwise."""

    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a paper: cut where the printer can, else fed to the tear bar."""

    partial: bool = True


Block = Line | Row | Pair | Rule | Qr | Feed | Logo | Cut

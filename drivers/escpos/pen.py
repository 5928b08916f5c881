"""A print head: character modes and the line being set, printed onto a roll."""

import codecs
import unicodedata
from dataclasses import dataclass, field

from PIL import Image, ImageChops

from drivers.escpos.fonts import GlyphSource, installed_fonts
from drivers.escpos.paper import Roll

CELL_WIDTH, CELL_HEIGHT = 12, 24  # dots of font A; a Chinese character is two cells wide
DEFAULT_SPACING = 30  # dots from one line to the next

ONE_BYTE = "cp437"
CHINESE = "gb18030"  # a superset of GBK and GB 2312
UTF8 = "utf-8"


@dataclass(slots=True)
class Modes:
    """What ESC @ resets. Sizes are multiples of a cell; margin, area and spacing are dots."""

    area: int
    margin: int = 0
    align: int = 0
    width: int = 1
    height: int = 1
    bold: int = 0
    inverse: int = 0
    underline: int = 0
    kanji_underline: int = 0
    spacing: int = DEFAULT_SPACING
    qr_module: int = 3
    qr_level: str = "l"
    qr_data: bytes = b""
    graphics: Image.Image | None = None


@dataclass(slots=True)
class _Line:
    """The print buffer: cells with their places, and where the next one goes."""

    cells: list[tuple[int, Image.Image]] = field(default_factory=list)
    text: str = ""


class Pen:
    """Sets characters and images; `at` is the place of the next one in dots."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self._glyphs = GlyphSource(installed_fonts())
        self.reset()

    def reset(self) -> None:
        """ESC @: forget modes and the line being set; what is printed stays."""
        self.modes = Modes(area=self.roll.width)
        self.at = 0
        self._line = _Line()
        self.set_encoding(ONE_BYTE)

    def set_encoding(self, encoding: str) -> None:
        """Read text as ONE_BYTE, CHINESE or UTF8 from here on."""
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def write(self, data: bytes) -> None:
        """Set a run of text; a character split between two runs is put together."""
        for char in self._decoder.decode(data):
            self._set(char)

    def place(self, ink: Image.Image) -> None:
        """Set an image in the line; a full line is printed first."""
        if self.at + ink.width > self.modes.area and self._line.cells:
            self.line_feed()
        self._line.cells.append((self.at, ink))
        self.at += ink.width

    def line_feed(self) -> None:
        """Print the line being set and move on by the line spacing, or its height if taller."""
        self._decoder.reset()
        line, self._line, self.at = self._line, _Line(), 0
        tallest = max((ink.height for _, ink in line.cells), default=0)
        if tallest:
            strip = Image.new("1", (max(at + ink.width for at, ink in line.cells), tallest))
            for at, ink in line.cells:
                strip.paste(ink, (at, tallest - ink.height))
            self.print(strip)
        self.roll.note(line.text)
        self.roll.feed(max(self.modes.spacing - tallest, 0))

    def end_line(self) -> None:
        """Print the line being set, if anything is in it."""
        if self._line.cells:
            self.line_feed()

    def print(self, ink: Image.Image) -> None:
        """Print an image by itself, aligned within the printing area."""
        spare = max(self.modes.area - ink.width, 0)
        left = (0, spare // 2, spare)[min(self.modes.align, 2)]
        self.roll.print(ink, self.modes.margin + left)

    def _set(self, char: str) -> None:
        modes, wide = self.modes, self._is_wide(char)
        width = CELL_WIDTH * modes.width * (2 if wide else 1)
        cell = self._glyphs.draw(char, width, CELL_HEIGHT * modes.height)
        if modes.bold:
            cell = ImageChops.logical_or(cell, ImageChops.offset(cell, 1, 0))
        thickness = modes.kanji_underline if wide else modes.underline
        if thickness:
            cell = cell.copy()
            cell.paste(255, (0, cell.height - thickness, cell.width, cell.height))
        self.place(ImageChops.invert(cell) if modes.inverse else cell)
        self._line.text += char

    def _is_wide(self, char: str) -> bool:
        return self._encoding != ONE_BYTE and unicodedata.east_asian_width(char) in "WFA"

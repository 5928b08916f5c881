"""The roll of paper under a print head, and the papers that come off it."""

import io
from dataclasses import dataclass

from PIL import Image

LONGEST_PAPER = 20_000  # dots, 2.5 m: runaway data is ejected here

_MARGIN = 32  # dots of unprintable paper at each side
_TOOTH = 8  # dots of the edge that a cutter leaves


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that came out: its dots (mode '1', ink 255) and the text printed as text."""

    ink: Image.Image
    lines: tuple[str, ...]
    cut: bool

    @property
    def text(self) -> str:
        """The printed lines, joined; what is drawn as an image is not in it."""
        return "\n".join(self.lines)

    def picture(self) -> bytes:
        """A PNG of the paper as one holds it: white margins, and a toothed edge where cut."""
        width, height = self.ink.width + 2 * _MARGIN, self.ink.height + 2 * _MARGIN
        sheet = Image.new("L", (width, height), 255)
        sheet.paste(0, (_MARGIN, _MARGIN), self.ink)
        if self.cut:
            for x in range(width):
                depth = abs(x % (2 * _TOOTH) - _TOOTH)
                sheet.paste(160, (x, height - depth, x + 1, height))
        png = io.BytesIO()
        sheet.save(png, "PNG", optimize=True)
        return png.getvalue()


class Roll:
    """Paper `width` dots wide; `papers` has come off it, later printing is still on it."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.papers: list[Paper] = []
        self.fed = 0  # dots since the last paper came off
        self._strips: list[tuple[int, int, Image.Image]] = []
        self._lines: list[str] = []

    def print(self, ink: Image.Image, left: int) -> None:
        """Print an image `left` dots from the edge and feed past it."""
        self._strips.append((left, self.fed, ink))
        self.feed(ink.height)

    def note(self, line: str) -> None:
        """Remember the text of a line that was printed."""
        self._lines.append(line)

    def feed(self, dots: int) -> None:
        """Move the paper on."""
        self.fed += dots
        if self.fed > LONGEST_PAPER:
            self.take_off(cut=False)

    def take_off(self, *, cut: bool) -> None:
        """End the paper here."""
        ink = Image.new("1", (self.width, max(self.fed, 1)))
        for left, top, strip in self._strips:
            ink.paste(strip, (left, top))
        self.papers.append(Paper(ink, tuple(self._lines), cut))
        self._strips, self._lines, self.fed = [], [], 0

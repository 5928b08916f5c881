"""Draws what a SIMULATED sign shows: a picture of its dots, lit ones in colour, the others dark."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from drivers.escpos.fonts import installed_fonts
from drivers.led.layout import Colour

LINE = 16
CHINESE_CELL, ASCII_CELL = 16, 8
LATIN_SIZE, BASELINE = 14, 14
RUN_DOTS_PER_SECOND = 40
LIT = {Colour.RED: (255, 52, 28), Colour.GREEN: (60, 230, 80), Colour.YELLOW: (255, 190, 40)}
DARK = (44, 16, 14)
WIDE_SIGN = 160


@dataclass(frozen=True, slots=True)
class Region:
    """Lines of text in a rectangle of dots; `running` is how many seconds they have moved left."""

    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    colour: Colour = Colour.RED
    running: float | None = None


def draw(width: int, height: int, regions: Sequence[Region]) -> bytes:
    """PNG of a sign of `width` × `height` dots, each a round lamp."""
    dots = Image.new("RGB", (width, height), DARK)
    for region in regions:
        seen = replace(
            region,
            width=min(region.width, max(0, width - region.x)),
            height=min(region.height, max(0, height - region.y)),
        )
        dots.paste(LIT[region.colour], (region.x, region.y), _region(seen))
    pitch = 4 if width > WIDE_SIGN else 6
    lamps = dots.resize((width * pitch, height * pitch), Image.Resampling.NEAREST)
    picture = Image.composite(lamps, Image.new("RGB", lamps.size), _lamps(width, height, pitch))
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _region(region: Region) -> Image.Image:
    """Which dots of a region are lit."""
    mask = Image.new("1", (region.width, region.height))
    for number, line in enumerate(region.lines):
        text = _line(line)
        left = 0 if region.running is None else _left(region.running, text.width, region.width)
        mask.paste(text, (left, number * LINE))
    return mask


def _left(seconds: float, text_width: int, width: int) -> int:
    """Where a running text is: it leaves to the left and comes back from the right."""
    moved = int(seconds * RUN_DOTS_PER_SECOND) % (text_width + width)
    return -moved if moved < text_width else width - (moved - text_width)


def _line(text: str) -> Image.Image:
    cells = [ASCII_CELL if character.isascii() else CHINESE_CELL for character in text]
    image = Image.new("1", (max(1, sum(cells)), LINE))
    left = 0
    for character, cell in zip(text, cells, strict=True):
        image.paste(_glyph(character, cell), (left, 0))
        left += cell
    return image


@lru_cache(maxsize=1024)
def _glyph(character: str, cell: int) -> Image.Image:
    """One character; without a Chinese font on this computer, a box."""
    image = Image.new("1", (cell, LINE))
    pen = ImageDraw.Draw(image)
    pen.fontmode = "1"  # a lamp is on or off
    font = _font(LINE if cell == CHINESE_CELL else LATIN_SIZE)
    if font is not None:
        pen.text((cell // 2, BASELINE), character, fill=1, font=font, anchor="ms")
    elif character != " ":
        pen.rectangle((1, 2, cell - 2, BASELINE), outline=1)
    return image


@lru_cache(maxsize=2)
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    faces = installed_fonts()
    return ImageFont.truetype(faces[0][0], size, index=faces[0][1]) if faces else None


@lru_cache(maxsize=8)
def _lamps(width: int, height: int, pitch: int) -> Image.Image:
    """Mask of round lamps, one for each dot."""
    fine = Image.new("L", (pitch * 4, pitch * 4))
    ImageDraw.Draw(fine).ellipse((2, 2, pitch * 4 - 3, pitch * 4 - 3), fill=255)
    lamp = fine.resize((pitch, pitch), Image.Resampling.LANCZOS)
    row = Image.new("L", (width * pitch, pitch))
    for column in range(width):
        row.paste(lamp, (column * pitch, 0))
    mask = Image.new("L", (width * pitch, height * pitch))
    for line in range(height):
        mask.paste(row, (0, line * pitch))
    return mask

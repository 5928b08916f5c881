"""Pictures on paper: images, QR codes and drawn text as ESC/POS raster data."""

import io

import segno
from PIL import Image, ImageChops, ImageOps

from drivers.escpos.blocks import Align, Style
from drivers.escpos.fonts import GlyphSource
from drivers.escpos.layout import char_width, display_width
from drivers.escpos.settings import FONT_A_DOTS

GLYPH_HEIGHT = 2 * FONT_A_DOTS
LINE_GAP = 6  # dots below a drawn line; with the glyphs 30, a common default line spacing
MAX_ROWS = 24  # per command: small buffers, and little is left open when a link is cut
QR_BORDER = 4  # modules of quiet zone that a reader may count on

_DLE = 0x10
# EOT, ENQ and DC4 after a DLE are run at once, even inside image data; one more dot beside a
# black one breaks the pair and cannot be seen.
_UNLIVE = {0x04: 0x0C, 0x05: 0x0D, 0x14: 0x1C}


def raster(ink: Image.Image) -> bytes:
    """GS v 0 commands that print `ink` (mode '1', ink 255) from the left edge of the paper."""
    strips = range(0, ink.height, MAX_ROWS)
    return b"".join(
        _strip(ink.crop((0, top, ink.width, min(top + MAX_ROWS, ink.height)))) for top in strips
    )


def _strip(ink: Image.Image) -> bytes:
    row_bytes = (ink.width + 7) // 8
    header = b"\x1dv0\x00" + row_bytes.to_bytes(2, "little") + ink.height.to_bytes(2, "little")
    return header + without_live_commands(ink.tobytes())


def without_live_commands(data: bytes) -> bytes:
    """Image data in which no real-time command (10 04, 10 05, 10 14) can be seen."""
    safe = bytearray(data)
    at = safe.find(_DLE)
    while 0 <= at < len(safe) - 1:
        safe[at + 1] = _UNLIVE.get(safe[at + 1], safe[at + 1])
        at = safe.find(_DLE, at + 1)
    return bytes(safe)


def placed(ink: Image.Image, align: Align, width_dots: int) -> Image.Image:
    """`ink` moved across the paper by blank dots at its left, as not every printer aligns images.

    Made smaller first when it is wider than the paper.
    """
    if ink.width > width_dots:
        ink = ink.resize((width_dots, max(ink.height * width_dots // ink.width, 1)))
    spare = width_dots - ink.width
    left = {Align.LEFT: 0, Align.CENTER: spare // 2, Align.RIGHT: spare}[align]
    paper = Image.new("1", (left + ink.width, ink.height))
    paper.paste(ink, (left, 0))
    return paper


def qr_dots(text: str, size: int, width_dots: int) -> int:
    """Dots per module of a QR code of `text`: `size`, or fewer if the paper is narrow."""
    return _fitting(size, len(_qr_rows(text)), width_dots)


def qr_image(text: str, size: int, width_dots: int) -> Image.Image:
    """A QR code of level M or better, `qr_dots` dots per module, with its quiet zone."""
    rows = _qr_rows(text)
    pixels = bytes(255 if dark else 0 for row in rows for dark in row)
    ink = Image.frombytes("L", (len(rows), len(rows)), pixels).convert("1")
    side = len(rows) * _fitting(size, len(rows), width_dots)
    return ink.resize((side, side), Image.Resampling.NEAREST)


def _qr_rows(text: str) -> list[list[int]]:
    code = segno.make(text, micro=False, error="m")
    return [list(row) for row in code.matrix_iter(border=QR_BORDER)]


def _fitting(size: int, modules: int, width_dots: int) -> int:
    return max(min(size, width_dots // modules), 1)


def logo_image(content: bytes) -> Image.Image:
    """An image file's content as ink: transparent is paper, grey is dithered.

    Raises ValueError when it is no image that Pillow can read.
    """
    try:
        picture = Image.open(io.BytesIO(content)).convert("RGBA")
    except OSError as error:
        raise ValueError(f"the logo is not a readable image: {error}") from error
    paper = Image.new("RGBA", picture.size, "white")
    flat = Image.alpha_composite(paper, picture).convert("L")
    return ImageOps.invert(flat).convert("1")


def text_image(text: str, style: Style, glyphs: GlyphSource) -> Image.Image:
    """One printed line of `text`, drawn on the printer's own character grid."""
    across, height = FONT_A_DOTS * style.width, GLYPH_HEIGHT * style.height
    ink = Image.new("1", (max(across * display_width(text), 1), height + LINE_GAP))
    column = 0
    for char in text:
        width = char_width(char) * across
        if width:
            ink.paste(glyphs.draw(char, width, height), (column, 0))
        column += width
    if style.bold:
        ink = ImageChops.logical_or(ink, ImageChops.offset(ink, 1, 0))
    if style.underline:
        ink.paste(255, (0, height, ink.width, height + 2))
    return ink

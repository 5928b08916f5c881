"""The images inside a printer's commands, read back into dots (mode '1', ink 255).

Sizes that the data does not bear out are cut down to it: a printer's memory is small.
"""

import segno
from PIL import Image

MAX_MODULE = 16  # dots, GS ( k fn 67
COLUMN_HEIGHT = 24

_BLANK = Image.new("1", (0, 0))


def raster_image(args: bytes) -> Image.Image:
    """GS v 0: '0' m xL xH yL yH data; m bit 0 doubles the width, bit 1 the height."""
    row_bytes = int.from_bytes(args[2:4], "little")
    return _scaled(_packed(args[6:], row_bytes * 8), 1 + (args[1] & 1), 1 + (args[1] >> 1 & 1))


def column_image(args: bytes) -> Image.Image:
    """ESC * m nL nH data: columns of 8 dots (m 0, 1) or 24 dots (m 32, 33) from left to right."""
    mode, high = args[0], args[0] & 32
    ink = _packed(args[3:], COLUMN_HEIGHT if high else 8).transpose(Image.Transpose.TRANSPOSE)
    return _scaled(ink, 1 if mode & 1 else 2, 1 if high else COLUMN_HEIGHT // 8)


def stored_graphics(payload: bytes) -> Image.Image:
    """GS ( L and GS 8 L, fn 112: m fn a bx by c xL xH yL yH data; scaled by bx and by, 1 or 2."""
    across, down = (min(max(int.from_bytes(payload[at : at + 1]), 1), 2) for at in (3, 4))
    return _scaled(_packed(payload[10:], int.from_bytes(payload[6:8], "little")), across, down)


def qr_symbol(data: bytes, module: int, level: str) -> Image.Image:
    """GS ( k fn 81: the stored data as a symbol without quiet zone, as printers leave it out."""
    if not data:
        return _BLANK
    try:
        rows = segno.make(data, error=level, micro=False, boost_error=False).matrix
    except segno.DataOverflowError:
        return _BLANK
    pixels = bytes(255 * dot for row in rows for dot in row)
    ink = Image.frombytes("L", (len(rows), len(rows)), pixels).convert("1")
    scale = min(max(module, 1), MAX_MODULE)
    return _scaled(ink, scale, scale)


def _packed(data: bytes, width: int) -> Image.Image:
    """Rows of bits, each padded to whole bytes; an unfinished row is left out."""
    row_bytes = (width + 7) // 8
    rows = len(data) // row_bytes if row_bytes else 0
    return Image.frombytes("1", (width, rows), data[: rows * row_bytes]) if rows else _BLANK


def _scaled(ink: Image.Image, across: int, down: int) -> Image.Image:
    return ink.resize((ink.width * across, ink.height * down), Image.Resampling.NEAREST)

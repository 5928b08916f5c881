"""Blocks into one printer job: the bytes of a whole paper, written in one go."""

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from drivers.escpos.blocks import Align, Block, Cut, Feed, Line, Logo, Pair, Qr, Row, Rule, Style
from drivers.escpos.fonts import GlyphSource, installed_fonts
from drivers.escpos.layout import TextBlock, lay_out
from drivers.escpos.raster import (
    MAX_ROWS,
    QR_BORDER,
    logo_image,
    placed,
    qr_dots,
    qr_image,
    raster,
    text_image,
)
from drivers.escpos.settings import Encoding, PrinterSettings

INITIALISE = b"\x1b@"
KANJI_ON = b"\x1c&"
UTF8_ON = b"\x1c(C\x02\x0002"  # FS ( C fn 48: UTF-8
CUT_FULL = b"\x1dVA\x00"  # GS V, function B: feed to the blade, then cut
CUT_PARTIAL = b"\x1dVB\x00"
TEAR_OFF_LINES = 4  # lines from the print head to the tear bar
FOUR_BYTE = 4  # a code of GB 18030 beyond GBK

GETA = "〓"  # what Chinese and Japanese print for a character that they lack

_ALIGN = {Align.LEFT: b"\x1ba\x00", Align.CENTER: b"\x1ba\x01", Align.RIGHT: b"\x1ba\x02"}
_PROLOGUE = {
    Encoding.GBK: INITIALISE + KANJI_ON,
    Encoding.GB18030: INITIALISE + KANJI_ON,
    Encoding.UTF8: INITIALISE + UTF8_ON,
    Encoding.RASTER: INITIALISE,
}


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One job's bytes, and the characters that had to be shown as 〓."""

    data: bytes
    missing: str = ""


def compose(blocks: Iterable[Block], settings: PrinterSettings) -> PrintJob:
    """Turn blocks into one job for a printer so set up.

    A line that the printer's encoding lacks is drawn as an image; a character that no font here
    has either becomes 〓 and is reported. Raises ValueError for a logo or a font that is none.
    """
    composer = _Composer(settings)
    for block in blocks:
        composer.add(block)
    return PrintJob(bytes(composer.out), "".join(composer.missing))


def end_of_image(settings: PrinterSettings) -> bytes:
    """Blank dots for an image that an earlier link may have left unfinished.

    A printer keeps what it was told when a link is cut, and would take the next job for the rest
    of its image. NUL means nothing to one that waits for no image.
    """
    return bytes(MAX_ROWS * settings.width_dots // 8)


def end_of_cut_off_job(settings: PrinterSettings) -> bytes:
    """What puts a job that broke off, wherever it did, on a paper of its own."""
    cut = CUT_FULL if settings.cutter else b"\x1bd" + bytes([TEAR_OFF_LINES])
    return end_of_image(settings) + INITIALISE + cut


class _Composer:
    def __init__(self, settings: PrinterSettings) -> None:
        self.out = bytearray(_PROLOGUE[settings.encoding])
        self.missing: dict[str, None] = {}  # an ordered set
        self._settings = settings
        self._glyphs = GlyphSource(installed_fonts(settings.font))

    def add(self, block: Block) -> None:
        match block:
            case Line() | Pair() | Row() | Rule():
                self._text(block)
            case Qr():
                self._qr(block)
            case Logo(align):
                if self._settings.logo is not None:
                    self._image(logo_image(self._settings.logo), align)
            case Feed(lines):
                self.out += b"\x1bd" + bytes([lines])
            case Cut(partial):
                self._cut(partial=partial)

    def _text(self, block: TextBlock) -> None:
        style = Style() if isinstance(block, Rule) else block.style
        align = block.align if isinstance(block, Line) else Align.LEFT
        for line in lay_out(block, self._settings.columns // style.width):
            shown = "".join(map(self._shown, line))
            encoded = _encoded(shown, self._settings.encoding)
            if encoded is None:
                self._image(text_image(shown, style, self._glyphs), align)
            else:
                self.out += _styled(encoded + b"\n", align, style)

    def _shown(self, char: str) -> str:
        encodable = _encoded(char, self._settings.encoding) is not None
        if encodable or self._glyphs.covers(char):
            return char
        self.missing[char] = None
        return GETA

    def _image(self, ink: Image.Image, align: Align) -> None:
        self.out += raster(placed(ink, align, self._settings.width_dots))

    def _qr(self, block: Qr) -> None:
        if self._settings.native_qr:
            dots = qr_dots(block.text, block.size, self._settings.width_dots)
            quiet = b"\x1bJ" + bytes([QR_BORDER * dots])  # the printer leaves none of its own
            symbol = quiet + _native_qr(block.text.encode(), dots) + quiet
            self.out += _ALIGN[block.align] + symbol + _ALIGN[Align.LEFT]
        else:
            ink = qr_image(block.text, block.size, self._settings.width_dots)
            self._image(ink, block.align)

    def _cut(self, *, partial: bool) -> None:
        if not self._settings.cutter:
            self.out += b"\x1bd" + bytes([TEAR_OFF_LINES])
        else:
            self.out += CUT_PARTIAL if partial else CUT_FULL


def _styled(encoded: bytes, align: Align, style: Style) -> bytes:
    """A line with the commands that its looks need, and those that undo them; none when plain."""
    before, after = b"", b""
    if align is not Align.LEFT:
        before, after = _ALIGN[align], _ALIGN[Align.LEFT]
    if (style.width, style.height) != (1, 1):
        before += b"\x1d!" + bytes([(style.width - 1) << 4 | (style.height - 1)])
        after += b"\x1d!\x00"
    if style.bold:
        before, after = before + b"\x1bE\x01", after + b"\x1bE\x00"
    if style.underline:  # ASCII and Chinese are underlined by commands of their own
        before, after = before + b"\x1b-\x01\x1c-\x01", after + b"\x1b-\x00\x1c-\x00"
    return before + encoded + after


def _native_qr(text: bytes, module_dots: int) -> bytes:
    """GS ( k: model 2, module size, level M, store, print."""
    functions = (b"A2\x00", b"C" + bytes([module_dots]), b"E1", b"P0" + text, b"Q0")
    return b"".join(
        b"\x1d(k" + (len(function) + 1).to_bytes(2, "little") + b"1" + function
        for function in functions
    )


def _encoded(text: str, encoding: Encoding) -> bytes | None:
    """`text` as the printer's own font prints it; None where it has to be drawn."""
    if encoding is Encoding.RASTER:
        return None
    if encoding is Encoding.UTF8:
        return text.encode()
    if encoding is Encoding.GB18030 and not all(map(_in_gb18030_font, text)):
        return None
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _in_gb18030_font(char: str) -> bool:
    """GB 18030 codes every character; its fonts have the two-byte part and Extension A."""
    return len(char.encode("gb18030")) < FOUR_BYTE or "\u3400" <= char <= "\u4dbf"

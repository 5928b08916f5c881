"""A PDF in Chinese: the font of this machine, and the few things that official sheets need."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF, FontFace
from fpdf.enums import WrapMode

from server.i18n import N_
from server.problems import Unavailable

# (file, face within a collection); the first that exists is used.
FONTS = (
    (Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"), 0),
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 2),
    (Path("/usr/share/fonts/opentype/noto-cjk/NotoSansCJK-Regular.ttc"), 2),
    (Path("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc"), 2),
    (Path("C:/Windows/Fonts/simsun.ttc"), 0),
)
FAMILY = "hall"
TITLE, BODY, SMALL = 18, 12, 9  # points
LINE = 8.0  # millimetres
SMALL_LINE = 6.0
FOOT = 14.0
HEADING = FontFace(fill_color=(232, 238, 240))


class Sheet(FPDF):
    """A4 with a Chinese font; sizes in points, distances in millimetres.

    `numbered` pages say at the foot which they are, and of how many: none can be taken away.
    Raises Unavailable on a machine without a Chinese font.
    """

    def __init__(self, at: datetime, *, landscape: bool = False, numbered: bool = False) -> None:
        super().__init__(orientation="landscape" if landscape else "portrait", format="A4")
        self._numbered = numbered
        file, face = _font()
        self.set_creation_date(at)
        self.add_font(FAMILY, fname=file, collection_font_number=face)
        self.set_margin(18)
        self.add_page()
        self.set_font(FAMILY, size=BODY)

    def footer(self) -> None:
        """Number the page; called by the library when a page is full."""
        if self._numbered:
            self.set_y(-FOOT)
            self.set_font(FAMILY, size=SMALL)
            self.cell(0, SMALL_LINE, f"第 {self.page_no()} 页，共 {{nb}} 页", align="C")

    def title_line(self, text: str) -> None:
        """The sheet's title, in the middle."""
        self.set_font(FAMILY, size=TITLE)
        self.multi_cell(0, LINE * 1.4, text, align="C", new_x="LMARGIN", new_y="NEXT")
        self.set_font(FAMILY, size=BODY)
        self.ln(LINE / 2)

    def paragraph(self, text: str, *, indent: bool = False) -> None:
        """A paragraph; with `indent` its first line begins two characters in.

        Lines break between characters: Chinese has no spaces, and those of a blank to be filled
        in are no place to break.
        """
        self.multi_cell(
            0,
            LINE,
            ("\u3000\u3000" if indent else "") + text,
            new_x="LMARGIN",
            new_y="NEXT",
            wrapmode=WrapMode.CHAR,
        )

    def middle(self) -> None:
        """Go on in the lower half of the sheet, below a line to cut along."""
        half = self.h / 2
        self.set_dash_pattern(dash=2, gap=2)
        self.line(self.l_margin, half, self.w - self.r_margin, half)
        self.set_dash_pattern()
        self.set_y(half + self.t_margin)

    def remark(self, text: str) -> None:
        """A line in small print."""
        self.set_font(FAMILY, size=SMALL)
        self.multi_cell(0, SMALL_LINE, text, new_x="LMARGIN", new_y="NEXT")
        self.set_font(FAMILY, size=BODY)

    def grid(
        self, heading: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """A table whose heading is repeated on each page; widths are proportions."""
        self.set_font(FAMILY, size=SMALL)
        with self.table(
            col_widths=tuple(widths),
            headings_style=HEADING,
            line_height=SMALL_LINE,
            text_align="CENTER",
        ) as table:
            for cells in (heading, *rows):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        self.set_font(FAMILY, size=BODY)
        self.ln(LINE / 2)

    def bytes_of(self) -> bytes:
        """The finished document."""
        return bytes(self.output())


def _font() -> tuple[Path, int]:
    found = next((font for font in FONTS if font[0].is_file()), None)
    if found is None:
        raise Unavailable(N_("服务器上没有中文字体，请管理员安装 fonts-wqy-microhei"))
    return found

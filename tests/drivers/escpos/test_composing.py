import io
import re

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.escpos import fonts
from drivers.escpos.blocks import (
    Align,
    Block,
    Cell,
    Cut,
    Feed,
    Line,
    Logo,
    Pair,
    Qr,
    Row,
    Rule,
    Style,
)
from drivers.escpos.composing import compose
from drivers.escpos.settings import Encoding, PrinterSettings

GBK = PrinterSettings()


def bytes_of(*blocks: Block, settings: PrinterSettings = GBK) -> str:
    return compose(blocks, settings).data.hex(" ")


def test_chinese_goes_out_as_gbk_after_the_switch_to_kanji_mode() -> None:
    assert bytes_of(Line("A001号")) == "1b 40 1c 26 41 30 30 31 ba c5 0a"


def test_full_width_punctuation_is_text_too() -> None:
    assert bytes_of(Line("A001：【】")) == "1b 40 1c 26 41 30 30 31 a3 ba a1 be a1 bf 0a"


def test_looks_are_set_before_a_line_and_taken_back_after_it() -> None:
    line = Line("厅", Align.CENTER, Style(width=2, height=3, bold=True, underline=True))
    assert bytes_of(line) == (
        "1b 40 1c 26 1b 61 01 1d 21 12 1b 45 01 1b 2d 01 1c 2d 01 cc fc 0a"
        " 1b 61 00 1d 21 00 1b 45 00 1b 2d 00 1c 2d 00"
    )


def test_a_paper_ends_with_feed_and_cut() -> None:
    assert bytes_of(Feed(2), Cut()) == "1b 40 1c 26 1b 64 02 1d 56 42 00"
    assert bytes_of(Cut(partial=False)) == "1b 40 1c 26 1d 56 41 00"


def test_without_a_cutter_the_paper_is_fed_to_the_tear_bar() -> None:
    assert bytes_of(Cut(), settings=PrinterSettings(cutter=False)) == "1b 40 1c 26 1b 64 04"


def test_a_line_that_gbk_lacks_is_drawn_and_its_neighbours_are_not() -> None:
    data = compose([Line("厅"), Line("5 €"), Line("号")], GBK).data
    assert data.startswith(b"\x1b@\x1c&\xcc\xfc\n\x1dv0\x00")
    assert data.endswith(b"\xba\xc5\n")


def test_gb18030_reaches_extension_a_but_leaves_the_rest_to_the_font() -> None:
    settings = PrinterSettings(encoding=Encoding.GB18030)
    assert bytes_of(Line("㐂"), settings=settings) == "1b 40 1c 26 81 39 ef 31 0a"
    assert b"\x1dv0" in compose([Line("한")], settings).data


def test_utf8_is_switched_on_and_sent() -> None:
    settings = PrinterSettings(encoding=Encoding.UTF8)
    assert bytes_of(Line("号€"), settings=settings) == (
        "1b 40 1c 28 43 02 00 30 32 e5 8f b7 e2 82 ac 0a"
    )


def test_raster_draws_every_line() -> None:
    data = compose([Line("A001")], PrinterSettings(encoding=Encoding.RASTER)).data
    assert data.startswith(b"\x1b@\x1dv0\x00")
    assert b"A001" not in data


def test_a_character_of_no_font_becomes_a_geta_and_is_reported() -> None:
    job = compose([Line("姓名：王\U0001f600\U0001f600")], GBK)
    assert job.missing == "\U0001f600"
    assert job.data.endswith("王〓〓\n".encode("gbk"))


def test_without_a_chinese_font_gbk_text_is_whole_and_the_rest_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "CJK_FONTS", ())
    job = compose([Line("大厅"), Line("5 €"), Line("한국")], GBK)
    assert job.data == b"\x1b@\x1c&" + "大厅\n5 〓\n〓〓\n".encode("gbk")
    assert job.missing == "€한국"


def test_without_a_chinese_font_raster_still_shows_the_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "CJK_FONTS", ())
    job = compose([Line("A001号")], PrinterSettings(encoding=Encoding.RASTER))
    assert job.missing == "号"
    assert job.data.startswith(b"\x1b@\x1dv0\x00")


def test_a_qr_code_is_an_image_by_default() -> None:
    data = compose([Qr("https://hall.example/t/1")], GBK).data
    assert data.startswith(b"\x1b@\x1c&\x1dv0\x00")


def test_a_native_qr_code_is_what_python_escpos_sends_with_a_quiet_zone() -> None:
    ours = compose([Qr("hall", 5)], PrinterSettings(native_qr=True)).data
    theirs = Dummy()
    theirs.qr("hall", native=True, size=5, ec=1)
    quiet_zone = b"\x1bJ\x14"
    symbol = quiet_zone + theirs.output + quiet_zone
    assert ours == b"\x1b@\x1c&\x1ba\x01" + symbol + b"\x1ba\x00"


def test_the_logo_is_printed_where_one_is_set() -> None:
    picture = io.BytesIO()
    Image.new("1", (16, 8)).save(picture, "PNG")
    assert bytes_of(Logo()) == "1b 40 1c 26"
    assert b"\x1dv0" in compose([Logo()], PrinterSettings(logo=picture.getvalue())).data


TEXT = st.text(alphabet="A1 号厅€한\U0001f600，（\x7f", max_size=30)
BLOCKS = st.one_of(
    st.builds(Line, TEXT, st.sampled_from(Align), st.builds(Style, st.integers(1, 8))),
    st.builds(Pair, TEXT, TEXT),
    st.builds(Row, st.lists(st.builds(Cell, TEXT), min_size=1, max_size=4).map(tuple)),
    st.builds(Qr, st.text(min_size=1, max_size=40).filter(str.isprintable), st.integers(1, 16)),
    st.builds(Feed, st.integers(1, 20)),
    st.just(Rule()),
    st.just(Cut()),
)


@given(
    st.lists(BLOCKS, max_size=6),
    st.sampled_from(Encoding),
    st.sampled_from([384, 576]),
    st.booleans(),
)
def test_no_job_holds_a_real_time_command(
    blocks: list[Block], encoding: Encoding, width: int, native_qr: bool
) -> None:
    settings = PrinterSettings(width_dots=width, encoding=encoding, native_qr=native_qr)
    assert not re.search(rb"\x10[\x04\x05\x14]", compose(blocks, settings).data)

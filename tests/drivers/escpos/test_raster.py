import io
import re

import pytest
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.escpos.blocks import Align, Style
from drivers.escpos.fonts import GlyphSource, installed_fonts
from drivers.escpos.raster import (
    logo_image,
    placed,
    qr_dots,
    qr_image,
    raster,
    text_image,
    without_live_commands,
)

LIVE = re.compile(rb"\x10[\x04\x05\x14]")


def png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def test_an_image_is_one_raster_command() -> None:
    ink = Image.new("1", (10, 2))
    ink.paste(255, (0, 0, 9, 1))
    assert raster(ink) == bytes.fromhex("1d763000 0200 0200 ff80 0000")


def test_a_tall_image_is_sent_in_strips() -> None:
    data = raster(Image.new("1", (8, 300), 255))
    heads = [data[at + 6] for at in (0, 32, 12 * 32)]
    assert heads == [24, 24, 12]


def test_python_escpos_makes_the_same_bytes_of_an_image() -> None:
    ink = qr_image("https://hall.example/t/1", 3, 576)
    other = Dummy()
    other.image(ink.point(lambda dot: 255 - dot), impl="bitImageRaster", fragment_height=24)
    assert raster(ink) == other.output


def test_an_image_that_looks_like_a_live_command_is_sent_with_one_more_dot() -> None:
    ink = Image.frombytes("1", (24, 1), bytes.fromhex("10 04 01"))
    assert raster(ink) == bytes.fromhex("1d763000 0300 0100 10 0c 01")


def test_a_live_command_is_broken_by_one_dot() -> None:
    data = bytes.fromhex("ff 10 04 01 10 05 10 14 10 10 04 10")
    assert without_live_commands(data) == bytes.fromhex("ff 10 0c 01 10 0d 10 1c 10 10 0c 10")


@given(st.lists(st.sampled_from([b"\x10", b"\x04", b"\x05", b"\x14", b"\x01", b"\xff"])))
def test_no_live_command_is_left_and_few_dots_change(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    safe = without_live_commands(data)
    assert not LIVE.search(safe)
    assert all(new & old == old for old, new in zip(data, safe, strict=True))


@pytest.mark.parametrize(
    ("align", "left"), [(Align.LEFT, 0), (Align.CENTER, 45), (Align.RIGHT, 90)]
)
def test_alignment_is_made_of_blank_dots(align: Align, left: int) -> None:
    paper = placed(Image.new("1", (10, 4), 255), align, 100)
    assert paper.getbbox() == (left, 0, left + 10, 4)


def test_an_image_wider_than_the_paper_is_made_smaller() -> None:
    assert placed(Image.new("1", (200, 100), 255), Align.CENTER, 100).size == (100, 50)


def test_a_long_qr_code_gets_smaller_modules_on_narrow_paper() -> None:
    text = "https://hall.example/" + "t" * 300
    assert (qr_dots("short", 6, 384), qr_dots(text, 6, 384)) == (6, 4)
    assert qr_image(text, 6, 384).width <= 384


def test_transparent_parts_of_a_logo_stay_paper() -> None:
    logo = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    logo.paste((0, 0, 0, 255), (2, 2, 4, 4))
    assert logo_image(png(logo)).getbbox() == (2, 2, 4, 4)


def test_a_logo_that_is_no_image_says_so() -> None:
    with pytest.raises(ValueError, match="the logo is not a readable image"):
        logo_image(b"<svg/>")


def test_a_mark_without_width_takes_no_place() -> None:
    glyphs = GlyphSource(installed_fonts())
    assert text_image("葛\ufe00", Style(), glyphs) == text_image("葛", Style(), glyphs)


def test_drawn_text_stands_on_the_printers_grid() -> None:
    glyphs = GlyphSource(installed_fonts())
    assert text_image("A号", Style(width=2, height=3), glyphs).size == (72, 78)
    plain, bold, underlined = (
        text_image("厅", style, glyphs).histogram()[255]
        for style in (Style(), Style(bold=True), Style(underline=True))
    )
    assert plain < bold
    assert underlined == plain + 2 * 24

"""The decoder against our composer, against another project's composer, and against garbage.

data/receiptline-*.bin is what npm receiptline 4.0.4 makes (encoding gb18030, 48 columns, commands
`escpos` and `generic`) of a ticket with number, service, greeting and QR code.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.blocks import Align, Block, Cut, Line, Qr, Style
from drivers.escpos.composing import compose
from drivers.escpos.paper import LONGEST_PAPER, Paper
from drivers.escpos.render import render
from drivers.escpos.settings import Encoding, PrinterSettings

ReadQr = Callable[[Paper], list[str]]
ReadChinese = Callable[[Paper], str]

EVERY_PRINTER = [
    PrinterSettings(width_dots=width, encoding=encoding, native_qr=native_qr)
    for width in (384, 576)
    for encoding in Encoding
    for native_qr in (False, True)
]


def paper_of(blocks: tuple[Block, ...], settings: PrinterSettings) -> Paper:
    (paper,) = render(compose(blocks, settings).data, settings.width_dots)
    return paper


def ink_box(data: bytes, width: int = 384) -> tuple[int, int, int, int] | None:
    return render(data, width)[0].ink.getbbox()


@pytest.mark.parametrize("settings", EVERY_PRINTER, ids=str)
def test_the_qr_code_can_be_read_off_every_kind_of_paper(
    settings: PrinterSettings, ticket: tuple[Block, ...], read_qr: ReadQr
) -> None:
    assert read_qr(paper_of(ticket, settings)) == ["https://hall.example/t/7f3a9c"]


@pytest.mark.parametrize("encoding", [Encoding.GBK, Encoding.RASTER])
@pytest.mark.parametrize("width", [384, 576])
def test_the_chinese_can_be_read_off_the_paper(
    width: int, encoding: Encoding, ticket: tuple[Block, ...], read_chinese: ReadChinese
) -> None:
    settings = PrinterSettings(width_dots=width, encoding=encoding)
    seen = read_chinese(paper_of(ticket, settings)).replace("\n", "")
    for words in ("青山县政务服务大厅", "居民身份证首次申领", "前面还有3人等候", "取号时间"):
        assert words in seen


def test_a_long_service_name_wraps_within_narrow_paper(ticket: tuple[Block, ...]) -> None:
    assert paper_of(ticket, PrinterSettings(width_dots=384)).lines == (
        "青山县政务",
        "服务大厅",
        "-" * 32,
        "A001号",
        "居民身份证首次申领、换领、",
        "补领及临时居民身份证办理",
        "前面还有 3 人等候",
        "取号时间        2026-03-09 09:31",
        "扫码查看排队进度",
    )


@pytest.mark.parametrize("name", ["escpos", "generic"])
def test_another_composers_ticket_is_read_as_ours_is(name: str, read_qr: ReadQr) -> None:
    path = Path(__file__).parent / "data" / f"receiptline-{name}.bin"
    theirs, _ = render(path.read_bytes(), 576)
    ours = paper_of(
        (
            Line("A001号", Align.CENTER, Style(width=2, height=2)),
            Line("婚姻登记3人"),
            Line("请等候 A001 Please wait", Align.CENTER, Style(width=2)),
            Qr("https://hall.example/t/7f3a9c", 6),
            Cut(),
        ),
        PrinterSettings(),
    )
    assert theirs.lines == ours.lines
    assert read_qr(theirs) == read_qr(ours)


def test_text_and_image_of_a_line_stand_in_the_same_place() -> None:
    line = (Line("A001号", Align.CENTER, Style(width=2, height=2)), Cut())
    as_text, as_image = (
        paper_of(line, PrinterSettings(width_dots=384, encoding=encoding)).ink.getbbox()
        for encoding in (Encoding.GBK, Encoding.RASTER)
    )
    assert as_text == as_image


def test_gbk_before_the_switch_to_kanji_mode_is_not_chinese() -> None:
    assert render("号\n".encode("gbk"), 384)[0].text != "号"
    assert render(b"\x1c&" + "号\n".encode("gbk"), 384)[0].text == "号"


def test_sizes_multiply_the_cell() -> None:
    small, large = ink_box(b"H\n"), ink_box(b"\x1d!\x11H\n")
    assert small is not None
    assert large is not None
    assert large[3] - large[1] == pytest.approx(2 * (small[3] - small[1]), abs=2)


def test_alignment_moves_the_line() -> None:
    left, center, right = (ink_box(b"\x1ba" + bytes([n]) + b"H\n") for n in range(3))
    assert left is not None
    assert center is not None
    assert right is not None
    assert (center[0] - left[0], right[0] - left[0]) == ((384 - 12) // 2, 384 - 12)


def test_chinese_is_underlined_by_its_own_command() -> None:
    plain = b"\x1c&" + "厅 ".encode("gbk") + b"\n"
    ascii_only, kanji_only = (
        render(command + plain, 384)[0].ink.histogram()[255]
        for command in (b"\x1b-\x02", b"\x1c-\x02")
    )
    bare = render(plain, 384)[0].ink.histogram()[255]
    assert (ascii_only - bare, kanji_only - bare) == (2 * 12, 2 * 24)


def test_bold_and_inverse_add_ink() -> None:
    plain, bold, inverse = (
        render(command + b"H\n", 384)[0].ink.histogram()[255]
        for command in (b"", b"\x1bE\x01", b"\x1dB\x01")
    )
    assert plain < bold < inverse


@pytest.mark.parametrize(
    ("command", "height"), [(b"\x1b3\x50", 80), (b"\x1b3\x50\x1b2", 30), (b"\x1b3\x00", 24)]
)
def test_line_spacing_is_dots_but_never_less_than_the_line(command: bytes, height: int) -> None:
    assert render(command + b"H\n", 384)[0].ink.height == height


def test_feeding_by_lines_and_by_dots() -> None:
    assert render(b"H\x1bd\x02\x1bJ\x07", 384)[0].ink.height == 3 * 30 + 7


@pytest.mark.parametrize(
    "command", [b"\x1b!\xb8", b"\x1b!\x30\x1bE\x01\x1b-\x01", b"\x1d!\x11\x1bE\x01\x1b-\x01"]
)
def test_esc_exclamation_is_size_bold_and_underline_in_one(command: bytes) -> None:
    one_by_one = render(b"\x1d!\x11\x1bE\x01\x1b-\x01H\n", 384)[0]
    assert render(command + b"H\n", 384)[0].ink == one_by_one.ink


def test_fs_exclamation_is_size_and_underline_of_chinese() -> None:
    text = b"\x1c&" + "厅".encode("gbk") + b"\n"
    one_by_one = render(b"\x1d!\x11\x1c-\x01" + text, 384)[0]
    assert render(b"\x1c!\x8c" + text, 384)[0].ink == one_by_one.ink


@pytest.mark.parametrize(
    ("image", "size"),
    [
        (b"\x1dv0\x00\x01\x00\x02\x00\xff\xff", (8, 2)),
        (b"\x1dv0\x03\x01\x00\x02\x00\xff\xff", (16, 4)),
        (b"\x1d(L\x0b\x000p0\x02\x011\x03\x00\x01\x00\xe0\x1d(L\x02\x0002", (6, 1)),
        (b"\x1b*\x21\x02\x00" + b"\xff" * 6 + b"\n", (2, 24)),
        (b"\x1b*\x00\x02\x00" + b"\xff" * 2 + b"\n", (4, 24)),
    ],
)
def test_images_of_every_command_come_out_at_their_size(
    image: bytes, size: tuple[int, int]
) -> None:
    box = render(image, 384)[0].ink.getbbox()
    assert box == (0, 0, *size)


def test_a_qr_code_of_too_much_data_is_left_out() -> None:
    data = b"x" * 4000  # version 40 at level L holds 2953
    store = b"\x1d(k" + (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
    assert render(store + b"\x1d(k\x03\x001Q0\n", 384)[0].ink.getbbox() is None


def test_a_qr_code_without_data_is_left_out() -> None:
    assert render(b"\x1d(k\x03\x001Q0\n", 384)[0].ink.getbbox() is None


def test_a_line_longer_than_the_paper_goes_on_below() -> None:
    assert render(b"x" * 40 + b"\n", 384)[0].lines == ("x" * 32, "x" * 8)


def test_a_cut_ends_the_paper_and_shows_in_its_picture() -> None:
    first, second = render(b"1\n\x1dV\x002\n", 384)
    assert (first.text, first.cut, second.text, second.cut) == ("1", True, "2", False)
    assert first.picture() != second.picture()


def test_runaway_data_is_ejected_in_bounded_papers() -> None:
    papers = render(b"\n" * 2000, 384)
    assert max(paper.ink.height for paper in papers) <= LONGEST_PAPER + 30


@given(st.binary(max_size=300))
def test_garbage_is_printed_somehow(data: bytes) -> None:
    for paper in render(data, 384):
        assert paper.picture().startswith(b"\x89PNG")


FRAGMENTS = st.sampled_from(
    [b"\x1d(k", b"\x1d(L", b"\x1d8L", b"\x1c(C", b"\x1dv0", b"\x1b*", b"\x1c&", b"1P0", b"0p0"]
)


@given(st.lists(st.one_of(FRAGMENTS, st.binary(max_size=8)), max_size=30))
def test_damaged_commands_are_printed_somehow(pieces: list[bytes]) -> None:
    for paper in render(b"".join(pieces), 384):
        assert paper.ink.width == 384

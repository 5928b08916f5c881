import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.led.content import Board, Calling, Paused, Rest
from drivers.led.gb2312 import dots
from drivers.led.layout import Area, Screen, lay_out

WINDOW_SIGN = Screen(128, 32)
HALL_BOARD = Screen(256, 96)
TEXTS = st.text("请A0号窗口·𠮷 社", max_size=30)


def test_a_call_fills_a_line_in_the_middle_of_the_sign() -> None:
    frame = lay_out(Calling("A001", ("请A001号到本窗口",)), WINDOW_SIGN)
    assert frame.areas == (Area(0, 8, 128, 16, ("请A001号到本窗口",)),)


def test_a_short_line_is_centred_with_spaces() -> None:
    frame = lay_out(Paused(("暂停服务",)), WINDOW_SIGN)
    assert frame.areas[0].lines == ("    暂停服务",)


def test_two_lines_stand_above_each_other() -> None:
    frame = lay_out(Rest(("1号窗口", "社会保险登记服务")), WINDOW_SIGN)
    assert frame.areas == (Area(0, 0, 128, 32, ("    1号窗口", "社会保险登记服务")),)


def test_a_line_that_is_too_wide_runs() -> None:
    frame = lay_out(Rest(("不动产登记与交易综合服务",)), WINDOW_SIGN)
    assert frame.areas == (Area(0, 8, 128, 16, ("不动产登记与交易综合服务",), scrolls=True),)


def test_more_lines_than_fit_run_as_one() -> None:
    frame = lay_out(Rest(("一", "二", "三")), WINDOW_SIGN)
    assert (frame.areas[0].lines, frame.scrolls) == (("一  二  三",), True)


def test_a_board_puts_cells_into_columns() -> None:
    frame = lay_out(Board((("A012", "3号窗口"), ("B107", "11号窗口"))), Screen(160, 32))
    assert frame.areas[0].lines == ("A012        3号窗口", "B107        11号窗口")


def test_a_board_keeps_its_last_line_for_the_notice() -> None:
    rows = tuple((f"A{number:03}",) for number in range(9))
    frame = lay_out(Board(rows, "请保持安静"), HALL_BOARD)
    table, notice = frame.areas
    assert (table.lines[-1], notice.y, notice.lines[0].strip()) == ("A004", 80, "请保持安静")


def test_a_long_notice_runs_below_the_standing_table() -> None:
    frame = lay_out(Board((("A001",),), "请保持安静" * 9), HALL_BOARD)
    assert [area.scrolls for area in frame.areas] == [False, True]


def test_a_row_that_is_too_wide_is_cut_and_reported() -> None:
    frame = lay_out(Board((("A001", "不动产登记综合窗口"),)), Screen(128, 32))
    assert frame.clipped == ("A001 不动产登记综合窗口",)


def test_a_row_with_fewer_cells_keeps_the_columns() -> None:
    frame = lay_out(Board((("A001",), ("A002", "3号窗口"))), Screen(128, 32))
    assert frame.areas[0].lines[0] == "A001"


def test_a_sign_of_one_line_shows_the_notice_alone() -> None:
    frame = lay_out(Board((("A001",),), "请保持安静"), Screen(128, 16))
    assert [area.lines for area in frame.areas] == [("   请保持安静",)]


def test_replaced_characters_are_reported_from_rows_and_notice() -> None:
    frame = lay_out(Board((("䶮",),), "𠮷"), HALL_BOARD)
    assert frame.replaced == ("䶮", "𠮷")


@pytest.mark.parametrize("size", [(8, 32), (128, 15)])
def test_a_sign_too_small_for_a_line_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no room"):
        Screen(*size)


@given(
    content=st.one_of(
        st.builds(Rest, st.lists(TEXTS, max_size=4).map(tuple)),
        st.builds(Board, st.lists(st.lists(TEXTS, max_size=3).map(tuple), max_size=9).map(tuple)),
        st.builds(Board, st.just((("A001",),)), TEXTS),
    ),
    screen=st.builds(Screen, st.integers(2, 40).map(lambda n: n * 8), st.integers(16, 128)),
)
def test_nothing_reaches_beyond_the_sign(content: Rest | Board, screen: Screen) -> None:
    for area in lay_out(content, screen).areas:
        assert area.y >= 0
        assert area.y + area.height <= screen.height
        assert len(area.lines) * 16 <= area.height
        assert area.scrolls or all(dots(line) <= area.width for line in area.lines)

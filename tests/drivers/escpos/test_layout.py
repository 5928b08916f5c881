import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.blocks import Align, Cell, Line, Pair, Row, Rule
from drivers.escpos.layout import display_width, lay_out, printable, wrap

MIXED = st.text(alphabet="abcXYZ 019,.:()办理居民身份证户口，。、（）《》·", max_size=80)


def test_chinese_is_two_columns_and_ascii_one() -> None:
    assert display_width("A001号，") == 8


def test_a_variation_selector_takes_no_column() -> None:
    assert display_width("葛\ufe00") == 2


def test_accents_are_composed_and_invisible_characters_dropped() -> None:
    assert printable("e\u0301\u200b\x07\u202e号") == "é号"


def test_chinese_breaks_anywhere_and_words_stay_whole() -> None:
    assert wrap("办理身份证 passport 窗口", 12) == ["办理身份证", "passport 窗", "口"]


def test_no_line_begins_with_closing_punctuation() -> None:
    assert wrap("首次申领、换领", 8) == ["首次申", "领、换领"]


def test_no_line_ends_with_an_opening_bracket() -> None:
    assert wrap("办理窗口（一楼）", 10) == ["办理窗口", "（一楼）"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("https://hall.example/t", 10) == ["https://ha", "ll.example", "/t"]


def test_empty_text_is_one_empty_line() -> None:
    assert wrap("", 32) == [""]


def test_a_centred_heading_has_no_widow() -> None:
    heading = Line("青山县政务服务大厅", Align.CENTER)
    assert lay_out(heading, 16) == ["青山县政务", "服务大厅"]


def test_balancing_never_cuts_a_word() -> None:
    assert lay_out(Line("ABCDEFGHIJ XY", Align.CENTER), 10) == ["ABCDEFGHIJ", "XY"]


def test_a_rule_fills_the_line() -> None:
    assert lay_out(Rule("="), 8) == ["========"]


def test_a_pair_stands_at_both_edges() -> None:
    assert lay_out(Pair("窗口", "3号"), 12) == ["窗口     3号"]


def test_the_longer_side_of_a_pair_wraps_at_its_own_edge() -> None:
    assert lay_out(Pair("窗口", "一楼东侧三号四号"), 16) == [
        "窗口  一楼东侧三",
        "          号四号",
    ]


def test_a_row_gives_each_cell_its_share_and_alignment() -> None:
    row = Row((Cell("材料", 2), Cell("1", 1, Align.CENTER), Cell("10", 1, Align.RIGHT)))
    assert lay_out(row, 22) == ["材料        1       10"]


def test_cells_wrap_within_their_own_width() -> None:
    row = Row((Cell("居民户口簿"), Cell("2", 1, Align.RIGHT)))
    assert lay_out(row, 13) == ["居民户      2", "口簿"]


def test_a_row_too_wide_for_the_paper_is_stacked() -> None:
    assert lay_out(Row(tuple(Cell("号") for _ in range(3))), 5) == ["号", "号", "号"]


@given(MIXED, st.integers(2, 48))
def test_no_line_is_wider_than_the_paper_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(display_width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(MIXED, MIXED, st.integers(2, 48))
def test_pairs_fit_any_paper(left: str, right: str, columns: int) -> None:
    lines = lay_out(Pair(left, right), columns)
    assert all(display_width(line) <= columns for line in lines)
    assert sorted("".join(lines).replace(" ", "")) == sorted((left + right).replace(" ", ""))


@given(st.lists(st.builds(Cell, MIXED, st.integers(1, 12), st.sampled_from(Align)), min_size=1))
@pytest.mark.parametrize("columns", [4, 32, 48])
def test_rows_fit_any_paper(columns: int, cells: list[Cell]) -> None:
    assert all(display_width(line) <= columns for line in lay_out(Row(tuple(cells)), columns))

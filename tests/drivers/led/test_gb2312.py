import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.led.gb2312 import dots, encode, visible


def test_common_text_passes_unchanged() -> None:
    assert visible("请A001号到3号窗口").text == "请A001号到3号窗口"


def test_a_rare_character_of_a_name_becomes_a_box_and_is_reported() -> None:
    seen = visible("王䶮,𠮷")
    assert (seen.text, seen.replaced) == ("王□,□", ("䶮", "𠮷"))


def test_the_dot_and_the_dash_that_people_type_are_in_the_character_set() -> None:
    assert encode("买买提·艾力——") == bytes.fromhex("C2F2 C2F2 CCE1 A1A4 B0AC C1A6 A1AA A1AA")


def test_a_character_of_gbk_alone_is_not_sent() -> None:
    with pytest.raises(ValueError, match="镕"):
        encode("镕")


def test_a_backslash_cannot_start_a_command() -> None:
    assert visible(r"A\C2").text == "A＼C2"


def test_line_breaks_and_control_characters_become_spaces() -> None:
    assert visible("一\n二\x1b三").text == "一 二 三"


def test_chinese_is_twice_as_wide_as_latin() -> None:
    assert dots("请A001号到本窗口") == 128


@given(st.text())
def test_visible_text_can_always_be_sent_and_carries_no_backslash(text: str) -> None:
    assert b"\\" not in encode(visible(text).text)


@given(st.text())
def test_replacing_twice_changes_nothing(text: str) -> None:
    once = visible(text).text
    assert visible(once).text == once


@given(st.text())
def test_the_bytes_are_as_many_as_the_half_width_cells(text: str) -> None:
    shown = visible(text).text
    assert len(encode(shown)) * 8 == dots(shown)

import pytest

from server.voice.numerals import numeral, with_numerals


@pytest.mark.parametrize(
    ("digits", "read"),
    [
        ("0", "零"),
        ("3", "三"),
        ("10", "十"),
        ("12", "十二"),
        ("20", "二十"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("1002", "一千零二"),
        ("2000", "二千"),
        ("012", "零一二"),
        ("12345", "一二三四五"),
    ],
)
def test_a_number_is_read_as_one_counts(digits: str, read: str) -> None:
    assert numeral(digits) == read


def test_what_is_no_number_stays() -> None:
    assert with_numerals("请 A 0 1 2 号，到 12 号窗口") == "请 A 零 一 二 号，到 十二 号窗口"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.catalogue.spelling import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("居民身份证办理", "jmsfzbl"),
        ("企业开办（一窗通）", "qykbyct"),
        ("重庆户口迁入", "cqhkqr"),
        ("ETC 办理", "etcbl"),
        ("12345 热线", "12345rx"),
        ("", ""),
    ],
)
def test_a_name_is_found_by_its_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(max_size=40))
def test_any_name_has_initials_that_can_be_typed(name: str) -> None:
    assert all(letter.isalnum() for letter in initials(name))

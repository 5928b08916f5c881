"""Check digits of identity numbers; region 000000 does not exist, so these are nobody's."""

import pytest

from server.people.id_numbers import checked_id_number, is_id_number
from server.problems import Invalid


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("000000199001010018", True),
        ("000000199001010019", False),
        ("000000199001010081", False),
        ("00000019900101001", False),
        ("0000001990010100180", False),
        ("", False),
        ("０００００019900101001８", False),
    ],
)
def test_the_last_digit_checks_the_others(text: str, *, valid: bool) -> None:
    assert is_id_number(text) is valid


def test_a_last_digit_of_ten_is_an_x() -> None:
    bodies = (f"00000019900101{number:03}" for number in range(100))
    assert any(is_id_number(f"{body}X") for body in bodies)


def test_a_number_is_kept_as_the_card_has_it() -> None:
    assert checked_id_number(" 11010519491231002x ") == "11010519491231002X"


def test_a_mistyped_number_is_refused() -> None:
    with pytest.raises(Invalid):
        checked_id_number("000000199001010019")

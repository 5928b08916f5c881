"""What is read of a card, and that it is never shown."""

import struct
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.idcard.card import CardError, IdCard, number_is_valid, parse_card
from drivers.idcard.simulator import PEOPLE
from drivers.idcard.twin import SyntheticCard

NOBODY = PEOPLE[0]


def data_of(card: SyntheticCard) -> bytes:
    return struct.pack(">HH", 256, 1024) + card.text() + bytes(1024)


def test_name_number_and_last_day_are_read() -> None:
    card = parse_card(data_of(replace(NOBODY, until="20300101")))
    assert (card.name, card.number, card.valid_until) == (
        NOBODY.name,
        NOBODY.number,
        date(2030, 1, 1),
    )


def test_a_card_may_be_valid_for_ever() -> None:
    assert parse_card(data_of(NOBODY)).valid_until is None


def test_a_person_is_not_shown_in_a_log() -> None:
    assert repr(IdCard(NOBODY.name, NOBODY.number, None)) == "IdCard(valid_until=None)"


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(NOBODY, name=""),
        replace(NOBODY, number=NOBODY.number[:-1] + "0"),
        replace(NOBODY, until="soon"),
    ],
)
def test_what_is_no_card(spoiled: SyntheticCard) -> None:
    with pytest.raises(CardError):
        parse_card(data_of(spoiled))


@given(st.binary(max_size=1400))
def test_other_bytes_are_no_card(data: bytes) -> None:
    with pytest.raises(CardError):
        parse_card(data)


@pytest.mark.parametrize("person", PEOPLE)
def test_invented_numbers_are_valid_and_of_no_region(person: SyntheticCard) -> None:
    assert number_is_valid(person.number)
    assert person.number.startswith("000000")


@given(st.text(max_size=20))
def test_a_check_digit_is_computed_for_numbers_only(text: str) -> None:
    if len(text) != 18:
        assert not number_is_valid(text)

"""What is needed of a card: name, number, and until when it is valid. The rest is not read."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

TEXT_BYTES = 256
LENGTHS_BYTES = 4
LONG_TERM = "长期"

NUMBER_LENGTH = 18
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643, ISO 7064 MOD 11-2
CHECK_DIGITS = "10X98765432"


class _Place(NamedTuple):
    """Offset and length in bytes, in the card's text."""

    offset: int
    length: int


_NAME, _NUMBER, _UNTIL = _Place(0, 30), _Place(122, 36), _Place(204, 16)


class CardError(ValueError):
    """What the card holds is no person's text."""


@dataclass(frozen=True, slots=True)
class IdCard:
    """A person's name and number. Held in memory only and never shown whole, not even in a log.

    `valid_until` is None for a card that does not expire.
    """

    name: str = field(repr=False)
    number: str = field(repr=False)
    valid_until: date | None


def parse_card(data: bytes) -> IdCard:
    """Read the data of a READ answer: lengths of text and photo, text, photo.

    Raises CardError.
    """
    text = data[LENGTHS_BYTES : LENGTHS_BYTES + TEXT_BYTES]
    if int.from_bytes(data[:2], "big") != TEXT_BYTES or len(text) != TEXT_BYTES:
        raise CardError("the answer holds no text of a card")
    name, number, until = (_text(text, place) for place in (_NAME, _NUMBER, _UNTIL))
    if not name or not number_is_valid(number):
        raise CardError("the card holds no name or a wrong number")
    return IdCard(name, number, _date(until))


def number_is_valid(number: str) -> bool:
    """Whether the last digit of an identity number fits the others."""
    if len(number) != NUMBER_LENGTH or not number[:-1].isascii() or not number[:-1].isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECK_DIGITS[total % len(CHECK_DIGITS)] == number[-1]


def _text(text: bytes, place: _Place) -> str:
    raw = text[place.offset : place.offset + place.length]
    return raw.decode("utf-16-le", "replace").strip("\0 ")


def _date(text: str) -> date | None:
    if text == LONG_TERM:
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError as error:
        raise CardError("the card's last day is no date") from error

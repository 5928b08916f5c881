"""Resident identity numbers (公民身份号码) as they are typed: the last digit checks the others."""

from server.i18n import N_
from server.problems import Invalid

LENGTH = 18
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643, ISO 7064 MOD 11-2
CHECK_DIGITS = "10X98765432"


def is_id_number(text: str) -> bool:
    """Whether the text is a number whose check digit fits, its X a capital."""
    body = text[:-1]
    if len(text) != LENGTH or not (body.isascii() and body.isdecimal()):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % len(CHECK_DIGITS)] == text[-1]


def checked_id_number(text: str) -> str:
    """The number as it is written on the card. Raises Invalid when its check digit does not fit."""
    number = text.strip().upper()
    if not is_id_number(number):
        raise Invalid(N_("身份证号码不对，请核对十八位数字"))
    return number

"""Resident identity numbers (公民身份号码) as they are typed: the last digit checks the others."""

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

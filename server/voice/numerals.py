"""Numbers in words, as they are read out in Chinese."""

import re

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
LONGEST_NUMBER = len(PLACES)
_NUMBER = re.compile(r"[0-9]+")


def with_numerals(text: str) -> str:
    """The text with its numbers in words: 到 12 号 is 到 十二 号."""
    return _NUMBER.sub(lambda found: numeral(found.group()), text)


def numeral(digits: str) -> str:
    """A number as it is counted; digit by digit where it begins with 0 or has many digits."""
    if len(digits) > LONGEST_NUMBER or (len(digits) > 1 and digits.startswith("0")):
        return "".join(DIGITS[int(digit)] for digit in digits)
    if digits == "0":
        return DIGITS[0]
    read = "".join(
        DIGITS[int(digit)] + (PLACES[place] if digit != "0" else "")
        for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    )
    read = re.sub("零+", "零", read).removesuffix("零")
    return read.removeprefix("一") if len(digits) == 2 else read  # noqa: PLR2004 - 十二, not 一十二

"""Text as the character generators in LED cards know it: ASCII and GB2312, nothing else."""

from dataclasses import dataclass
from unicodedata import category

UNKNOWN = "□"
HALF_WIDTH_DOTS = 8
"""Width of an ASCII character of the 16-dot font; every other character takes twice as much."""


@dataclass(frozen=True, slots=True)
class Visible:
    """Text a card can draw, and the characters that had to be replaced by □ to make it so."""

    text: str
    replaced: tuple[str, ...]


def visible(text: str) -> Visible:
    """Replace what a card cannot draw by □; control characters become spaces.

    A backslash starts a command in Onbon text, so it is shown as its full-width twin.
    """
    drawn: list[str] = []
    replaced: list[str] = []
    for character in text:
        if character == "\\":
            drawn.append("＼")
        elif category(character) == "Cc":
            drawn.append(" ")
        elif _bytes_of(character) is None:
            drawn.append(UNKNOWN)
            replaced.append(character)
        else:
            drawn.append(character)
    return Visible("".join(drawn), tuple(replaced))


def encode(text: str) -> bytes:
    """Bytes of text that went through `visible`. Raises ValueError for any other character."""
    parts = [(character, _bytes_of(character)) for character in text]
    missing = "".join(character for character, data in parts if data is None)
    if missing:
        raise ValueError(f"not in GB2312: {missing}")
    return b"".join(data for _, data in parts if data is not None)


def dots(text: str) -> int:
    """Width of `text` in dots of the 16-dot font."""
    return sum(
        HALF_WIDTH_DOTS if character.isascii() else 2 * HALF_WIDTH_DOTS for character in text
    )


def _bytes_of(character: str) -> bytes | None:
    # GBK agrees with GB2312 byte for byte in the shared region, but maps · and — to the code
    # points people type; Python's gb2312 codec knows them only under rarer ones.
    try:
        data = character.encode("gbk")
        data.decode("gb2312")
    except UnicodeError:
        return None
    return data

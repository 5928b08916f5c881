import pytest

from drivers.led.digits.codec import StripTemplate


def test_a_strip_with_an_address() -> None:
    template = StripTemplate.parse("{addr} {hi} {lo} {sum8}")
    assert template.encode(999, address=5) == bytes.fromhex("05 03 E7 EF")


def test_a_strip_with_a_frame() -> None:
    template = StripTemplate.parse("3A {addr} {lo} {hi} 01 {sum8} 0A")
    assert template.encode(888, address=0) == bytes.fromhex("3A 00 78 03 01 B6 0A")


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        ("{bcdhi} {bcdlo}", "12 34"),
        ("02 {ascii4} 03", "02 31 32 33 34 03"),
        ("01 {lo} {neg8}", "01 D2 2D"),
        ("01 {lo} {xor8}", "01 D2 D3"),
    ],
)
def test_fields_and_checksums(words: str, frame: str) -> None:
    assert StripTemplate.parse(words).encode(1234, address=0) == bytes.fromhex(frame)


def test_numbers_keep_their_leading_zeros_in_ascii() -> None:
    assert StripTemplate.parse("{ascii3}").encode(7, address=0) == b"007"


@pytest.mark.parametrize("words", ["", "{hi} {crc99}", "XY", "{hi"])
def test_a_template_nobody_can_fill_in_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"word|none of"):
        StripTemplate.parse(words)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_beyond_four_digits_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 9999"):
        StripTemplate.parse("{hi} {lo}").encode(number, address=0)

"""Lines of a scanner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.codec import LONGEST, Decoder


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_a_line_ends_in_any_of_the_usual_ways(end: bytes) -> None:
    assert Decoder().feed(b"A001" + end + b"A002" + end) == ["A001", "A002"]


def test_a_line_may_come_in_pieces() -> None:
    decoder = Decoder()
    assert [decoder.feed(piece) for piece in (b"A0", b"01", b"\r")] == [[], [], ["A001"]]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_is_read_as_it_was_printed(encoding: str) -> None:
    assert Decoder().feed("号票一".encode(encoding) + b"\r") == ["号票一"]


def test_half_a_line_before_a_silence_is_forgotten() -> None:
    decoder = Decoder()
    decoder.feed(b"A00")
    decoder.reset()
    assert decoder.feed(b"A002\r") == ["A002"]


def test_a_line_that_is_too_long_is_passed_over() -> None:
    decoder = Decoder()
    assert decoder.feed(b"x" * (LONGEST + 1) + b"\rA001\r") == ["A001"]
    assert decoder.rejected == 1


def test_the_longest_line_is_taken() -> None:
    assert Decoder().feed(b"x" * LONGEST + b"\r") == ["x" * LONGEST]


def test_control_characters_are_left_out() -> None:
    assert Decoder().feed(b"\x02A0\x0001\x03\r") == ["A001"]


def test_what_is_no_text_is_no_line() -> None:
    assert Decoder().feed(b"\xff\xff\xff\r") == []


@given(st.lists(st.binary(max_size=700), max_size=10))
def test_nothing_is_an_error_and_room_is_bounded(pieces: list[bytes]) -> None:
    decoder = Decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._line) <= LONGEST
    decoder.feed(b"\r")
    assert decoder.feed(b"A001\r") == ["A001"]

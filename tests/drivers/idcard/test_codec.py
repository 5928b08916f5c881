"""The module's messages, vector by vector, and whatever else may come down the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.idcard.codec import MAX_LENGTH, PREAMBLE, Answer, Command, Decoder, Status, encode
from drivers.idcard.twin import frame

NO_CARD = bytes.fromhex("AAAAAA9669000400008084")


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (Command.FIND, "AAAAAA96690003200122"),
        (Command.SELECT, "AAAAAA96690003200221"),
        (Command.READ, "AAAAAA96690003300132"),
    ],
)
def test_requests_are_those_of_the_manual(command: Command, line: str) -> None:
    assert encode(command) == bytes.fromhex(line)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("AAAAAA9669000800009F0000000097", Answer(Status.FOUND, bytes(4))),
        ("AAAAAA9669000C00009000000000000000009C", Answer(Status.OK, bytes(8))),
        ("AAAAAA9669000400008084", Answer(Status.NO_CARD)),
        ("AAAAAA9669000400004145", Answer(Status.READ_FAILED)),
    ],
)
def test_answers_are_those_of_the_manual(line: str, answer: Answer) -> None:
    assert Decoder().feed(bytes.fromhex(line)) == [answer]


def test_an_answer_does_not_show_its_data() -> None:
    assert repr(Answer(0x90, b"secret")) == "Answer(status=0x90, 6 bytes)"


@given(st.lists(st.binary(max_size=300), max_size=6), st.data())
def test_answers_are_found_however_the_line_cuts_them(
    contents: list[bytes], data: st.DataObject
) -> None:
    line = b"".join(frame(0x90, content) for content in contents)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(line)), max_size=8)))
    decoder, found = Decoder(), []
    for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True):
        found += decoder.feed(line[start:end])
    assert found == [Answer(0x90, content) for content in contents]


@given(st.binary(max_size=2000))
def test_nothing_that_comes_is_an_error_and_the_next_answer_is_heard(noise: bytes) -> None:
    decoder = Decoder()
    decoder.feed(noise)
    assert decoder.feed(NO_CARD)[-1] == Answer(Status.NO_CARD)
    assert len(decoder._pending) <= 2 * MAX_LENGTH


@given(st.integers(min_value=len(PREAMBLE), max_value=len(NO_CARD) - 1), st.integers(1, 255))
def test_a_damaged_answer_is_not_believed(place: int, change: int) -> None:
    damaged = bytearray(NO_CARD)
    damaged[place] ^= change
    decoder = Decoder()
    assert Answer(Status.NO_CARD) not in decoder.feed(bytes(damaged))
    assert Answer(Status.NO_CARD) in decoder.feed(NO_CARD)


def test_a_wrong_sum_is_counted() -> None:
    decoder = Decoder()
    decoder.feed(NO_CARD[:-1] + b"\x00")
    assert decoder.rejected == 1


def test_ten_thousand_damaged_answers_take_no_room() -> None:
    decoder = Decoder()
    for _ in range(10_000):
        decoder.feed(NO_CARD[:-1] + b"\x00")
    assert len(decoder._pending) < MAX_LENGTH
    assert decoder.feed(NO_CARD) == [Answer(Status.NO_CARD)]


def test_half_an_answer_is_forgotten_when_told_so() -> None:
    decoder = Decoder()
    decoder.feed(NO_CARD[:8])
    decoder.reset()
    assert decoder.feed(NO_CARD[8:]) == []


def test_what_lies_within_an_unfinished_answer_is_not_counted_as_damage() -> None:
    decoder = Decoder()
    unfinished = PREAMBLE + (500).to_bytes(2, "big")
    assert decoder.feed(unfinished + NO_CARD[:-1] + b"\x00") == []
    assert decoder.rejected == 0

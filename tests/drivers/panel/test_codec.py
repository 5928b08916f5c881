import tracemalloc
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.panel.codec import (
    Decoder,
    Frame,
    answer_to,
    beep,
    encode,
    open_rating,
    show_ticket,
    show_waiting,
)

FRAMES = st.builds(Frame, st.integers(0, 255), st.integers(0, 255), st.binary(max_size=20))
CALL_KEY = Frame(1, 0x10, b"\x0c")


def in_pieces(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def feed_all(pieces: Sequence[bytes]) -> list[Frame]:
    decoder = Decoder()
    return [frame for piece in pieces for frame in decoder.feed(piece)]


@pytest.mark.parametrize(
    ("frame", "bytes_"),
    [
        (beep(1), "FF 68 02 02 68 01 03 04 16"),
        (show_ticket(1, "A001"), "FF 68 08 08 68 01 02 0A 0A 0A 00 00 01 22 16"),
        (show_waiting(1, 12), "FF 68 08 08 68 01 02 00 01 02 0A 0A 0A 24 16"),
        (Frame(1, 0x11, b"\x04"), "FF 68 03 03 68 01 11 04 16 16"),
    ],
)
def test_frames_of_the_manual(frame: Frame, bytes_: str) -> None:
    assert encode(frame) == bytes.fromhex(bytes_)
    assert Decoder().feed(bytes.fromhex(bytes_)) == [frame]


def test_opening_a_rating() -> None:
    assert open_rating(3) == Frame(3, 0x01, b"\x0b")


@pytest.mark.parametrize(
    ("ticket", "digits"),
    [("A1234", "02 03 04"), ("B7", "00 00 07"), ("", "0A 0A 0A"), ("甲", "0A 0A 0A")],
)
def test_a_panel_shows_the_last_three_digits_of_a_ticket(ticket: str, digits: str) -> None:
    assert show_ticket(1, ticket).data[3:] == bytes.fromhex(digits)


def test_more_than_999_waiting_are_shown_as_999() -> None:
    assert show_waiting(1, 1500).data[:3] == bytes([9, 9, 9])


def test_a_panel_hears_its_own_frame_as_answer() -> None:
    assert answer_to(CALL_KEY) == CALL_KEY


def test_a_pad_hears_its_rating_as_answer() -> None:
    assert answer_to(Frame(1, 0x11, b"\x04")) == Frame(1, 0x01, b"\x04")


@pytest.mark.parametrize("frame", [Frame(256, 1), Frame(1, -1), Frame(1, 2, bytes(63))])
def test_a_frame_that_does_not_fit_is_refused(frame: Frame) -> None:
    with pytest.raises(ValueError, match=r"range|longer"):
        encode(frame)


def test_the_end_byte_may_appear_in_the_data() -> None:
    frame = Frame(0x16, 0x16, b"\x16\x16\x68\x68\x16")
    assert Decoder().feed(encode(frame)) == [frame]


def test_a_frame_is_read_without_its_preamble() -> None:
    assert Decoder().feed(encode(CALL_KEY)[1:]) == [CALL_KEY]


@given(frames=st.lists(FRAMES, max_size=4), cuts=st.lists(st.integers(0, 1000), max_size=12))
def test_cutting_and_joining_frames_changes_nothing(frames: list[Frame], cuts: list[int]) -> None:
    assert feed_all(in_pieces(b"".join(map(encode, frames)), cuts)) == frames


@given(noise=st.binary(max_size=300), cuts=st.lists(st.integers(0, 1000), max_size=5))
def test_a_good_frame_after_noise_is_accepted(noise: bytes, cuts: list[int]) -> None:
    assert feed_all(in_pieces(noise + encode(CALL_KEY), cuts))[-1:] == [CALL_KEY]


@given(frame=FRAMES, position=st.integers(0, 1000), value=st.integers(0, 255))
def test_the_frame_after_a_damaged_one_is_accepted(frame: Frame, position: int, value: int) -> None:
    good = encode(frame)
    at = position % len(good)
    damaged = good[:at] + bytes([value]) + good[at + 1 :]
    assert Decoder().feed(damaged + encode(CALL_KEY))[-1:] == [CALL_KEY]


@pytest.mark.parametrize("position", range(1, 10))
def test_one_wrong_bit_is_noticed(position: int) -> None:
    good = encode(CALL_KEY)
    damaged = good[:position] + bytes([good[position] ^ 0x04]) + good[position + 1 :]
    assert Decoder().feed(damaged) == []


def test_a_wrong_sum_is_counted_once() -> None:
    decoder = Decoder()
    for byte in encode(CALL_KEY)[:-2] + b"\x00\x16":
        decoder.feed(bytes([byte]))
    assert decoder.rejected == 1


def test_half_a_frame_is_forgotten_after_silence() -> None:
    decoder = Decoder()
    decoder.feed(encode(CALL_KEY)[:6])
    assert decoder.midway
    decoder.reset()
    assert not decoder.midway


def test_ten_thousand_bad_frames_cost_no_memory_and_the_next_is_accepted() -> None:
    decoder = Decoder()
    bad = encode(CALL_KEY)[:-2] + b"\x00\x16"
    decoder.feed(bad * 10)
    tracemalloc.start()
    try:
        for _ in range(10_000):
            decoder.feed(bad)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 16_000
    assert decoder.feed(encode(CALL_KEY)) == [CALL_KEY]


def test_an_endless_frame_does_not_hold_back_the_next() -> None:
    decoder = Decoder()
    decoder.feed(bytes.fromhex("FF 68 40 40 68") + bytes(20))
    assert decoder.feed(encode(CALL_KEY)) == [CALL_KEY]


def test_a_length_that_no_frame_has_is_passed_over() -> None:
    assert Decoder().feed(bytes.fromhex("68 01 01 68 68 FF FF 68") + encode(CALL_KEY)) == [CALL_KEY]


def test_a_damaged_frame_inside_an_unfinished_one_does_not_end_it() -> None:
    outer = Frame(1, 2, bytes.fromhex("68 02 02 68 00 00 FF FF 00"))
    data = encode(outer)
    assert feed_all([data[:-2], data[-2:]]) == [outer]

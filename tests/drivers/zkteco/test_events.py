from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.zkteco.events import (
    Frame,
    FrameDecoder,
    decode_datagram,
    decode_punch,
)
from drivers.zkteco.simulated.frames import Answer, build, on_tcp

ZONE = ZoneInfo("Asia/Shanghai")
SIX = bytes((26, 11, 24, 8, 30, 5))
TEXT_PIN = b"10023".ljust(24, b"\0")
EVENT = Frame(500, 1, 0, TEXT_PIN + b"\x01\xff" + SIX + bytes(20))
ON_THE_WIRE = on_tcp(build(Answer(500, EVENT.data, session=1, reply=0), 0, 0))


@pytest.mark.parametrize(
    ("data", "pin"),
    [
        (b"\x27\x27\x01\xff" + SIX, "10023"),
        (b"\x27\x27\0\0\x01\xff" + SIX, "10023"),
        (b"\x27\x27\x01\xff" + SIX + bytes(4), "10023"),
        (TEXT_PIN + b"\x01\xff" + SIX, "10023"),
        (TEXT_PIN + b"\x01\xff" + SIX + bytes(4), "10023"),
        (TEXT_PIN + b"\x01\xff" + SIX + bytes(5), "10023"),
        (TEXT_PIN + b"\x01\xff" + SIX + bytes(20), "10023"),
    ],
    ids=lambda value: str(len(value)) if isinstance(value, bytes) else value,
)
def test_a_punch_is_told_in_seven_lengths(data: bytes, pin: str) -> None:
    hint = decode_punch(Frame(500, 1, 0, data), ZONE)
    assert hint is not None
    assert (hint.pin, hint.verify, hint.state) == (pin, 1, 255)
    assert hint.terminal_time == datetime(2026, 11, 24, 8, 30, 5, tzinfo=ZONE)


def test_a_hint_has_the_time_as_the_log_will_have_it() -> None:
    hint = decode_punch(EVENT, ZONE)
    assert hint is not None
    assert hint.raw_time == 864_462_605


def test_an_impossible_time_is_no_time() -> None:
    hint = decode_punch(Frame(500, 1, 0, b"\x01\0\x01\xff" + b"\xff" * 6), ZONE)
    assert hint is not None
    assert (hint.raw_time, hint.terminal_time) == (None, None)


@pytest.mark.parametrize(
    "frame",
    [
        Frame(2000, 1, 0, EVENT.data),
        Frame(500, 2, 0, EVENT.data),
        Frame(500, 1, 0, EVENT.data + b"\0"),
    ],
)
def test_other_frames_are_no_punch(frame: Frame) -> None:
    assert decode_punch(frame, ZONE) is None


@given(st.integers(0, len(ON_THE_WIRE)))
def test_a_frame_may_be_cut_anywhere(at: int) -> None:
    decoder = FrameDecoder()
    assert decoder.feed(ON_THE_WIRE[:at]) + decoder.feed(ON_THE_WIRE[at:]) == [EVENT]


def test_frames_that_come_together_are_all_seen() -> None:
    assert FrameDecoder().feed(ON_THE_WIRE * 3) == [EVENT] * 3


@given(st.binary(max_size=200).filter(lambda noise: b"\x50" not in noise))
def test_the_next_frame_after_noise_is_found(noise: bytes) -> None:
    assert FrameDecoder().feed(noise + ON_THE_WIRE) == [EVENT]


def test_a_start_mark_with_an_absurd_length_is_stepped_over() -> None:
    assert FrameDecoder().feed(b"\x50\x50\x82\x7d\xff\xff\xff\xff" + ON_THE_WIRE) == [EVENT]


def test_noise_is_not_hoarded() -> None:
    decoder = FrameDecoder()
    for _ in range(1_000):
        decoder.feed(b"\x50" * 1_000)
    assert len(decoder._buffer) < 8


@given(st.lists(st.binary(max_size=60), max_size=10))
def test_no_bytes_make_the_decoder_fail(pieces: list[bytes]) -> None:
    decoder = FrameDecoder()
    for piece in pieces:
        for frame in decoder.feed(piece):
            decode_punch(frame, ZONE)


def test_a_datagram_is_a_frame_without_a_prefix() -> None:
    assert decode_datagram(ON_THE_WIRE[8:]) == EVENT


def test_a_short_datagram_is_none() -> None:
    assert decode_datagram(b"1234567") is None

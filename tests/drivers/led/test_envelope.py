from hypothesis import given
from hypothesis import strategies as st

from drivers.led.envelope import Envelope, Unwrapper

ENVELOPE = Envelope(
    start=0xA5,
    end=0xAE,
    escapes={0xA5: b"\xaa\x05", 0xAA: b"\xaa\x0a", 0xAE: b"\xaa\x0e"},
    limit=64,
)


def test_bytes_with_a_meaning_are_escaped() -> None:
    assert ENVELOPE.wrap(b"\xa5\xaa\xae").hex() == "a5aa05aa0aaa0eae"


@given(st.binary(max_size=32))
def test_what_was_wrapped_comes_out_again(inside: bytes) -> None:
    assert Unwrapper(ENVELOPE).feed(ENVELOPE.wrap(inside)) == [inside]


def test_a_run_of_start_bytes_is_one_start() -> None:
    assert Unwrapper(ENVELOPE).feed(b"\xa5" * 9 + b"\x01\xae") == [b"\x01"]


def test_bytes_between_frames_are_skipped() -> None:
    assert Unwrapper(ENVELOPE).feed(b"\x00\xae\xff\xa5\x01\xae\x07") == [b"\x01"]


def test_a_frame_cut_short_is_rejected_and_the_next_one_read() -> None:
    unwrapper = Unwrapper(ENVELOPE)
    assert (unwrapper.feed(b"\xa5\x01\xa5\x02\xae"), unwrapper.rejected) == ([b"\x02"], 1)


def test_a_wrong_escape_rejects_the_frame() -> None:
    unwrapper = Unwrapper(ENVELOPE)
    assert (unwrapper.feed(b"\xa5\xaa\x07\xae\xa5\xaa\xae"), unwrapper.rejected) == ([], 2)


def test_a_frame_without_an_end_is_given_up() -> None:
    unwrapper = Unwrapper(ENVELOPE)
    assert (unwrapper.feed(b"\xa5" + bytes(65) + b"\xae"), unwrapper.rejected) == ([], 1)

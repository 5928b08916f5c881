import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.escpos.codec import (
    LONGEST_BLOCK,
    AutoStatus,
    BarrierReply,
    Decoder,
    Echo,
    Name,
    Query,
    QueryReply,
    Reply,
    echo_request,
)

READY = b"\x12"
AUTO_READY = b"\x10\x00\x00\x0f"
ECHO = b"\x37\x22ab~ \x00"

REPLIES: list[tuple[bytes, Reply]] = [
    (READY, QueryReply(0x12)),
    (b"\x7e", QueryReply(0x7E)),
    (AUTO_READY, AutoStatus(AUTO_READY)),
    (b"\x00", BarrierReply(0)),
    (b"\x03", BarrierReply(3)),
    (ECHO, Echo(b"ab~ ")),
    (b"_TM-T88V\x00", Name("TM-T88V")),
]


def decode(data: bytes) -> list[Reply]:
    return Decoder().feed(data)


def test_queries_are_what_the_manual_says() -> None:
    assert [query.request().hex() for query in Query] == ["100401", "100402", "100403", "100404"]


def test_an_echo_is_asked_for_by_its_token() -> None:
    assert echo_request(b"~1 a") == bytes.fromhex("1d284806003030 7e312061")


@pytest.mark.parametrize("token", [b"abc", b"abcde", b"ab\x1fd", b"abc\x7f"])
def test_a_token_that_printers_refuse_is_refused_here(token: bytes) -> None:
    with pytest.raises(ValueError, match="4 printable ASCII bytes"):
        echo_request(token)


@pytest.mark.parametrize(("data", "reply"), REPLIES)
def test_each_kind_of_reply_is_known_by_its_bits(data: bytes, reply: Reply) -> None:
    assert decode(data) == [reply]


def test_flow_control_and_noise_are_skipped() -> None:
    assert decode(b"\x11\x13\xff\x97" + READY) == [QueryReply(0x12)]


def test_a_broken_echo_does_not_swallow_what_follows() -> None:
    assert Echo(b"ab~ ") in decode(b"\x37\x22a\x9f" + ECHO)


def test_an_auto_status_cut_off_half_way_does_not_swallow_an_echo() -> None:
    assert decode(b"\x10\x00" + ECHO)[-1] == Echo(b"ab~ ")


def test_a_name_without_an_end_is_given_up() -> None:
    decoder = Decoder()
    decoder.feed(b"_" + b"x" * (LONGEST_BLOCK + 1))
    assert Echo(b"ab~ ") in decoder.feed(ECHO)


@given(st.lists(st.sampled_from(REPLIES)), st.data())
def test_replies_may_come_in_any_pieces(
    parts: list[tuple[bytes, Reply]], data: st.DataObject
) -> None:
    stream = b"".join(part for part, _ in parts)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)))))
    decoder = Decoder()
    replies = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        replies += decoder.feed(stream[start:end])
    assert replies == [reply for _, reply in parts]


@given(st.binary(max_size=200))
def test_after_any_noise_an_echo_is_found_again(noise: bytes) -> None:
    decoder = Decoder()
    decoder.feed(noise)
    decoder.feed(b"\xff" * (LONGEST_BLOCK + 2))  # no reply holds this byte: it ends any block
    assert decoder.feed(ECHO) == [Echo(b"ab~ ")]


@given(st.lists(st.binary(max_size=50), max_size=20))
def test_memory_stays_within_one_block(pieces: list[bytes]) -> None:
    decoder = Decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert len(decoder._buffer) <= LONGEST_BLOCK + 1

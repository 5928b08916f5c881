"""What holds for every decoder and every simulated card, whatever the line delivers."""

import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.led.cpower.framing import ByteOrder, SerialFraming, TcpFraming
from drivers.led.cpower.twin import CPowerCard
from drivers.led.dialect import Reply, ReplyDecoder
from drivers.led.digits.dialect import Deaf
from drivers.led.digits.twin import DigitStrip
from drivers.led.onbon.codec import Decoder, Ping, UpdateAreas, encode
from drivers.led.onbon.twin import OnbonCard

OK = bytes.fromhex("E8 32 01 7B 00 96 01")
ONBON_ACK = bytes.fromhex(
    "A5 A5 A5 A5 A5 A5 A5 A5 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A"
)
Make = Callable[[], ReplyDecoder]
DECODERS = [
    pytest.param(Decoder, ONBON_ACK, id="onbon"),
    pytest.param(SerialFraming().decoder, SerialFraming().wrap(OK), id="cpower serial"),
    pytest.param(TcpFraming().decoder, TcpFraming().wrap(OK), id="cpower tcp"),
    pytest.param(
        TcpFraming(ByteOrder.BIG).decoder, TcpFraming(ByteOrder.BIG).wrap(OK), id="cpower tcp big"
    ),
]
CARDS = [
    lambda: OnbonCard(128, 32),
    lambda: CPowerCard(128, 32),
    lambda: CPowerCard(128, 32, byte_order="little"),
    lambda: DigitStrip(32, 16),
]


def in_pieces(data: bytes, cuts: Sequence[int]) -> list[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


def feed_all(decoder: ReplyDecoder, pieces: Sequence[bytes]) -> list[Reply]:
    return [reply for piece in pieces for reply in decoder.feed(piece)]


@pytest.mark.parametrize(("make", "good"), DECODERS)
@given(cuts=st.lists(st.integers(0, 1000), max_size=12), count=st.integers(1, 4))
def test_cutting_and_joining_frames_changes_nothing(
    make: Make, good: bytes, cuts: list[int], count: int
) -> None:
    assert feed_all(make(), in_pieces(good * count, cuts)) == [*make().feed(good)] * count


@pytest.mark.parametrize(("make", "good"), DECODERS)
@given(noise=st.binary(max_size=300), cuts=st.lists(st.integers(0, 1000), max_size=5))
def test_a_good_frame_after_noise_is_accepted(
    make: Make, good: bytes, noise: bytes, cuts: list[int]
) -> None:
    replies = feed_all(make(), in_pieces(noise + good, cuts))
    assert replies[-1:] == [*make().feed(good)]


@pytest.mark.parametrize(("make", "good"), DECODERS)
@given(position=st.integers(0, 1000), value=st.integers(0, 255))
def test_the_frame_after_a_damaged_one_is_accepted(
    make: Make, good: bytes, position: int, value: int
) -> None:
    at = position % len(good)
    damaged = good[:at] + bytes([value]) + good[at + 1 :]
    assert [*make().feed(damaged + good)][-1:] == [*make().feed(good)]


@pytest.mark.parametrize(("make", "good"), DECODERS)
def test_ten_thousand_bad_frames_cost_no_memory_and_the_next_is_accepted(
    make: Make, good: bytes
) -> None:
    decoder = make()
    bad = good[: len(good) // 2] + b"\x01" + good[len(good) // 2 + 1 :]
    decoder.feed(bad * 10)
    tracemalloc.start()
    try:
        for _ in range(10_000):
            decoder.feed(bad)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 64_000
    assert [*decoder.feed(good)] == [*make().feed(good)]


@pytest.mark.parametrize(("make", "good"), DECODERS)
def test_an_endless_frame_is_given_up(make: Make, good: bytes) -> None:
    decoder = make()
    for _ in range(200):
        decoder.feed(good[: len(good) - 1] + bytes(100))
    assert [*decoder.feed(good)] == [*make().feed(good)]


@pytest.mark.parametrize("make", CARDS)
@given(pieces=st.lists(st.binary(max_size=80), max_size=8))
def test_a_simulated_card_survives_any_bytes(
    make: Callable[[], OnbonCard | CPowerCard | DigitStrip], pieces: list[bytes]
) -> None:
    card = make()
    for piece in pieces:
        card.receive(piece)
    assert isinstance(card.regions(), list)


@given(payload=st.binary(max_size=120))
def test_a_simulated_onbon_card_survives_any_payload(payload: bytes) -> None:
    class Odd(UpdateAreas):
        def payload(self) -> bytes:
            return payload

    card = OnbonCard(128, 32)
    card.receive(encode(Odd(())))
    card.receive(encode(Ping()))
    assert card.frames == 2


@given(command=st.binary(max_size=80))
def test_a_simulated_cpower_card_survives_any_command(command: bytes) -> None:
    body = b"\x68\x32\xff\x7b\x01" + len(command).to_bytes(2, "little") + b"\0\0" + command
    frame = SerialFraming().wrap(body + (sum(body) & 0xFFFF).to_bytes(2, "little"))
    card = CPowerCard(128, 32)
    answer = card.receive(frame)
    assert SerialFraming().decoder().feed(answer)[0].card == 1


@given(noise=st.binary())
def test_whatever_a_strips_line_picks_up_is_no_reply(noise: bytes) -> None:
    assert Deaf().feed(noise) == ()

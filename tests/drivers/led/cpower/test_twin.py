"""The simulated card against frames of the manual, and against the driver's decoder."""

import pytest

from drivers.led.cpower.codec import (
    PowerOff,
    PureText,
    QueryPower,
    Reply,
    Request,
    SplitWindows,
    packet,
)
from drivers.led.cpower.framing import ByteOrder, SerialFraming, TcpFraming
from drivers.led.cpower.twin import CPowerCard
from drivers.led.dots import Region
from drivers.led.layout import Colour

TRAFFIC = bytes.fromhex(
    "A5 68 32 FF 7B 01 1E 00 00 00 12 00 00 F5 00 00 03 07 FF FF 00"
    "C7 B0 B7 BD BB FD CB AA 0E 0D 0A BB BA C2 FD CD A8 D0 D0 00 BE 11 AE"
)


def send(card: CPowerCard, request: Request, address: int = 0xFF) -> list[Reply]:
    framing = SerialFraming()
    return framing.decoder().feed(card.receive(framing.wrap(packet(request, address))))


def test_it_shows_the_manuals_text_with_its_escaped_byte() -> None:
    card = CPowerCard(64, 32)
    card.receive(TRAFFIC)
    assert card.regions() == [Region(0, 0, 64, 32, ("前方积水", "缓慢通行"), Colour.YELLOW)]


def test_windows_have_their_own_texts() -> None:
    card = CPowerCard(64, 32)
    send(card, SplitWindows(((0, 0, 64, 16), (0, 16, 64, 16))))
    send(card, PureText(1, b"A001", colour=(0, 255, 0)))
    assert card.regions() == [Region(0, 16, 64, 16, ("A001",), Colour.GREEN)]


def test_a_text_for_a_window_that_is_not_there_is_dropped() -> None:
    card = CPowerCard(64, 32)
    send(card, PureText(3, b"A001"))
    assert card.regions() == []


def test_a_running_text_has_run_since_it_came() -> None:
    times = iter([10.0, 12.5])
    card = CPowerCard(64, 32, clock=lambda: next(times))
    send(card, PureText(0, b"A001", effect=14))
    assert [region.running for region in card.regions()] == [2.5]


def test_a_sign_switched_off_is_dark_and_says_so() -> None:
    card = CPowerCard(64, 32)
    card.receive(TRAFFIC)
    send(card, PowerOff())
    assert card.regions() == []
    assert send(card, QueryPower())[0].data == b"\x01\x00"


def test_losing_power_empties_the_sign() -> None:
    card = CPowerCard(64, 32)
    card.receive(TRAFFIC)
    card.power_cycle()
    assert card.regions() == []


def test_a_packet_for_another_card_is_ignored() -> None:
    assert send(CPowerCard(64, 32, address=1), QueryPower(), address=2) == []


def test_it_refuses_as_often_as_it_was_told() -> None:
    card = CPowerCard(64, 32)
    card.refuse(1)
    replies = send(card, PureText(0, b"A")) + send(card, PureText(0, b"A"))
    assert [reply.fault for reply in replies] == ["packet out of sequence", None]


def test_a_wrong_sum_is_answered_by_its_name() -> None:
    card = CPowerCard(64, 32)
    answer = card.receive(TRAFFIC[:-2] + b"\x12" + TRAFFIC[-1:])
    assert [reply.fault for reply in SerialFraming().decoder().feed(answer)] == ["wrong checksum"]


def test_a_command_that_contradicts_its_length_is_refused() -> None:
    body = bytes.fromhex("68 32 FF 7B 01 09 00 00 00 12")
    frame = SerialFraming().wrap(body + sum(body).to_bytes(2, "little"))
    answer = CPowerCard(64, 32).receive(frame)
    assert SerialFraming().decoder().feed(answer)[0].fault == "packet out of sequence"


@pytest.mark.parametrize("order", list(ByteOrder))
def test_over_tcp_it_finds_packets_behind_noise_and_in_pieces(order: ByteOrder) -> None:
    framing = TcpFraming(order)
    card = CPowerCard(64, 32, byte_order=order)
    frame = b"noise" + framing.wrap(packet(QueryPower()))
    answer = b"".join(card.receive(frame[at : at + 1]) for at in range(len(frame)))
    assert len(framing.decoder().feed(answer)) == 1


def test_a_packet_too_short_for_a_request_is_not_answered() -> None:
    card = CPowerCard(64, 32)
    assert (card.receive(b"\xa5\x68\x32\xae"), card.rejected) == (b"", 1)

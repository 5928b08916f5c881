import pytest

from drivers.led.cpower.codec import QueryPower, Reply, packet
from drivers.led.cpower.framing import ByteOrder, SerialFraming, TcpDecoder, TcpFraming

OK = bytes.fromhex("E8 32 01 7B 00 96 01")


@pytest.mark.parametrize(
    ("order", "length"), [(ByteOrder.LITTLE, "08 00"), (ByteOrder.BIG, "00 08")]
)
def test_over_tcp_the_packet_travels_as_it_is_behind_its_head(
    order: ByteOrder, length: str
) -> None:
    frame = TcpFraming(order).wrap(packet(QueryPower(), card=1))
    assert frame == bytes.fromhex(f"FF FF FF FF {length} 00 00 68 32 01 76 01 01 13 01")


@pytest.mark.parametrize("framing", [TcpFraming(), TcpFraming(ByteOrder.BIG), SerialFraming()])
def test_a_reply_is_read_in_its_framing(framing: TcpFraming | SerialFraming) -> None:
    assert framing.decoder().feed(framing.wrap(OK)) == [Reply(1, 0x7B, b"\0")]


def test_a_damaged_length_does_not_hold_back_the_next_reply() -> None:
    good = TcpFraming().wrap(OK)
    damaged = good[:4] + b"\xc8" + good[5:]
    assert TcpDecoder().feed(damaged + good) == [Reply(1, 0x7B, b"\0")]


def test_a_damaged_packet_is_counted_once() -> None:
    decoder = TcpDecoder()
    frame = TcpFraming().wrap(OK)
    decoder.feed(frame[:-1] + b"\x00")
    decoder.feed(frame)
    assert decoder.rejected == 1


@pytest.mark.parametrize("damaged", ["A5 E8 32 01 7B 00 97 01 AE", "A5 E8 AA 01 AE", "A5 E8 A5"])
def test_a_damaged_serial_packet_is_counted(damaged: str) -> None:
    decoder = SerialFraming().decoder()
    assert (decoder.feed(bytes.fromhex(damaged)), decoder.rejected) == ([], 1)

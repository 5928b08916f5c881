import pytest

from drivers.led.onbon.codec import (
    ClearAreas,
    Decoder,
    DynamicArea,
    Ping,
    ReadStatus,
    Reply,
    Request,
    UpdateAreas,
    crc16,
    encode,
)

HEAD = "A5 A5 A5 A5 A5 A5 A5 A5 01 00 00 80 00 00 00 00 00 00 FE 02 05 00"
ACK = bytes.fromhex(
    "A5 A5 A5 A5 A5 A5 A5 A5 00 80 FE FF 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00 14 AC 5A"
)
WELCOME = (
    "A5 A5 A5 A5 A5 A5 A5 A5 FE FF 00 80 00 00 00 00 00 00 FE 02 2C 00"
    "A3 06 01 00 00 00 01 23 00 00 00 80 00 00 80 80 20 00 00 00 00 0A 00 00 00 00"
    "02 01 01 00 02 0A 08 00 00 00 BB B6 D3 AD B9 E2 C1 D9 3C 49 5A"
)


@pytest.mark.parametrize(
    ("request_", "tail"),
    [
        (Ping(), "A2 00 01 00 00 68 F8 5A"),
        (ReadStatus(), "A1 02 01 00 00 2D 40 5A"),
        (ClearAreas(), "A3 10 01 00 00 51 F8 5A"),
    ],
)
def test_requests_of_the_manual(request_: Request, tail: str) -> None:
    assert encode(request_, card=1) == bytes.fromhex(HEAD + tail)


def test_the_manuals_dynamic_area() -> None:
    area = DynamicArea(0, 0, 0, 128, 32, "欢迎光临".encode("gb2312"))
    assert encode(UpdateAreas((area,))) == bytes.fromhex(WELCOME)


def test_the_manuals_acknowledgement() -> None:
    reply = Reply(card=0xFFFE, group=0xA0, command=0, error=0, data=b"")
    assert Decoder().feed(ACK) == [reply]


def test_an_acknowledgement_is_no_fault() -> None:
    assert Reply(1, 0xA0, 0, 0, b"").fault is None


@pytest.mark.parametrize(
    ("error", "name"), [(3, "busy"), (5, "wrong checksum"), (0x0C, "font missing"), (9, "0x09")]
)
def test_errors_are_named(error: int, name: str) -> None:
    assert name in str(Reply(1, 0xA0, 1, error, b"").fault)


def test_the_checksum_is_crc_16_arc() -> None:
    assert crc16(b"123456789") == 0xBB3D


def test_deleting_the_other_areas_travels_in_the_update() -> None:
    area = DynamicArea(0, 0, 0, 64, 16, b"")
    assert b"\xa3\x06\x01\x00\x00\xff\x01" in encode(UpdateAreas((area,), alone=True))


def test_an_area_that_cannot_be_written_down_is_refused() -> None:
    with pytest.raises(ValueError, match="area 0"):
        encode(UpdateAreas((DynamicArea(0, 0, 0, 70_000, 16, b""),)))


def test_a_frame_beyond_a_cards_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="more than a card takes"):
        encode(UpdateAreas((DynamicArea(0, 0, 0, 64, 16, bytes(5000)),)))


@pytest.mark.parametrize("position", range(8, len(ACK) - 1))
def test_one_wrong_bit_is_noticed(position: int) -> None:
    damaged = ACK[:position] + bytes([ACK[position] ^ 0x10]) + ACK[position + 1 :]
    decoder = Decoder()
    assert (decoder.feed(damaged), decoder.rejected) == ([], 1)


@pytest.mark.parametrize(
    "body",
    [
        "00 80 FE FF 00 00 00 00 01 00 FE 02 05 00 A0 00 00 00 00",  # checked by sum
        "00 80 FE FF 00 00 00 00 00 00 FE 02 06 00 A0 00 00 00 00",  # length of another frame
    ],
)
def test_a_frame_that_contradicts_itself_is_rejected(body: str) -> None:
    data = bytes.fromhex(body)
    decoder = Decoder()
    frame = b"\xa5" + data + crc16(data).to_bytes(2, "little") + b"\x5a"
    assert (decoder.feed(frame), decoder.rejected) == ([], 1)

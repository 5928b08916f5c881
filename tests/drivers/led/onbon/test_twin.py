"""The simulated card against frames of the manual, and against the driver's decoder."""

from typing import Any

import pytest

from drivers.led.dots import Region
from drivers.led.layout import Colour
from drivers.led.onbon.codec import (
    ClearAreas,
    Decoder,
    DynamicArea,
    Effect,
    Ping,
    UpdateAreas,
    crc16,
    encode,
)
from drivers.led.onbon.twin import OnbonCard

WELCOME = bytes.fromhex(
    "A5 A5 A5 A5 A5 A5 A5 A5 FE FF 00 80 00 00 00 00 00 00 FE 02 2C 00"
    "A3 06 01 00 00 00 01 23 00 00 00 80 00 00 80 80 20 00 00 00 00 0A 00 00 00 00"
    "02 01 01 00 02 0A 08 00 00 00 BB B6 D3 AD B9 E2 C1 D9 3C 49 5A"
)
SUNK = Region(0, 0, 64, 16, ("一",))


def faults(answers: bytes) -> list[str | None]:
    return [reply.fault for reply in Decoder().feed(answers)]


def area(number: int, text: str, **more: Any) -> DynamicArea:
    return DynamicArea(number, 0, 0, 64, 16, text.encode("gb2312"), **more)


def test_it_shows_the_manuals_dynamic_area_and_acknowledges() -> None:
    card = OnbonCard(128, 32)
    assert faults(card.receive(WELCOME)) == [None]
    assert card.regions() == [Region(0, 0, 128, 32, ("欢迎光临",))]


def test_it_reads_lines_and_colours() -> None:
    card = OnbonCard(128, 32)
    card.receive(encode(UpdateAreas((area(0, r"\C2一\n\C2二"),))))
    assert card.regions() == [Region(0, 0, 64, 16, ("一", "二"), Colour.GREEN)]


def test_a_frame_for_another_card_is_ignored() -> None:
    assert OnbonCard(128, 32, address=1).receive(encode(Ping(), card=2)) == b""


def test_a_request_without_need_of_an_answer_gets_none() -> None:
    body = bytes.fromhex("01 00 00 80 00 00 00 00 00 00 FE 02 05 00 A2 00 02 00 00")
    frame = b"\xa5" + body + crc16(body).to_bytes(2, "little") + b"\x5a"
    assert OnbonCard(128, 32).receive(frame) == b""


def test_deleting_all_areas_leaves_the_new_ones() -> None:
    card = OnbonCard(128, 32)
    card.receive(encode(UpdateAreas((area(0, "一"), area(1, "二")))))
    card.receive(encode(UpdateAreas((area(0, "一"),), alone=True)))
    assert card.regions() == [SUNK]


def test_clearing_empties_the_sign() -> None:
    card = OnbonCard(128, 32)
    card.receive(encode(UpdateAreas((area(0, "一"),))) + encode(ClearAreas()))
    assert card.regions() == []


def test_losing_power_empties_the_sign() -> None:
    card = OnbonCard(128, 32)
    card.receive(WELCOME)
    card.power_cycle()
    assert card.regions() == []


def test_a_running_text_has_run_since_it_came() -> None:
    times = iter([10.0, 12.5])
    card = OnbonCard(128, 32, clock=lambda: next(times))
    card.receive(encode(UpdateAreas((area(0, "一", effect=Effect.LEFT),))))
    assert [region.running for region in card.regions()] == [2.5]


def test_a_damaged_frame_is_answered_with_the_checksum_error() -> None:
    assert faults(OnbonCard(128, 32).receive(WELCOME[:-3] + b"\0" + WELCOME[-2:])) == [
        "wrong checksum"
    ]


def test_a_busy_card_says_so_once() -> None:
    card = OnbonCard(128, 32)
    card.refuse(1)
    assert faults(card.receive(WELCOME) + card.receive(WELCOME)) == ["busy", None]


def test_half_a_frame_is_forgotten_when_the_line_is_cut() -> None:
    card = OnbonCard(128, 32)
    card.receive(WELCOME[:30])
    card.hang_up()
    card.receive(WELCOME[30:])
    assert card.regions() == []


@pytest.mark.parametrize(
    ("command", "fault"), [("A7 00", "unknown command group"), ("A3 77", "unknown command")]
)
def test_what_it_does_not_know_is_refused_by_name(command: str, fault: str) -> None:
    body = bytes.fromhex(f"01 00 00 80 00 00 00 00 00 00 FE 02 05 00 {command} 01 00 00")
    frame = b"\xa5" + body + crc16(body).to_bytes(2, "little") + b"\x5a"
    assert faults(OnbonCard(128, 32).receive(frame)) == [fault]


def test_single_areas_can_be_deleted_by_number() -> None:
    card = OnbonCard(128, 32)
    card.receive(encode(UpdateAreas((area(0, "一"), area(1, "二")))))
    body = bytes.fromhex("01 00 00 80 00 00 00 00 00 00 FE 02 08 00 A3 06 01 00 00 01 01 00")
    card.receive(b"\xa5" + body + crc16(body).to_bytes(2, "little") + b"\x5a")
    assert card.regions() == [SUNK]


def test_an_area_in_bytes_of_eight_dots_is_understood() -> None:
    card = OnbonCard(128, 32)
    data = bytearray(area(0, "一").encode()[2:])
    data[1:3], data[5:7] = b"\x02\x00", b"\x08\x00"
    payload = b"\x00\x01" + len(data).to_bytes(2, "little") + data
    body = bytes.fromhex("01 00 00 80 00 00 00 00 00 00 FE 02 00 00 A3 06 01 00 00") + payload
    card.receive(b"\xa5" + body + crc16(body).to_bytes(2, "little") + b"\x5a")
    assert card.regions() == [Region(16, 0, 64, 16, ("一",))]


def test_a_frame_too_short_for_a_request_is_not_answered() -> None:
    card = OnbonCard(128, 32)
    assert (card.receive(b"\xa5\x01\x02\x5a"), card.rejected) == (b"", 1)


def test_an_area_beyond_its_memory_is_refused() -> None:
    text = "一" * 1200
    answer = OnbonCard(128, 32).receive(encode(UpdateAreas((area(0, text),))))
    assert faults(answer) == ["out of memory"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.panel.codec import beep, encode, open_rating, show_ticket, show_waiting
from drivers.panel.twin import BusReader, Pad, Panel, frame

BEEP = bytes.fromhex("FF 68 02 02 68 01 03 04 16")
BEEP_INSIDE = b"\x01\x03"


def hear(device: Panel | Pad, *frames: bytes) -> None:
    reader = BusReader()
    for data in frames:
        for inside in reader.read(data):
            device.hear(inside[1], inside[2:])


def test_it_reads_the_manuals_beep() -> None:
    assert BusReader().read(BEEP) == [BEEP_INSIDE]


def test_it_writes_the_manuals_rating() -> None:
    message, answer = Pad(1).press(b"\x04")
    assert message == bytes.fromhex("FF 68 03 03 68 01 11 04 16 16")
    assert answer == b"\x01\x01\x04"


def test_ticket_and_waiting_count_are_shown_beside_each_other() -> None:
    panel = Panel(1)
    hear(panel, encode(show_waiting(1, 12)), encode(show_ticket(1, "A001")))
    assert (panel.waiting, panel.ticket) == ("012", "001")


def test_six_blanks_clear_the_display() -> None:
    panel = Panel(1, ticket="001", waiting="012")
    hear(panel, encode(show_ticket(1, "")))
    assert (panel.waiting, panel.ticket) == ("", "")


def test_a_beep_is_counted() -> None:
    panel = Panel(1)
    hear(panel, encode(beep(1)))
    assert panel.beeps == 1


def test_a_command_it_does_not_know_changes_nothing() -> None:
    panel = Panel(1, ticket="001")
    hear(panel, frame(b"\x01\x77\x00"))
    assert panel == Panel(1, ticket="001")


def test_a_pad_lights_up_until_its_rating_is_taken() -> None:
    pad = Pad(1)
    hear(pad, encode(open_rating(1)))
    assert pad.asking
    hear(pad, frame(b"\x01\x01\x04"))
    assert not pad.asking


@pytest.mark.parametrize(
    "damaged", [b"\x68\x05\x05\x68\x00", b"\x68\x40\x40\x68", BEEP[:-1] + b"\0"]
)
def test_a_frame_after_a_damaged_one_is_read(damaged: bytes) -> None:
    assert BusReader().read(damaged + BEEP * 2)[-1:] == [BEEP_INSIDE]


@given(pieces=st.lists(st.binary(max_size=60), max_size=20))
def test_it_survives_any_bytes(pieces: list[bytes]) -> None:
    reader = BusReader()
    for piece in pieces:
        reader.read(piece)
    assert reader.read(bytes(64) + BEEP)[-1:] == [BEEP_INSIDE]


def test_a_length_beyond_its_memory_is_passed_over() -> None:
    assert BusReader().read(b"\x68\xff\xff\x68" + BEEP) == [BEEP_INSIDE]


def test_a_pad_does_not_mind_what_is_meant_for_panels() -> None:
    pad = Pad(1, asking=True)
    hear(pad, BEEP)
    assert pad.asking


def test_a_frame_may_come_in_pieces() -> None:
    reader = BusReader()
    assert [inside for byte in BEEP for inside in reader.read(bytes([byte]))] == [BEEP_INSIDE]

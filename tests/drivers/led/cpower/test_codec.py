import pytest

from drivers.led.cpower.codec import (
    PowerOff,
    PureText,
    QueryPower,
    Reply,
    Request,
    SplitWindows,
    packet,
    parse,
)
from drivers.led.cpower.framing import SerialFraming


def gb(text: str) -> bytes:
    return text.encode("gb2312")


@pytest.mark.parametrize(
    ("request_", "card", "frame"),
    [
        (
            PureText(0, b"abc\rcba", align=1),
            1,
            "A5 68 32 01 7B 01 13 00 00 00 12 00 00 01 00 00 03 02 FF 00 00"
            "61 62 63 0D 63 62 61 00 9A 04 AE",
        ),
        (
            PureText(0, gb("正常通行"), align=5, font=7, colour=(0, 255, 0)),
            0xFF,
            "A5 68 32 FF 7B 01 14 00 00 00 12 00 00 05 00 00 03 07 00 FF 00"
            "D5 FD B3 A3 CD A8 D0 D0 00 86 09 AE",
        ),
        (
            PureText(0, gb("前方积水\r\n缓慢通行"), align=0xF5, font=7, colour=(255, 255, 0)),
            0xFF,
            "A5 68 32 FF 7B 01 1E 00 00 00 12 00 00 F5 00 00 03 07 FF FF 00"
            "C7 B0 B7 BD BB FD CB AA 0E 0D 0A BB BA C2 FD CD A8 D0 D0 00 BE 11 AE",
        ),
        (QueryPower(), 1, "A5 68 32 01 76 01 01 13 01 AE"),
        (PowerOff(), 1, "A5 68 32 01 76 01 00 00 00 00 00 00 00 00 00 12 01 AE"),
    ],
)
def test_frames_of_the_manual(request_: Request, card: int, frame: str) -> None:
    assert SerialFraming().wrap(packet(request_, card)) == bytes.fromhex(frame)


def test_windows_are_written_high_byte_first() -> None:
    command = SplitWindows(((0, 0, 256, 80), (0, 80, 256, 16))).data()[5:]
    assert command == bytes.fromhex("01 02 0000 0000 0100 0050 0000 0050 0100 0010")


def test_a_reply_says_whether_the_command_was_carried_out() -> None:
    assert Reply(1, 0x7B, b"\0").fault is None


@pytest.mark.parametrize(
    ("code", "name"), [(1, "wrong checksum"), (2, "packet out of sequence"), (7, "error 0x07")]
)
def test_refusals_are_named(code: int, name: str) -> None:
    assert Reply(1, 0x7B, bytes([code])).fault == name


def test_a_power_state_is_no_refusal() -> None:
    assert Reply(1, 0x76, b"\x01\x01").fault is None


@pytest.mark.parametrize("first", ["E8", "68"])
def test_both_kinds_of_reply_are_read(first: str) -> None:
    body = bytes.fromhex(f"{first} 32 01 7B 00")
    assert parse(body + sum(body).to_bytes(2, "little")) == Reply(1, 0x7B, b"\0")


@pytest.mark.parametrize("body", ["E8 33 01 7B 00", "00 32 01 7B 00", "E8 32 01", ""])
def test_other_packets_are_no_replies(body: str) -> None:
    data = bytes.fromhex(body)
    assert parse(data + sum(data).to_bytes(2, "little")) is None


def test_a_wrong_sum_is_noticed() -> None:
    assert parse(bytes.fromhex("E8 32 01 7B 00 96 02")) is None


@pytest.mark.parametrize(
    "request_", [SplitWindows(((0, 0, 70_000, 16),)), PureText(256, b""), PureText(0, b"", stay=-1)]
)
def test_numbers_that_do_not_fit_are_refused(request_: Request) -> None:
    with pytest.raises(ValueError, match=r"do not fit|does not fit"):
        packet(request_)

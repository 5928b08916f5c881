from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from drivers.zkteco.punch_text import UnreadLine
from drivers.zkteco.records import PunchRecord
from drivers.zkteco.usb_export import decode_export

ZONE = ZoneInfo("Asia/Shanghai")
LINE = b"    10023\t2026-11-24 08:30:05\t1\t255\t15\t3\r\n"


def test_a_line_is_a_punch() -> None:
    [punch] = decode_export(LINE, ZONE)
    assert isinstance(punch, PunchRecord)
    assert (punch.pin, punch.state, punch.verify, punch.workcode) == ("10023", 255, 15, 3)
    assert punch.terminal_time == datetime(2026, 11, 24, 8, 30, 5, tzinfo=ZONE)
    assert punch.raw == LINE.rstrip(b"\r\n")


def test_equal_lines_are_told_apart() -> None:
    read = decode_export(LINE * 2, ZONE)
    assert [punch.occurrence for punch in read if isinstance(punch, PunchRecord)] == [0, 1]


def test_a_serial_number_and_a_checksum_are_not_punches() -> None:
    read = decode_export(b"3491210600012\r\n" + LINE + b"51\r\n", ZONE)
    assert [type(line) for line in read] == [UnreadLine, PunchRecord, UnreadLine]


def test_31_february_is_kept_as_written() -> None:
    [punch] = decode_export(LINE.replace(b"11-24", b"02-31"), ZONE)
    assert isinstance(punch, PunchRecord)
    assert punch.terminal_time is None


def test_a_line_with_a_broken_number_is_shown_to_a_person() -> None:
    assert decode_export(LINE.replace(b"255", b"in"), ZONE) == [
        UnreadLine("    10023\t2026-11-24 08:30:05\t1\tin\t15\t3")
    ]


def test_empty_lines_are_left_out() -> None:
    assert decode_export(b"\r\n \n", ZONE) == []


@given(st.binary(max_size=300))
def test_no_file_makes_reading_fail(content: bytes) -> None:
    assert len(decode_export(content, ZONE)) <= len(content)

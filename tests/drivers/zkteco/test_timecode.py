from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.zkteco.timecode import (
    decode_time,
    encode_time,
    pack_event_time,
    pack_text_time,
    pack_wall,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = ((26 * 12 + 10) * 31 + 23) * 86_400 + (8 * 60 + 30) * 60 + 5


def test_a_code_is_a_wall_clock_in_months_of_31_days() -> None:
    assert decode_time(MORNING, SHANGHAI) == datetime(2026, 11, 24, 8, 30, 5, tzinfo=SHANGHAI)


def test_a_moment_is_packed_as_the_wall_clock_of_the_zone_shows_it() -> None:
    assert encode_time(datetime(2026, 11, 24, 0, 30, 5, tzinfo=UTC), SHANGHAI) == MORNING


def test_31_february_has_a_code_but_is_no_time() -> None:
    code = pack_wall((2026, 2, 31, 8, 0, 0))
    assert code is not None
    assert decode_time(code, SHANGHAI) is None


def test_a_year_outside_the_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="2100 does not fit"):
        encode_time(datetime(2100, 1, 1, tzinfo=SHANGHAI), SHANGHAI)


@pytest.mark.parametrize(
    "wall",
    [(1999, 1, 1, 0, 0, 0), (2026, 13, 1, 0, 0, 0), (2026, 1, 1, 24, 0, 0), (2026, 1, 1), ()],
)
def test_fields_without_room_have_no_code(wall: tuple[int, ...]) -> None:
    assert pack_wall(wall) is None


def test_the_six_bytes_of_an_event_pack_like_the_log() -> None:
    assert pack_event_time(bytes((26, 11, 24, 8, 30, 5))) == MORNING


@pytest.mark.parametrize(
    "text", ["2026-11-24 08:30:05", " 2026/11/24 8:30:5\r", "2026-11-24T08:30:05"]
)
def test_text_packs_like_the_log(text: str) -> None:
    assert pack_text_time(text) == MORNING


def test_text_that_is_no_time_has_no_code() -> None:
    assert pack_text_time("yesterday") is None


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31, 23, 59, 59)))  # noqa: DTZ001
def test_every_second_of_the_century_survives_the_round_trip(wall: datetime) -> None:
    shown = wall.replace(microsecond=0, tzinfo=SHANGHAI)
    assert decode_time(encode_time(shown, SHANGHAI), SHANGHAI) == shown


@given(st.integers(0, 0xFFFF_FFFF))
def test_no_code_makes_decoding_fail(code: int) -> None:
    decoded = decode_time(code, SHANGHAI)
    assert decoded is None or decoded.year >= 2000


@given(st.binary(max_size=10))
def test_no_event_bytes_make_packing_fail(six: bytes) -> None:
    code = pack_event_time(six)
    assert code is None or len(six) == 6

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.zkteco.codec import LogBody, decode_records, repetitions, validate_log
from drivers.zkteco.layouts import Layout, rows
from drivers.zkteco.records import LogColumns, Rejected, RejectReason
from drivers.zkteco.simulated.memory import Generation, Punch, pack_punch
from drivers.zkteco.timecode import pack_wall

ZONE = ZoneInfo("Asia/Shanghai")
LAYOUT_OF = dict(zip(Generation, Layout, strict=True))


def code(*wall: int) -> int:
    packed = pack_wall(wall)
    assert packed is not None
    return packed


MORNING = code(2026, 11, 24, 8, 30, 5)
LATEST = code(2036, 1, 1, 0, 0, 0)
SOMEBODY = Punch(uid=7, pin="10023", code=MORNING, verify=1, state=255)


def buffer(generation: Generation, punches: Sequence[Punch]) -> bytes:
    body = b"".join(pack_punch(generation, punch) for punch in punches)
    return len(body).to_bytes(4, "little") + body


def accepted(result: LogBody | Rejected) -> LogBody:
    assert isinstance(result, LogBody), result
    return result


def rejected(result: LogBody | Rejected) -> Rejected:
    assert isinstance(result, Rejected), result
    return result


punches = st.lists(
    st.builds(
        Punch,
        uid=st.integers(1, 0xFFFF),
        pin=st.integers(1, 999_999_999).map(str),
        code=st.integers(code(2010, 1, 1, 0, 0, 0), LATEST),
        verify=st.integers(0, 255),
        state=st.sampled_from([0, 1, 2, 3, 4, 5, 255]),
        workcode=st.just(0),
    ),
    min_size=1,
    max_size=20,
)


@pytest.mark.parametrize("generation", list(Generation))
def test_one_record_is_enough_to_know_the_layout(generation: Generation) -> None:
    log = accepted(validate_log(buffer(generation, [SOMEBODY]), 1, 1, LATEST))
    assert log.layout is LAYOUT_OF[generation]


def test_a_record_of_40_bytes_tells_everything() -> None:
    raw = buffer(Generation.TEXT_40, [SOMEBODY])
    log = accepted(validate_log(raw, 1, 1, LATEST))
    assert (
        decode_records(log.layout, log.body)
        == LogColumns(
            subjects=["10023"],
            raw_times=(MORNING,),
            wall_times=[datetime(2026, 11, 24, 8, 30, 5)],  # noqa: DTZ001 - a terminal has no zone
            verifies=(1,),
            states=(255,),
            raws=[raw[4:]],
        )
    )


def test_a_record_of_16_bytes_has_a_pin_and_a_workcode_but_no_uid() -> None:
    raw = buffer(Generation.NUMBER_16, [Punch(7, "10023", MORNING, 1, 0, workcode=3)])
    log = accepted(validate_log(raw, 1, 1, LATEST))
    assert list(rows(log.layout, log.body)) == [(None, 10023, MORNING, 1, 0, 3)]
    assert decode_records(log.layout, log.body).subjects == ["10023"]


def test_a_record_of_8_bytes_has_only_the_terminals_own_index() -> None:
    raw = buffer(Generation.UID_8, [SOMEBODY])
    log = accepted(validate_log(raw, 1, 1, LATEST))
    assert decode_records(log.layout, log.body).subjects == ["#7"]


def test_31_february_is_kept_as_the_terminal_wrote_it() -> None:
    impossible = code(2026, 2, 31, 8, 0, 0)
    body = pack_punch(Generation.NUMBER_16, Punch(1, "5", impossible, 1, 0))
    told = decode_records(Layout.B16, body)
    assert (told.raw_times, told.wall_times) == ((impossible,), [None])


def test_equal_punches_are_told_apart_by_their_occurrence() -> None:
    log = accepted(validate_log(buffer(Generation.TEXT_40, [SOMEBODY] * 3), 3, 3, LATEST))
    assert repetitions(log.layout, log.body) == {1: 1, 2: 2}


def test_a_pin_is_the_same_person_under_another_uid() -> None:
    again = Punch(8, SOMEBODY.pin, SOMEBODY.code, SOMEBODY.verify, SOMEBODY.state)
    log = accepted(validate_log(buffer(Generation.TEXT_40, [SOMEBODY, again]), 2, 2, LATEST))
    assert repetitions(log.layout, log.body) == {1: 1}


def test_counting_from_the_middle_knows_what_came_before() -> None:
    log = accepted(validate_log(buffer(Generation.TEXT_40, [SOMEBODY] * 3), 3, 3, LATEST))
    assert repetitions(log.layout, log.body, first=2) == {2: 2}


def test_punches_during_the_read_do_not_spoil_it() -> None:
    raw = buffer(Generation.TEXT_40, [SOMEBODY] * 5)
    assert accepted(validate_log(raw, 5, 6, LATEST)).count == 5


def test_a_terminal_that_tells_no_count_is_read_by_plausibility() -> None:
    raw = buffer(Generation.TEXT_49, [SOMEBODY] * 8)
    assert accepted(validate_log(raw, 0, 0, LATEST)).layout is Layout.B49


def test_an_empty_log_is_a_log() -> None:
    assert accepted(validate_log(bytes(4), 0, 0, LATEST)).count == 0


def test_a_clock_that_was_reset_still_makes_punches() -> None:
    reset = [Punch(1, "5", code(2000, 1, 1, 0, 3, 0), 1, 0)]
    log = accepted(validate_log(buffer(Generation.NUMBER_16, reset), 1, 1, LATEST))
    assert log.doubtful == 0


def test_a_few_bad_records_are_counted_not_dropped() -> None:
    mostly = [SOMEBODY] * 19 + [Punch(1, "5", 0xFFFF_FFFF, 1, 77)]
    log = accepted(validate_log(buffer(Generation.TEXT_40, mostly), 20, 20, LATEST))
    assert (log.count, log.doubtful) == (20, 1)


@pytest.mark.parametrize(
    ("raw", "before", "after", "reason"),
    [
        (buffer(Generation.TEXT_40, [SOMEBODY] * 3), 3, 2, RejectReason.SHRANK),
        (buffer(Generation.TEXT_40, [SOMEBODY] * 3)[:-1], 3, 3, RejectReason.TRUNCATED),
        (b"\1", 1, 1, RejectReason.TRUNCATED),
        (buffer(Generation.TEXT_40, [SOMEBODY] * 3), 7, 7, RejectReason.COUNT_MISMATCH),
        (bytes(4), 7, 7, RejectReason.COUNT_MISMATCH),
        ((400).to_bytes(4, "little") + b"\xaa" * 400, 10, 10, RejectReason.IMPLAUSIBLE),
    ],
)
def test_what_cannot_be_right_is_set_aside_with_its_bytes(
    raw: bytes, before: int, after: int, reason: RejectReason
) -> None:
    result = rejected(validate_log(raw, before, after, LATEST))
    assert (result.reason, result.raw) == (reason, raw)


def test_what_reads_well_in_two_layouts_is_not_guessed_at() -> None:
    # As 8 bytes state first: uid 1, half past midnight of a clock that was reset; as 8 bytes
    # with the state last: uid 1, three days after it was reset.
    body = b"\x01\x00\x01\x00" + (1_000).to_bytes(4, "little")
    result = rejected(validate_log(b"\x08\0\0\0" + body, 1, 1, LATEST))
    assert result.reason is RejectReason.AMBIGUOUS


@given(st.sampled_from(list(Generation)), punches)
def test_a_layout_is_recognised_from_its_own_records(
    generation: Generation, written: list[Punch]
) -> None:
    count = len(written)
    log = accepted(validate_log(buffer(generation, written), count, count, LATEST))
    assert log.layout is LAYOUT_OF[generation]
    told = decode_records(log.layout, log.body)
    assert list(zip(told.raw_times, told.verifies, told.states, strict=True)) == [
        (punch.code, punch.verify, punch.state) for punch in written
    ]


@given(st.sampled_from(list(Generation)), punches)
def test_without_a_count_no_layout_is_ever_mistaken_for_another(
    generation: Generation, written: list[Punch]
) -> None:
    result = validate_log(buffer(generation, written), 0, 0, LATEST)
    if isinstance(result, Rejected):
        assert result.reason is RejectReason.AMBIGUOUS
    else:
        assert result.layout is LAYOUT_OF[generation]


@given(st.binary(max_size=400), st.integers(0, 50), st.integers(0, 50))
def test_no_bytes_make_validation_fail(raw: bytes, before: int, after: int) -> None:
    result = validate_log(raw, before, after, LATEST)
    if isinstance(result, LogBody):
        assert len(decode_records(result.layout, result.body).subjects) == result.count


@given(st.sampled_from(list(Layout)), st.binary(max_size=500))
def test_no_records_make_decoding_fail(layout: Layout, noise: bytes) -> None:
    size = len(pack_punch(list(Generation)[list(Layout).index(layout)], SOMEBODY))
    body = noise[: len(noise) // size * size]
    assert b"".join(decode_records(layout, body).raws) == body

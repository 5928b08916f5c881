from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from drivers.zkteco.codec import LogBody, decode_records, repetitions
from drivers.zkteco.layouts import Layout
from drivers.zkteco.reconcile import (
    Finding,
    FindingKind,
    Reconciliation,
    cursor_of,
    reconcile,
)
from drivers.zkteco.simulated.memory import Generation, Punch, pack_punch
from drivers.zkteco.timecode import encode_time

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 24, 8, 0, 0, tzinfo=ZONE)
Key = tuple[str, int]


def at(second: int, pin: str = "1") -> Punch:
    code = encode_time(START + timedelta(seconds=second), ZONE)
    return Punch(int(pin), pin, code, verify=1, state=255)


def log_of(punches: Sequence[Punch], layout: Layout = Layout.B40) -> LogBody:
    generation = Generation.TEXT_40 if layout is Layout.B40 else Generation.NUMBER_16
    return LogBody(layout, b"".join(pack_punch(generation, punch) for punch in punches), 0)


def sync(
    before: Sequence[Punch], now: Sequence[Punch], capacity: int = 10, most_dropped: int = 10
) -> Reconciliation:
    return reconcile(
        cursor_of(log_of(before)),
        log_of(now),
        capacity=capacity,
        read_at=START + timedelta(hours=1),
        zone=ZONE,
        most_dropped=most_dropped,
    )


def kind_of(result: Reconciliation) -> FindingKind | None:
    return result.finding.kind if result.finding else None


DAY = [at(second) for second in range(8)]


def test_the_first_sync_takes_everything_and_takes_nothing_for_certain() -> None:
    result = reconcile(None, log_of(DAY), capacity=10, read_at=None, zone=ZONE)
    assert (result.first, result.certain, result.finding) == (0, False, None)


def test_a_log_that_grew_has_its_new_records_at_the_end() -> None:
    result = sync(DAY[:5], DAY)
    assert (result.first, result.certain, result.finding) == (5, True, None)


def test_a_log_that_stayed_has_nothing_new() -> None:
    result = sync(DAY, DAY)
    assert (result.first, result.certain, result.finding) == (8, True, None)


def test_a_full_log_that_dropped_what_was_stored_has_lost_nothing() -> None:
    result = sync(DAY[:5], DAY[3:], most_dropped=3, capacity=6)
    assert (result.first, result.certain) == (2, True)
    assert result.finding == Finding(FindingKind.WRAPPED, dropped=3)
    assert not result.finding.alarm


def test_a_full_log_that_dropped_what_was_not_stored_is_a_gap() -> None:
    result = sync(DAY[:2], DAY[4:], most_dropped=3, capacity=6)
    assert result.finding == Finding(
        FindingKind.GAP, START + timedelta(seconds=1), START + timedelta(seconds=4)
    )
    assert (result.first, result.certain, result.finding.alarm) == (0, False, True)


def test_an_emptied_log_names_the_time_that_may_be_missing() -> None:
    result = sync(DAY, [])
    assert result.finding == Finding(
        FindingKind.CLEARED, START + timedelta(seconds=7), START + timedelta(hours=1)
    )


def test_a_cleared_log_that_filled_again_is_no_wrap() -> None:
    result = sync(DAY[:5], [DAY[4], DAY[6]], capacity=1_000)
    assert kind_of(result) is FindingKind.CLEARED


def test_a_log_with_other_content_in_front_was_rewritten() -> None:
    result = sync(DAY[:3], [at(0, "2"), *DAY[:3]], capacity=4, most_dropped=1)
    assert result.finding == Finding(FindingKind.REWRITTEN, None, START + timedelta(seconds=2))


def test_another_layout_is_an_alarm() -> None:
    result = reconcile(
        cursor_of(log_of(DAY[:3])),
        log_of(DAY, Layout.B16),
        capacity=10,
        read_at=None,
        zone=ZONE,
    )
    assert kind_of(result) is FindingKind.LAYOUT_CHANGED


def test_equal_records_in_a_full_log_may_be_more_than_they_seem() -> None:
    same = [at(0)] * 3
    result = sync(same, same, capacity=3, most_dropped=1)
    assert result.finding == Finding(FindingKind.AMBIGUOUS, START, START)


def test_records_that_a_clock_set_back_repeats_are_not_guessed_at() -> None:
    result = sync(DAY[:2], [DAY[1], DAY[0], DAY[1]], capacity=3, most_dropped=2)
    assert kind_of(result) is FindingKind.AMBIGUOUS


def test_after_our_own_clearing_everything_is_new() -> None:
    result = sync([], DAY, capacity=20)
    assert (result.first, result.certain, result.finding) == (0, True, None)


def test_an_empty_log_that_is_full_the_next_time_may_have_dropped_some() -> None:
    result = sync([], DAY, capacity=8, most_dropped=2)
    assert (result.first, result.certain, kind_of(result)) == (0, True, FindingKind.GAP)


def test_a_clock_that_went_back_leaves_the_end_of_a_gap_at_now() -> None:
    result = sync(DAY[4:], DAY[:2], capacity=4, most_dropped=3)
    assert result.finding is not None
    assert result.finding.until == START + timedelta(hours=1)


def test_a_cursor_remembers_the_last_32_records() -> None:
    cursor = cursor_of(log_of([at(second) for second in range(100)]))
    assert (len(cursor.tail), cursor.count, cursor.last_time) == (32, 100, at(99).code)


@pytest.mark.parametrize("kept", [40, 20, 2])
def test_a_wrap_is_recognised_by_what_is_left_of_the_last_records(kept: int) -> None:
    before = [at(second) for second in range(60)]
    result = sync(before, before[60 - kept :] + [at(70)] * 60, capacity=60, most_dropped=59)
    assert (kind_of(result), result.first) == (FindingKind.WRAPPED, kept)


class Ledger:
    """What the receiver of punches must do with what reconciliation tells it."""

    def __init__(self) -> None:
        self.read: Counter[Key] = Counter()
        self.hinted: set[Key] = set()

    def hint(self, key: Key) -> None:
        self.hinted.add(key)

    def take(self, log: LogBody, first: int, *, certain: bool) -> None:
        told = decode_records(log.layout, log.body)
        again = repetitions(log.layout, log.body, first)
        for index in range(first, log.count):
            key = (told.subjects[index], told.raw_times[index])
            if certain or again.get(index, 0) >= self.read[key]:
                self.read[key] += 1
                self.hinted.discard(key)

    def stored(self) -> Counter[Key]:
        return self.read + Counter(self.hinted)


class LifeOfALog(RuleBasedStateMachine):
    """A log of four records: punches, some of them heard of live; clearings; syncs at any time.

    It is not cleared before anybody has seen anything in it: nobody could tell.
    """

    capacity, drops = 4, 2

    def __init__(self) -> None:
        super().__init__()
        self.second = 0
        self.log: list[Punch] = []
        self.punched: Counter[Key] = Counter()
        self.ledger = Ledger()
        self.cursor = cursor_of(log_of([]))
        self.alarms: list[Finding] = []

    @rule(burst=st.lists(st.tuples(st.sampled_from("12"), st.integers(0, 1), st.booleans())))
    def punch(self, burst: list[tuple[str, int, bool]]) -> None:
        for pin, later, heard in burst:
            self.second += later
            if len(self.log) == self.capacity:
                del self.log[: self.drops]
            punch = at(self.second, pin)
            self.log.append(punch)
            self.punched[pin, punch.code] += 1
            if heard:
                self.ledger.hint((pin, punch.code))

    @precondition(lambda self: self.log and self.cursor.count)
    @rule()
    def clear(self) -> None:
        self.log.clear()
        self.second += 1

    @rule()
    def sync(self) -> None:
        log = log_of(self.log)
        result = reconcile(
            self.cursor,
            log,
            capacity=self.capacity,
            read_at=START + timedelta(seconds=self.second),
            zone=ZONE,
            most_dropped=self.drops,
        )
        self.ledger.take(log, result.first, certain=result.certain)
        self.cursor = result.cursor
        if result.finding and result.finding.alarm:
            self.alarms.append(result.finding)
        self.check_that_nothing_is_missing_without_an_alarm()

    def check_that_nothing_is_missing_without_an_alarm(self) -> None:
        for pin, code in self.punched - self.ledger.stored():
            when = next(
                START + timedelta(seconds=second)
                for second in range(self.second + 1)
                if at(second, pin).code == code
            )
            assert any(
                (alarm.since or START) <= when <= (alarm.until or when) for alarm in self.alarms
            ), (when, self.alarms)

    @invariant()
    def nothing_is_stored_that_was_not_punched(self) -> None:
        assert self.ledger.stored() <= self.punched


LifeOfALog.TestCase.settings = settings(max_examples=300, stateful_step_count=20, deadline=None)
TestLifeOfALog = LifeOfALog.TestCase

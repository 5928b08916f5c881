"""Whatever a terminal does, a read tells the terminal's own rows or names what went wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.codec import decode_records
from drivers.zkteco.errors import (
    CommandRefusedError,
    ConnectionLostError,
    GarbledReplyError,
    NoReplyError,
    TerminalError,
    TerminalUnreachableError,
    WrongCommKeyError,
)
from drivers.zkteco.records import Rejected, RejectReason
from drivers.zkteco.simulated.memory import Generation
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal, Wire

Start = Callable[..., SimulatedTerminal]
Reach = Callable[..., Terminal]
Rows = list[tuple[str, int, int, int]]
TWO_CHUNKS_OF_TCP = 2_000  # records of 40 bytes; over UDP they are five chunks


def rows_of(simulated: SimulatedTerminal) -> Rows:
    by_index = simulated.memory.generation in (Generation.UID_8, Generation.UID_8_STATE_FIRST)
    return [
        (f"#{punch.uid}" if by_index else punch.pin, punch.code, punch.verify, punch.state)
        for punch in simulated.memory.log
    ]


def rows_in(read: LogRead | Rejected) -> Rows:
    assert isinstance(read, LogRead), read
    told = decode_records(read.log.layout, read.log.body)
    return list(zip(told.subjects, told.raw_times, told.verifies, told.states, strict=True))


def reason_of(read: LogRead | Rejected) -> RejectReason:
    assert isinstance(read, Rejected), read
    return read.reason


def filled(start: Start, records: int = TWO_CHUNKS_OF_TCP, **settings: Any) -> SimulatedTerminal:
    simulated = start(**settings)
    for pin in ("10001", "10002", "10003"):
        simulated.command("enrol", pin=pin)
    simulated.command("fill", records=records)
    return simulated


@pytest.mark.parametrize("wire", list(Wire))
@pytest.mark.parametrize("generation", list(Generation))
def test_every_layout_comes_over_every_wire(
    start: Start, reach: Reach, generation: Generation, wire: Wire
) -> None:
    simulated = filled(start, generation=generation)
    terminal = reach(simulated, wire=wire)
    assert rows_in(read_log(terminal)) == rows_of(simulated)


@pytest.mark.parametrize("wire", list(Wire))
def test_the_communication_key_opens_the_terminal(start: Start, reach: Reach, wire: Wire) -> None:
    simulated = filled(start, comm_key=987_654)
    terminal = reach(simulated, wire=wire, comm_key=987_654)
    assert rows_in(read_log(terminal)) == rows_of(simulated)


def test_a_wrong_key_is_called_that(start: Start, reach: Reach) -> None:
    with pytest.raises(WrongCommKeyError):
        read_log(reach(start(comm_key=987_654), comm_key=1))


@pytest.mark.parametrize("wire", list(Wire))
def test_a_terminal_that_is_off_is_unreachable(start: Start, reach: Reach, wire: Wire) -> None:
    simulated = start()
    simulated.stop()
    with pytest.raises(TerminalUnreachableError):
        read_log(reach(simulated, wire=wire, reply_timeout=timedelta(seconds=0.2)))


@pytest.mark.parametrize("records", [0, 1, 24, 25])
def test_small_logs_come_in_one_message(start: Start, reach: Reach, records: int) -> None:
    simulated = filled(start, records=records)
    terminal = reach(simulated)
    assert rows_in(read_log(terminal)) == rows_of(simulated)


def test_a_model_that_will_not_read_an_empty_log_has_an_empty_log(
    start: Start, reach: Reach
) -> None:
    simulated = start()
    simulated.command("refuse")
    read = read_log(reach(simulated))
    assert isinstance(read, LogRead)
    assert read.log.count == 0


def test_reading_unlocks_and_neither_locks_nor_clears(start: Start, reach: Reach) -> None:
    simulated = filled(start)
    simulated._brain.locked = True  # by a program that died
    read_log(reach(simulated))
    assert (simulated.locked, simulated.erased_by_clients) == (False, [])


@dataclass(frozen=True, slots=True)
class Case:
    """A fault, and what a read makes of it: an error, a rejection, or (None) the whole log."""

    name: str
    wire: Wire
    arguments: dict[str, object]
    outcome: type[TerminalError] | RejectReason | None


FAULTS = [
    Case("drop", Wire.TCP, {}, ConnectionLostError),
    Case("drop", Wire.TCP, {"at": 50}, ConnectionLostError),
    Case("drop", Wire.UDP, {}, NoReplyError),
    Case("close_mid_chunk", Wire.TCP, {}, ConnectionLostError),
    Case("close_mid_chunk", Wire.UDP, {}, NoReplyError),
    Case("late_reply", Wire.TCP, {"seconds": 0.8}, NoReplyError),
    Case("late_reply", Wire.UDP, {"seconds": 0.8}, NoReplyError),
    Case("late_reply", Wire.TCP, {"seconds": 0.05}, None),
    Case("lose_datagram", Wire.UDP, {"index": 0}, RejectReason.TRUNCATED),
    Case("lose_datagram", Wire.UDP, {"index": 1}, None),
    Case("lose_datagram", Wire.UDP, {"index": 1, "times": 99}, RejectReason.TRUNCATED),
    Case("lose_datagram", Wire.UDP, {"index": 17}, NoReplyError),
    Case("swap_datagrams", Wire.UDP, {"index": 3}, None),
    Case("garbage", Wire.TCP, {}, GarbledReplyError),
    Case("garbage", Wire.TCP, {"where": "data"}, None),
    Case("garbage", Wire.TCP, {"where": "data", "times": 99}, RejectReason.TRUNCATED),
    Case("count_moves", Wire.TCP, {"by": 3}, None),
    Case("count_moves", Wire.TCP, {"by": -3}, None),
    Case("misreport_sizes", Wire.TCP, {"records": 0}, None),
    Case("misreport_sizes", Wire.TCP, {"records": 7}, RejectReason.COUNT_MISMATCH),
    Case("slow", Wire.TCP, {"seconds": 0.02}, None),
    Case("refuse", Wire.TCP, {}, CommandRefusedError),
]


@pytest.mark.fault
@pytest.mark.parametrize("case", FAULTS, ids=str)
def test_a_fault_is_named_or_does_no_harm_and_the_next_read_is_whole(
    start: Start, reach: Reach, case: Case
) -> None:
    simulated = filled(start)
    terminal = reach(simulated, wire=case.wire, reply_timeout=timedelta(seconds=0.4))
    at_first = rows_of(simulated)
    simulated.command(case.name, **case.arguments)
    if isinstance(case.outcome, type):
        with pytest.raises(case.outcome):
            read_log(terminal)
    elif case.outcome:
        assert reason_of(read_log(terminal)) is case.outcome
    else:
        assert rows_in(read_log(terminal)) in (at_first, rows_of(simulated))
    simulated.command("heal")
    patient = reach(simulated, wire=case.wire, reply_timeout=timedelta(seconds=5))
    assert rows_in(read_log(patient)) == rows_of(simulated)


@pytest.mark.fault
def test_a_swapped_pair_of_datagrams_does_not_pass_for_the_order_of_the_log(
    start: Start, reach: Reach
) -> None:
    # 1,024 bytes are 64 whole records of 16 bytes: nothing but another read can tell.
    simulated = filled(start, generation=Generation.NUMBER_16)
    terminal = reach(simulated, wire=Wire.UDP)
    simulated.command("swap_datagrams", index=3)
    assert rows_in(read_log(terminal)) == rows_of(simulated)


@pytest.mark.fault
def test_a_full_ring_that_turns_under_every_read_is_not_taken_in(
    start: Start, reach: Reach
) -> None:
    simulated = filled(start, records=60, capacity=50, drops_at_once=1)
    simulated.command("count_moves", by=1, times=9)
    assert reason_of(read_log(reach(simulated))) is RejectReason.READS_DIFFER


def test_a_read_tells_how_the_clock_stood(start: Start, reach: Reach) -> None:
    simulated = filled(start)
    simulated.command("set_ahead", seconds=7_200)
    read = read_log(reach(simulated))
    assert isinstance(read, LogRead)
    assert read.clock.offset is not None
    assert abs(read.clock.offset - timedelta(hours=2)) < timedelta(seconds=1.5)

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from drivers.zkteco.errors import CommandRefusedError, GarbledReplyError, NotKeptError
from drivers.zkteco.session import read_clock, read_info, set_clock
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal, Wire

Start = Callable[..., SimulatedTerminal]
Reach = Callable[..., Terminal]


@pytest.mark.parametrize("wire", list(Wire))
def test_a_terminal_says_who_it_is(start: Start, reach: Reach, wire: Wire) -> None:
    simulated = start(capacity=50_000)
    simulated.command("enrol", pin="10023")
    info = read_info(reach(simulated, wire=wire))
    assert (info.serial_number, info.firmware) == ("SIM0000000001", "Ver 6.60 SIM")
    assert (info.sizes.users, info.sizes.record_capacity) == (1, 50_000)


def test_what_a_model_does_not_tell_is_none(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("refuse", at=11)
    assert read_info(reach(simulated)).serial_number is None


def test_the_offset_is_what_the_clock_is_ahead(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("set_ahead", seconds=-90)
    reading = read_clock(reach(simulated))
    assert reading.offset is not None
    assert abs(reading.offset + timedelta(seconds=90)) < timedelta(seconds=1.5)


def test_the_reading_is_taken_in_the_middle_of_the_trip(start: Start, reach: Reach) -> None:
    began = datetime(2026, 11, 24, 0, 0, 0, tzinfo=UTC)
    ticks = iter([began, began + timedelta(seconds=4)])
    terminal = reach(start(now=lambda: began))
    reading = read_clock(terminal, now=lambda: next(ticks))
    assert reading.read_at == began + timedelta(seconds=2)
    assert reading.round_trip == timedelta(seconds=4)
    assert reading.offset == timedelta(seconds=-1.5)  # half a second is cut off on average


def test_setting_the_clock_puts_it_right(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("set_ahead", seconds=7_200)
    reading = set_clock(reach(simulated))
    assert reading.offset is not None
    assert abs(reading.offset) < timedelta(seconds=2)
    assert abs(simulated.clock.ahead()) < timedelta(seconds=2)


def test_a_clock_that_does_not_take_the_time_is_reported(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("set_ahead", seconds=7_200)
    simulated.command("pretend", at=202)
    with pytest.raises(NotKeptError, match="clock shows"):
        set_clock(reach(simulated))


def test_a_drifting_clock_is_seen_to_drift(start: Start, reach: Reach) -> None:
    began = datetime(2026, 11, 24, tzinfo=UTC)
    days = [began]
    simulated = start(now=lambda: days[-1])
    simulated.command("drift", seconds_a_day=6.0)
    days.append(began + timedelta(days=10))
    reading = read_clock(reach(simulated), now=lambda: days[-1])
    assert reading.offset == timedelta(seconds=60.5)


def test_a_refusal_is_named(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("refuse", at=201)
    with pytest.raises(CommandRefusedError, match="command 201 was answered 2001"):
        read_clock(reach(simulated))


def test_sizes_of_an_answer_that_holds_none_are_not_those_of_before(
    start: Start, reach: Reach
) -> None:
    simulated = start()
    simulated.command("pretend", at=50)
    with pytest.raises(GarbledReplyError, match="sizes"):
        read_info(reach(simulated))


def test_an_answer_without_a_time_is_no_time(start: Start, reach: Reach) -> None:
    simulated = start()
    simulated.command("pretend", at=201)
    with pytest.raises(GarbledReplyError, match="no time"):
        read_clock(reach(simulated))

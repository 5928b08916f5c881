from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.codec import decode_records
from drivers.zkteco.errors import ConnectionLostError
from drivers.zkteco.events import LiveHint
from drivers.zkteco.live import Silence, UnreadEvent, listen
from drivers.zkteco.simulated.memory import Generation
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal, Wire

Start = Callable[..., SimulatedTerminal]
Reach = Callable[..., Terminal]
PULSE = timedelta(seconds=2)


def listening(terminal: Terminal, pulse: timedelta = PULSE) -> Any:
    """A listener that the terminal knows of already."""
    heard = listen(terminal, pulse)
    assert next(heard) == Silence()
    return closing(heard)


@pytest.mark.parametrize("wire", list(Wire))
def test_a_punch_is_heard_as_the_log_will_tell_it(start: Start, reach: Reach, wire: Wire) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023")
    terminal = reach(simulated, wire=wire)
    with listening(terminal) as heard:
        simulated.command("press_finger", pin="10023")
        hint = next(heard)
    read = read_log(terminal)
    assert isinstance(hint, LiveHint)
    assert isinstance(read, LogRead)
    told = decode_records(read.log.layout, read.log.body)
    assert ([hint.pin], (hint.raw_time,), (hint.verify,), (hint.state,)) == (
        (told.subjects, told.raw_times, told.verifies, told.states)
    )


@pytest.mark.parametrize("size", [10, 12, 14, 32, 36, 37, 52])
def test_events_of_every_known_length_are_heard(start: Start, reach: Reach, size: int) -> None:
    simulated = start(event_size=size)
    simulated.command("enrol", pin="10023")
    with listening(reach(simulated)) as heard:
        simulated.command("press_finger", pin="10023")
        hint = next(heard)
    assert isinstance(hint, LiveHint)
    assert hint.pin == "10023"


def test_an_event_of_another_length_still_says_that_something_happened(
    start: Start, reach: Reach
) -> None:
    simulated = start(event_size=64)
    simulated.command("enrol", pin="10023")
    with listening(reach(simulated)) as heard:
        simulated.command("press_finger", pin="10023")
        assert isinstance(next(heard), UnreadEvent)


def test_many_punches_at_once_are_all_heard(start: Start, reach: Reach) -> None:
    simulated = start(generation=Generation.NUMBER_16)
    pins = [str(10_000 + number) for number in range(50)]
    for pin in pins:
        simulated.command("enrol", pin=pin)
    with listening(reach(simulated)) as heard:
        for pin in pins:
            simulated.command("press_finger", pin=pin)
        assert [next(heard).pin for _ in pins] == pins


def test_silence_is_told_too(start: Start, reach: Reach) -> None:
    with listening(reach(start()), timedelta(seconds=0.05)) as heard:
        assert next(heard) == Silence()


def test_a_lost_connection_ends_the_listening(start: Start, reach: Reach) -> None:
    simulated = start()
    with listening(reach(simulated)) as heard:
        simulated.stop()
        with pytest.raises(ConnectionLostError):
            next(heard)


def test_after_listening_the_terminal_is_left_alone(start: Start, reach: Reach) -> None:
    simulated = start()
    with listening(reach(simulated)):
        assert simulated.state()["clients"] == 1
    simulated.command("enrol", pin="10023")
    assert simulated.command("press_finger", pin="10023")["accepted"] is True

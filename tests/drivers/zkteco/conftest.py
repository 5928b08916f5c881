from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal, Wire

Start = Callable[..., SimulatedTerminal]
Reach = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts simulated terminals and stops them after the test."""
    running: list[SimulatedTerminal] = []

    def start_one(**settings: Any) -> SimulatedTerminal:
        terminal = SimulatedTerminal(**settings)
        terminal.start()
        running.append(terminal)
        return terminal

    yield start_one
    for terminal in running:
        terminal.stop()


@pytest.fixture
def reach() -> Reach:
    """How a driver is told to reach a simulated terminal."""

    def reach_one(simulated: SimulatedTerminal, **habits: Any) -> Terminal:
        habits.setdefault("reply_timeout", timedelta(seconds=1))
        wire = habits.pop("wire", Wire.TCP)
        url = simulated.address.replace("tcp:", f"{wire}:")
        return replace(Terminal.at(url), **habits)

    return reach_one

"""Sixty-four panels on one line: `python -m tests.bench.devices.bench_panels`.

The panels' protocol has no poll: a panel speaks when its key is pressed, and again until it is
answered. So what is measured is how long a clerk waits for the answer: one key among 64 panels at
rest, and all 64 keys in the same moment. The baseline is what the line itself needs for the same
bytes and silences. The simulated panels are in a process of their own, and patient.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from threading import Event, Thread
from time import monotonic, sleep

import click

from drivers.panel import simulator as simulated
from drivers.panel.codec import Frame, answer_to, encode, show_ticket, show_waiting
from drivers.panel.device import BITS_PER_BYTE, PanelBus, Timing
from drivers.panel.simulator import PanelSimulator
from drivers.panel.twin import PANEL_KEY_COMMAND

PANELS = range(1, 65)
BAUDS = (9600, 19200, 115200)
KEY = Frame(1, PANEL_KEY_COMMAND, b"\x0c")
SINGLES = 40
PATIENCE = 10
REST_SECONDS = 3.5


def serve(pipe: Connection) -> None:
    """The panels; keys are pressed when the pipe says so."""
    simulated.ATTEMPTS = PATIENCE
    simulator = PanelSimulator("总线", PANELS)
    simulator.start()
    pipe.send(simulator.address)
    with ThreadPoolExecutor(len(PANELS)) as clerks:
        while (addresses := pipe.recv()) is not None:
            press = partial(pressed, simulator, monotonic())
            pipe.send(list(clerks.map(press, addresses)))
    simulator.stop()


def pressed(simulator: PanelSimulator, started: float, address: int) -> float:
    """Press a key; seconds from the start until it was answered."""
    answered = simulator.command("press_key", address=address, key="call")["answered"]
    return monotonic() - started if answered else float("inf")


@contextmanager
def panels() -> Iterator[tuple[str, Connection]]:
    """The simulated panels' address, and the pipe by which keys are pressed."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(there,))
    process.start()
    yield here.recv(), here
    here.send(None)
    process.join()


@contextmanager
def turning(url: str, timing: Timing) -> Iterator[PanelBus]:
    """A master at work."""
    bus, ended = PanelBus(url, timing), Event()

    def turn() -> None:
        while not ended.is_set():
            bus.poll()

    thread = Thread(target=turn)
    with closing(bus):
        bus.poll()
        thread.start()
        yield bus
        ended.set()
        thread.join()


def on_the_line(timing: Timing, frames: list[Frame]) -> float:
    """Seconds that these frames and the silences between them take."""
    busy = sum(len(encode(frame)) for frame in frames) * BITS_PER_BYTE / timing.baud
    return busy + len(frames) * timing.gap


def measure(url: str, pipe: Connection, timing: Timing) -> str:
    """One line speed."""
    with turning(url, timing) as bus:
        for address in PANELS:
            bus.show(address, ticket="A001", waiting=1)
        sleep(REST_SECONDS)  # until every display has been sent
        refresh = on_the_line(timing, [show_ticket(1, "1"), show_waiting(1, 1)] * len(PANELS))
        singles = []
        for number in range(SINGLES):
            pipe.send([PANELS[number % len(PANELS)]])
            singles += pipe.recv()
        pipe.send(list(PANELS))
        together = max(pipe.recv())
    floor = on_the_line(timing, [answer_to(KEY)] * len(PANELS))
    return (
        f"{timing.baud:>7} baud: one key {median(singles) * 1000:6.1f} ms;"
        f" all 64 keys {together:5.2f} s, the line needs {floor:5.2f} s"
        f" (ratio {together / floor:4.2f}); all displays anew need {refresh:5.2f} s of line"
    )


def main() -> None:
    """Measure and print."""
    with panels() as (url, pipe):
        for baud in BAUDS:
            click.echo(measure(url, pipe, Timing(baud=baud)))


if __name__ == "__main__":
    main()

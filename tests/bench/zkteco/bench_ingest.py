"""A full log from the terminal to committed rows: `python -m tests.bench.zkteco.bench_ingest`.

A simulated terminal in a process of its own holds 100,000 records of 40 bytes. An agent's task
reads them, and a real web process stores them in SQLite. Beside it, in the same run and on the
same terminal, stands pyzk's `get_attendance()` alone, which stores nothing. CPU seconds are those
of agent, its workers and the web process together; the terminal's own are left out.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter

import click
from sqlalchemy import func, select

from drivers.hall_api import HallApi
from drivers.workers.punches import PunchesTask
from drivers.zkteco.terminal import Terminal
from server.attendance.models import Punch
from server.catalogue.models import Hall
from server.devices.models import Device, DeviceKind
from server.devices.pairing import issue_credential
from server.schema import upgrade
from tests.bench.web import Web, fresh_hall, web_process
from tests.bench.zkteco.bench_reading import (
    RECORDS,
    RECORDS_OF_EACH,
    TERMINALS_AT_ONCE,
    by_pyzk,
    cpu_seconds,
    terminal_with,
)
from tests.faults.installation import Installation, noon_zone

REPEATS = 3


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the wall clock, and of CPU in agent and web process."""

    wall: float
    agent: float
    web: float

    @property
    def cpu(self) -> float:
        """Of both."""
        return self.agent + self.web

    def __str__(self) -> str:
        parts = f"agent {self.agent:.2f}, web {self.web:.2f}"
        return f"{self.wall:.2f} s, CPU {self.cpu:.2f} s ({parts})"


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent with some terminals in a hall that is served."""

    web: Web
    token: str
    terminals: list[int]

    def task(self, number: int, terminal: Terminal) -> PunchesTask:
        """The task of one terminal, on a connection of its own."""
        hall = HallApi(f"http://127.0.0.1:{self.web.port}", self.token)
        return PunchesTask(hall, self.terminals[number], terminal)

    def stored(self) -> int:
        """Committed rows."""
        with self.web.installation.open_database() as database, database.read() as session:
            return session.scalar(select(func.count()).select_from(Punch)) or 0


def add_agent(installation: Installation) -> tuple[str, list[int]]:
    """An agent of its own, so that nothing else runs; its credential and its terminals."""
    with installation.open_database() as database:
        upgrade(database)
        with database.write() as session:
            hall_id = session.scalars(select(Hall.id)).one()
            agent = Device(hall_id=hall_id, kind=DeviceKind.AGENT, name="bench")
            session.add(agent)
            session.flush()
            devices = [
                Device(
                    hall_id=hall_id,
                    kind=DeviceKind.TERMINAL,
                    name=f"bench {number}",
                    agent_id=agent.id,
                )
                for number in range(TERMINALS_AT_ONCE)
            ]
            session.add_all(devices)
            session.flush()
            return issue_credential(agent), [device.id for device in devices]


@contextmanager
def an_agent() -> Iterator[Agent]:
    """A fresh hall in a web process, and an agent."""
    with fresh_hall() as installation:
        token, terminals = add_agent(installation)
        with web_process(installation) as web:
            yield Agent(web, token, terminals)


def run(task: PunchesTask) -> None:
    """One round; it must go well."""
    said: list[tuple[str, str]] = []
    task.round(lambda *words: said.append(words), threading.Event())
    if said[-1][0] != "ok":
        raise click.ClickException(f"{said[-1]}")


def timed(agent: Agent, work: Callable[[], object]) -> Cost:
    """What a piece of work costs."""
    start, own, web = perf_counter(), cpu_seconds(), agent.web.cpu_seconds()
    work()
    return Cost(perf_counter() - start, cpu_seconds() - own, agent.web.cpu_seconds() - web)


def first_and_again(terminal: Terminal) -> tuple[Cost, Cost]:
    """A first sync into a fresh hall, and one with nothing new."""
    with an_agent() as agent:
        first = timed(agent, lambda: run(agent.task(0, terminal)))
        again = timed(agent, lambda: run(agent.task(0, terminal)))
        if agent.stored() != RECORDS:
            raise click.ClickException(f"{agent.stored()} rows instead of {RECORDS}")
    return first, again


def one_terminal() -> None:
    """One terminal with a full log, the best of several, beside the baseline."""
    with terminal_with(RECORDS, noon_zone()) as terminal:
        costs = [first_and_again(terminal) for _ in range(REPEATS)]
        start, cpu = perf_counter(), cpu_seconds()
        by_pyzk(terminal)
        wall, cpu = perf_counter() - start, cpu_seconds() - cpu
    first = min((cost for cost, _ in costs), key=lambda cost: cost.cpu)
    again = min((cost for _, cost in costs), key=lambda cost: cost.cpu)
    click.echo(f"{RECORDS:,} records by get_attendance() alone: {wall:.2f} s, CPU {cpu:.2f} s")
    click.echo(f"terminal to committed rows: {first}")
    click.echo(f"ratio: {wall / first.wall:.1f}, CPU {cpu / first.cpu:.1f}")
    click.echo(f"again, nothing new: {again}")


def many_terminals() -> None:
    """Several terminals at once into one hall, beside one of them alone."""
    one = min((at_once(1) for _ in range(REPEATS)), key=lambda cost: cost.wall)
    many = min((at_once(TERMINALS_AT_ONCE) for _ in range(REPEATS)), key=lambda cost: cost.wall)
    click.echo(f"one terminal with {RECORDS_OF_EACH:,}: {one}")
    click.echo(f"{TERMINALS_AT_ONCE} terminals with {RECORDS_OF_EACH:,} each: {many}")
    click.echo(f"ratio: {many.wall / one.wall:.1f}, CPU {many.cpu / one.cpu:.1f}")


def at_once(count: int) -> Cost:
    """So many terminals, each read for the first time."""
    with ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        agent = stack.enter_context(an_agent())
        zone = noon_zone()
        terminals = [
            stack.enter_context(terminal_with(RECORDS_OF_EACH, zone)) for _ in range(count)
        ]
        tasks = [agent.task(number, terminal) for number, terminal in enumerate(terminals)]
        cost = timed(agent, lambda: list(pool.map(run, tasks)))
        if agent.stored() != count * RECORDS_OF_EACH:
            raise click.ClickException(f"{agent.stored()} rows")
    return cost


def main() -> None:
    """Measure and print."""
    click.echo(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    one_terminal()
    many_terminals()


if __name__ == "__main__":
    main()

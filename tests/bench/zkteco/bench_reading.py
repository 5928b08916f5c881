"""How long a full log takes: `python -m tests.bench.zkteco.bench_reading`.

A simulated terminal in a process of its own holds 100,000 records of 40 bytes. They are read and
decoded by pyzk's own `get_attendance()`, the baseline, and by this driver: worker process,
validated read, reconciliation, records. Seconds are by the wall clock, the best of several; CPU
seconds, which a busy machine disturbs less, are those of this process and its workers.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

import click
from zk import ZK

from drivers.hall_api import PUNCHES_PER_PART
from drivers.zkteco import worker
from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.codec import decode_records
from drivers.zkteco.parts import LogPart, parts_of
from drivers.zkteco.reconcile import Cursor, reconcile
from drivers.zkteco.records import Rejected
from drivers.zkteco.session import read_clock
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal

RECORDS = 100_000
PEOPLE = 300
REPEATS = 5
TERMINALS_AT_ONCE = 8
RECORDS_OF_EACH = 20_000
DEADLINE = timedelta(seconds=60)


def serve(records: int, zone: str, pipe: Connection) -> None:
    """A simulated terminal that lives until its pipe ends."""
    simulated = SimulatedTerminal(capacity=2 * RECORDS, zone=zone)
    for number in range(PEOPLE):
        simulated.command("enrol", pin=str(10_000 + number))
    simulated.command("fill", records=records)
    simulated.start()
    pipe.send(simulated.address)
    pipe.poll(None)
    simulated.stop()


@contextmanager
def terminal_with(records: int, zone: str = "Asia/Shanghai") -> Iterator[Terminal]:
    """A terminal in another process, so that it takes no time from the reader's."""
    here, there = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(records, zone, there))
    process.start()
    there.close()
    patience = timedelta(seconds=20)
    yield replace(Terminal.at(here.recv()), reply_timeout=patience, zone=ZoneInfo(zone))
    here.close()
    process.join()


def sync(terminal: Terminal, cursor: Cursor | None) -> tuple[int, Cursor]:
    """Read what is new and decode it; the number of records, and the cursor behind them."""
    read = worker.run(DEADLINE, read_log, terminal)
    if isinstance(read, Rejected):
        raise click.ClickException(f"{read.reason}: {read.detail}")
    found = reconcile(
        cursor,
        read.log,
        capacity=read.after.record_capacity,
        read_at=read.clock.terminal_time,
        zone=terminal.zone,
    )
    parts = parts_of(read.log, found.first, PUNCHES_PER_PART, certain=found.certain)
    return sum(map(decode, parts)), found.cursor


def decode(part: LogPart) -> int:
    """The number of records that a part was decoded to."""
    return len(decode_records(part.layout, part.records).subjects)


def by_pyzk(terminal: Terminal) -> int:
    """The baseline: connect, read, decode."""
    zk = ZK(terminal.host, terminal.port, timeout=20, ommit_ping=True).connect()
    count = len(zk.get_attendance())
    zk.disconnect()
    return count


@dataclass(frozen=True, slots=True)
class Cost:
    """The least seconds that a piece of work took."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:.2f} s, CPU {self.cpu:.2f} s"


def cpu_seconds() -> float:
    """CPU time of this process and of the workers that have ended."""
    ended = getrusage(RUSAGE_CHILDREN)
    return process_time() + ended.ru_utime + ended.ru_stime


def timed(work: Callable[[], int], expected: int, repeats: int = REPEATS) -> Cost:
    """What the work costs; it must return `expected`."""
    walls, cpus = [], []
    for _ in range(repeats):
        start, cpu = perf_counter(), cpu_seconds()
        count = work()
        walls.append(perf_counter() - start)
        cpus.append(cpu_seconds() - cpu)
        if count != expected:
            raise click.ClickException(f"{count} records instead of {expected}")
    return Cost(min(walls), min(cpus))


def read_one() -> None:
    """One terminal with a full log."""
    with terminal_with(RECORDS) as terminal:
        raw = worker.run(DEADLINE, read_log, terminal)
        assert isinstance(raw, LogRead)
        first = timed(lambda: sync(terminal, None)[0], RECORDS)
        decoding = timed(
            lambda: len(decode_records(raw.log.layout, raw.log.body).subjects), RECORDS
        )
        _, cursor = sync(terminal, None)
        again = timed(lambda: sync(terminal, cursor)[0], 0)
        small = timed(lambda: bool(worker.run(DEADLINE, read_clock, terminal)), 1)
        baseline = timed(lambda: by_pyzk(terminal), RECORDS, repeats=1)
    click.echo(f"{RECORDS:,} records by get_attendance() of pyzk: {baseline}")
    click.echo(f"first sync: {first}")
    click.echo(f"ratio: {baseline.wall / first.wall:.1f}, CPU {baseline.cpu / first.cpu:.1f}")
    click.echo(f"  of which decoding: {decoding}; {RECORDS / decoding.cpu:,.0f} records/s")
    click.echo(f"sync again, nothing new: {again}")
    click.echo(f"reading the clock, with its process: {small}")


def read_many() -> None:
    """Several terminals at once."""
    with ExitStack() as stack, ThreadPoolExecutor(TERMINALS_AT_ONCE) as pool:
        terminals = [
            stack.enter_context(terminal_with(RECORDS_OF_EACH)) for _ in range(TERMINALS_AT_ONCE)
        ]
        everything = TERMINALS_AT_ONCE * RECORDS_OF_EACH

        def all_at_once() -> int:
            return sum(pool.map(lambda terminal: sync(terminal, None)[0], terminals))

        together = timed(all_at_once, everything)
    click.echo(f"{TERMINALS_AT_ONCE} terminals with {RECORDS_OF_EACH:,} each: {together}")


def main() -> None:
    """Measure and print."""
    read_one()
    read_many()


if __name__ == "__main__":
    main()

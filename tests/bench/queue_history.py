"""Whether years of history slow the queue down: `python -m tests.bench.queue_history [TICKETS]`.

A hundred counters press next on five thousand waiting tickets, and citizens take numbers: once in
an empty database, once with the history (two million tickets unless told otherwise). Prints the
p99 of each in milliseconds of CPU and their ratios; CPU, so that a busy machine disturbs little.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import click
from sqlalchemy import insert

from server.database import Database
from server.queueing.issuing import issue_ticket
from server.queueing.models import Call, Period, Ticket
from server.queueing.states import TicketAction, TicketState
from server.schema import upgrade
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import MORNING, HandClock
from tests.builders.hall import a_hall

PREFIXES = "ABCDEFGH"
COUNTERS, WAITING, PRESSES, PER_DAY, CHUNK = 100, 5_000, 300, 800, 20_000
MILLISECONDS = 1_000


def build(path: Path) -> BuiltHall:
    """A hall with eight queues and a hundred staffed counters that serve all of them."""
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    description = a_hall()
    for prefix in PREFIXES:
        description = description.with_queue(prefix, width=4)
    hall = description.with_clerks(COUNTERS).build(database, HandClock())
    hall.start_server()
    for number in range(1, COUNTERS + 1):
        hall.clerk(number)
    with hall.work("clerk1") as work:
        for prefix in islice(cycle(PREFIXES), WAITING):
            issue_ticket(work, hall.services[prefix])
    return hall


def add_history(hall: BuiltHall, tickets: int) -> None:
    """Served tickets of earlier days, each with its periods and its call."""
    with hall.session() as session:
        queue_of = dict(session.query(Ticket.service_id, Ticket.queue_id).distinct().all())
    services = list(queue_of.items())
    counters = list(hall.counters.values())
    for start in range(0, tickets, CHUNK):
        numbers = range(start, min(start + CHUNK, tickets))
        rows = [ticket(hall, number, services, counters) for number in numbers]
        with hall.database.write() as session:
            ids = list(
                session.scalars(
                    insert(Ticket).returning(Ticket.id, sort_by_parameter_order=True), rows
                )
            )
            pairs = list(zip(ids, rows, strict=True))
            session.execute(insert(Period), [period for pair in pairs for period in periods(*pair)])
            session.execute(insert(Call), [call(*pair) for pair in pairs])


def ticket(
    hall: BuiltHall, number: int, services: list[tuple[int, int]], counters: list[int]
) -> dict[str, object]:
    """One ticket of long ago."""
    day: date = MORNING.date() - timedelta(days=1 + number // PER_DAY)
    service_id, queue_id = services[number % len(services)]
    at = MORNING - timedelta(days=1 + number // PER_DAY)
    return {
        "hall_id": hall.id,
        "business_date": day,
        "queue_id": queue_id,
        "series_id": queue_id,
        "service_id": service_id,
        "number": number,
        "label": f"Z{number}",
        "secret": f"history-{number}",
        "state": TicketState.SERVED,
        "issued_at": at,
        "waits_since": at,
        "called_at": at,
        "counter_id": counters[number % len(counters)],
        "calls": 1,
        "place": number,
    }


def periods(ticket_id: int, row: dict[str, object]) -> Iterator[dict[str, object]]:
    """Waiting and serving."""
    for state in (TicketState.WAITING, TicketState.SERVING):
        at = row["issued_at"]
        yield {"ticket_id": ticket_id, "state": state, "started_at": at, "ended_at": at}


def call(ticket_id: int, row: dict[str, object]) -> dict[str, object]:
    """Its call."""
    return {
        "hall_id": row["hall_id"],
        "business_date": row["business_date"],
        "ticket_id": ticket_id,
        "counter_id": row["counter_id"],
        "called_at": row["called_at"],
        "rule": "arrival",
        "facts": {"left": {}},
    }


def p99(act: Callable[[int], object]) -> float:
    """Milliseconds of CPU that all but one in a hundred stay below."""
    spent = []
    for number in range(PRESSES):
        began = process_time()
        act(number)
        spent.append((process_time() - began) * MILLISECONDS)
    return sorted(spent)[int(PRESSES * 0.99) - 1]


def measure(hall: BuiltHall) -> tuple[float, float]:
    """p99 of calling and of issuing."""

    def press(number: int) -> None:
        clerk = ClerkAtCounter(hall, f"clerk{number % COUNTERS + 1}", number % COUNTERS + 1)
        if number >= COUNTERS:
            clerk.press(TicketAction.FINISH)
        clerk.next()

    calling = p99(press)
    for number in range(COUNTERS):
        clerk = ClerkAtCounter(hall, f"clerk{number + 1}", number + 1)
        clerk.press(TicketAction.FINISH)
    return calling, p99(lambda number: hall.take(PREFIXES[number % len(PREFIXES)]))


@click.command()
@click.argument("tickets", type=int, default=2_000_000)
def main(tickets: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        hall = build(Path(folder) / "hall.db")
        with closing(hall.database):
            empty = measure(hall)
            add_history(hall, tickets)
            full = measure(hall)
    for name, before, after in zip(("call", "issue"), empty, full, strict=True):
        click.echo(
            f"{name}: p99 {before:.1f} ms CPU empty, {after:.1f} ms with {tickets} tickets,"
            f" ratio {after / before:.2f}"
        )


if __name__ == "__main__":
    main()

"""Taking tickets through HTTP, against the bare SQL of the same rows in the same file.

    python -m tests.bench.take_ticket [--tickets 800] [--clients 8] [--rounds 3]

Each round has a hall of its own, so that no queue grows beyond what a hall holds. The floor is one
process that then writes the rows of a ticket to the same file with the SQLite library itself: BEGIN
IMMEDIATE, nine statements, COMMIT, with the server's own settings (WAL, synchronous FULL).

`idle` is what the web process answers when it has nothing to do (GET /livez by the same clients):
no ticket can be faster than that.

`flush` is how long this disk takes to keep a page for good: the slower it is, the more the floor
and the tickets wait for the same thing, and the nearer they come to each other.
"""

import itertools
import os
import secrets
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from server.database import journal_pragmas, sqlite_module
from tests.bench import wire
from tests.bench.web import Web, fresh_hall, web_process
from tests.faults.browser import kiosk
from tests.faults.installation import Installation

WARM_UP = 100
IDLE_REQUESTS = 2000
FLUSHES = 200
PAGE_BYTES = 4096
HEAD = (
    f"{'round':<7}{'HTTP /s':>9}{'idle /s':>9}{'floor /s':>10}{'ratio':>8}"
    f"{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'floor CPU':>11}{'flush ms':>10}"
)


def presses(web: Web, tickets: int) -> Iterator[bytes]:
    """As many presses of a kiosk, over all its services in turn, each with a key of its own."""
    browser = kiosk(web.port, web.installation.kiosk_token)
    browser.open_page()
    services = itertools.cycle(web.installation.services.values())
    for _ in range(tickets):
        headers = {**browser.headers, "Idempotency-Key": secrets.token_hex(8)}
        body = b'{"service_id": %d}' % next(services)
        yield wire.request("POST", "/api/tickets", headers, body)


def through_http(web: Web, tickets: int, clients: int) -> tuple[wire.Load, float]:
    """Take tickets; what was measured, and the server's CPU seconds for each."""
    wire.run(web.port, presses(web, WARM_UP), clients, b"201")
    requests = iter([*presses(web, tickets)])
    before = web.cpu_seconds()
    load = wire.run(web.port, requests, clients, b"201")
    return load, (web.cpu_seconds() - before) / tickets


def idle(web: Web, clients: int) -> float:
    """Answers per second to requests that ask for nothing."""
    asked = wire.request("GET", "/livez", {})
    return wire.run(web.port, iter([asked] * IDLE_REQUESTS), clients, b"200").rate


def flush_seconds(folder: Path) -> float:
    """How long the disk takes to keep a page for good, the median of many."""
    seconds = []
    with (folder / "flushed").open("wb", buffering=0) as file:
        for _ in range(FLUSHES):
            file.write(bytes(PAGE_BYTES))
            started = time.perf_counter()
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


class Floor:
    """The rows of the last ticket, written again and again as new ones, with bare SQL."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ticket = self._last("tickets")
        self._job = self._last("print_jobs")
        self._key = self._last("idempotency_keys")
        self._events = self._rows("SELECT * FROM events ORDER BY id DESC LIMIT 2")

    def write(self, tickets: int) -> float:
        """Write the rows of so many tickets; the seconds that it took."""
        started = time.perf_counter()
        for _ in range(tickets):
            self._connection.execute("BEGIN IMMEDIATE")
            self._one()
            self._connection.execute("COMMIT")
        return time.perf_counter() - started

    def _one(self) -> None:
        key_id = self._insert("idempotency_keys", self._key | {"key": secrets.token_hex(8)})
        number: int = self._scalar(
            "UPDATE number_series SET last_number = last_number + 1"
            " WHERE queue_id = ? AND business_date = ? RETURNING last_number",
            self._ticket["queue_id"],
            self._ticket["business_date"],
        )
        prefix = self._ticket["label"].rstrip("0123456789")
        fresh = {
            "number": number,
            "label": f"{prefix}{number:03d}",
            "secret": secrets.token_urlsafe(12),
        }
        ticket_id = self._insert("tickets", self._ticket | fresh)
        self._insert(
            "periods",
            {
                "ticket_id": ticket_id,
                "state": self._ticket["state"],
                "started_at": self._ticket["issued_at"],
            },
        )
        self._insert("print_jobs", self._job | {"ticket_id": ticket_id})
        seq = self._scalar(
            "UPDATE halls SET event_seq = event_seq + 2 WHERE id = ? RETURNING event_seq",
            self._ticket["hall_id"],
        )
        for before, event in enumerate(self._events):
            self._insert("events", event | {"seq": seq - before})
        self._scalar(
            "UPDATE idempotency_keys SET answer = ? WHERE id = ? RETURNING id",
            self._key["answer"],
            key_id,
        )

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        names = ", ".join(row)
        places = ", ".join("?" * len(row))
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})", [*row.values()]
        )
        return cursor.lastrowid or 0

    def _scalar(self, statement: str, *values: object) -> Any:
        return self._connection.execute(statement, values).fetchone()[0]

    def _last(self, table: str) -> dict[str, Any]:
        return self._rows(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1")[0]

    def _rows(self, query: str) -> list[dict[str, Any]]:
        cursor = self._connection.execute(query)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        for row in rows:
            del row["id"]
        return rows


def on_the_floor(installation: Installation, tickets: int) -> tuple[float, float]:
    """Tickets per second of the bare SQL on the hall's file, and CPU seconds for each."""
    module = sqlite_module()
    with closing(module.connect(installation.database_path, isolation_level=None)) as connection:
        for pragma in (*journal_pragmas(module.sqlite_version_info), "PRAGMA foreign_keys=ON"):
            connection.execute(pragma)
        floor = Floor(connection)
        floor.write(WARM_UP)
        before = time.process_time()
        seconds = floor.write(tickets)
        return tickets / seconds, (time.process_time() - before) / tickets


@click.command(help=__doc__)
@click.option("--tickets", default=800, show_default=True)
@click.option("--clients", default=8, show_default=True)
@click.option("--rounds", default=3, show_default=True)
def main(tickets: int, clients: int, rounds: int) -> None:
    """Measure both in turn and print the table."""
    click.echo(HEAD)
    ratios = []
    for number in range(1, rounds + 1):
        with fresh_hall() as installation:
            with web_process(installation) as web:
                load, cpu = through_http(web, tickets, clients)
                ceiling = idle(web, clients)
            floor, floor_cpu = on_the_floor(installation, tickets)
            flush = flush_seconds(installation.data_dir)
        ratios.append(load.rate / floor)
        cuts = statistics.quantiles(load.latencies, n=100, method="inclusive")
        click.echo(
            f"{number:<7}{load.rate:>9.0f}{ceiling:>9.0f}{floor:>10.0f}{ratios[-1]:>8.2f}"
            f"{cuts[49] * 1000:>9.1f}{cuts[98] * 1000:>9.1f}"
            f"{cpu * 1000:>9.2f}{floor_cpu * 1000:>11.2f}{flush * 1000:>10.2f}"
        )
    click.echo(f"ratio, median of {rounds}: {statistics.median(ratios):.2f}")
    click.echo(f"CPU of a ticket against the floor's: {cpu / floor_cpu:.0f} times (last round)")


if __name__ == "__main__":
    main()

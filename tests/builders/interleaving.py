"""Two transactions side by side, which only PostgreSQL has: SQLite has one writer at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pytest
from sqlalchemy import text

from server.database import Database
from tests.services.waiting import wait_until

Result = TypeVar("Result")

PATIENCE_SECONDS = 10.0
BLOCKED = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)

# For a test that takes `database`: run it on this one kind only.
on_postgresql = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Meanwhile:
    """Runs calls in a second thread while the test holds a transaction open."""

    def __init__(self, database: Database, thread: ThreadPoolExecutor) -> None:
        self._database = database
        self._thread = thread

    def start(self, act: Callable[[], Result]) -> "Future[Result]":
        """Call `act` and return as soon as it has ended or waits for a lock."""
        future = self._thread.submit(act)
        wait_until(lambda: future.done() or self._blocked(), "the other transaction")
        return future

    def _blocked(self) -> bool:
        with self._database.engine.connect() as connection:
            return bool(connection.scalar(BLOCKED))


@contextmanager
def meanwhile(database: Database) -> Iterator[Meanwhile]:
    """For the length of a block, one more thread."""
    with ThreadPoolExecutor(1) as thread:
        yield Meanwhile(database, thread)

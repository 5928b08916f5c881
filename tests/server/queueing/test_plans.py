"""Years of history must not slow a press down: what SQLite plans for each statement of a visit."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from server.database import Database
from server.queueing.calling import call_next
from server.queueing.counter_view import counter_snapshot
from server.queueing.states import TicketAction
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.builders.interleaving import on_sqlite

HISTORY = "tickets|periods|calls|service_times|presses|events|audit_entries|print_jobs|steps"
READ_WHOLE = re.compile(rf"SCAN ({HISTORY})\b(?! USING (COVERING )?INDEX (uq|ix)_tickets)")
EVER_AT_A_COUNTER = "ix_tickets_counter"

Asked = list[tuple[str, Any]]


@contextmanager
def listening(database: Database) -> Iterator[Asked]:
    """Every reading statement of a block with its parameters."""
    asked: Asked = []

    def note(*arguments: Any) -> None:
        _connection, _cursor, statement, parameters, _context, many = arguments
        if not many and statement.startswith(("SELECT", "UPDATE")):
            asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)


def plan(database: Database, statement: str, parameters: Any) -> str:
    """The steps that SQLite would take, one in each line."""
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return "\n".join(row[-1] for row in rows)


@on_sqlite
def test_no_press_reads_through_history(database: Database, clock: HandClock) -> None:
    hall = a_hall().with_queue("A").with_clerks(1).build(database, clock)
    clerk = hall.clerk(1)
    with listening(database) as asked:
        for _ in range(2):
            hall.take("A")
            clerk.next()
            clerk.press(TicketAction.START)
            hall.take("A")
            clerk.press(TicketAction.FINISH)
    plans = [(one[0], plan(database, *one)) for one in asked]
    assert [one for one in plans if READ_WHOLE.search(one[1])] == []
    assert [one for one in plans if EVER_AT_A_COUNTER in one[1]] == []


@pytest.mark.parametrize("condition", ["1 = 1", "counter_id = 1 AND state IN ('called', 'x')"])
@on_sqlite
def test_such_a_plan_would_be_seen(database: Database, clock: HandClock, condition: str) -> None:
    a_hall().build(database, clock)
    steps = plan(database, str(text(f"SELECT label FROM tickets WHERE {condition}")), ())
    assert READ_WHOLE.search(steps) or EVER_AT_A_COUNTER in steps


def test_a_press_reads_its_counter_as_it_was_and_as_it_claimed_it(
    database: Database, clock: HandClock
) -> None:
    hall = a_hall().with_queue("A").with_clerks(1).build(database, clock)
    clerk = hall.clerk(1)
    hall.take("A")
    version = clerk.version
    with listening(database) as asked, hall.work("clerk1") as work:
        call_next(work, clerk.counter_id, version)
        counter_snapshot(work, clerk.counter_id)
    read = [one for one, _ in asked if one.startswith("SELECT") and "FROM counters" in one]
    assert len(read) == 2

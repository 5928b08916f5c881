"""Rows written in bulk are those that the model would have written."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from server.attendance.models import Punch
from server.bulk import insert_new, stored_dates, stored_instants
from server.database import Database
from server.devices.models import DeviceKind
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

SHANGHAI = ZoneInfo("Asia/Shanghai")
WALL = datetime(2026, 9, 14, 7, 58, 30)  # noqa: DTZ001 - a terminal has no zone
RECEIVED = datetime(2026, 9, 14, 0, 1, 2, 345678, tzinfo=UTC)
COLUMNS = "pin, raw_time, punched_at, business_date, verify, state, occurrence, raw, received_at"


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    return a_hall().with_device(DeviceKind.TERMINAL, "terminal").build(database, clock)


def in_bulk(hall: BuiltHall, *walls: datetime | None) -> int:
    count = len(walls)
    with hall.database.write() as session:
        received = stored_instants(session, [RECEIVED.replace(tzinfo=None)], UTC)
        columns: dict[str, Sequence[object]] = {
            "hall_id": [hall.id] * count,
            "terminal_id": [hall.devices["terminal"]] * count,
            "pin": ["7"] * count,
            "raw_time": list(range(count)),
            "punched_at": stored_instants(session, walls, SHANGHAI),
            "business_date": stored_dates(session, walls),
            "verify": [1] * count,
            "state": [0] * count,
            "occurrence": [0] * count,
            "raw": [b"\x00\xff"] * count,
            "source": ["pull"] * count,
            "received_at": received * count,
        }
        return insert_new(session, Punch, columns)


def one_by_one(hall: BuiltHall, *walls: datetime | None) -> None:
    with hall.database.write() as session:
        for number, wall in enumerate(walls):
            session.add(
                Punch(
                    hall_id=hall.id,
                    terminal_id=hall.devices["terminal"],
                    pin="7",
                    raw_time=number,
                    punched_at=wall and wall.replace(tzinfo=SHANGHAI),
                    business_date=wall and wall.date(),
                    verify=1,
                    state=0,
                    occurrence=0,
                    raw=b"\x00\xff",
                    source="pull",
                    received_at=RECEIVED,
                )
            )


def as_stored(hall: BuiltHall) -> list[tuple[Any, ...]]:
    """The database's own values."""
    with hall.database.write() as session:
        rows = session.execute(text(f"SELECT {COLUMNS} FROM punches ORDER BY raw_time")).all()
        session.execute(text("DELETE FROM punches"))
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows]


def test_the_database_holds_what_the_model_would_have_put_there(hall: BuiltHall) -> None:
    in_bulk(hall, WALL, None)
    bulk = as_stored(hall)
    one_by_one(hall, WALL, None)
    assert bulk == as_stored(hall)


def test_rows_that_are_there_are_not_counted(hall: BuiltHall) -> None:
    assert (in_bulk(hall, WALL), in_bulk(hall, WALL, WALL)) == (1, 1)


def test_no_rows_are_none(hall: BuiltHall) -> None:
    assert in_bulk(hall) == 0

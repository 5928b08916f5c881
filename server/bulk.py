"""New rows by the ten thousand: the model's own statement, run by the database's driver at once.

SQLAlchemy converts each value of each row by itself, which takes ten times as long as storing it.
Here a column is converted as a whole, into what SQLAlchemy would have stored.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

from server.database import Base
from server.idempotency import dialect_insert


def insert_new(
    session: Session, entity: type[Base], columns: Mapping[str, Sequence[object]]
) -> int:
    """Insert rows, given field by field, unless their unique key is there; how many were new.

    Numbers, text and bytes go in as they are, the others as `stored_instants` and `stored_dates`
    make them.
    """
    rows: list[Any] = list(zip(*columns.values(), strict=True))
    if not rows:
        return 0
    statement = dialect_insert(session)(entity.__table__).on_conflict_do_nothing().inline()
    compiled = statement.compile(dialect=session.get_bind().dialect, column_keys=list(columns))
    if compiled.positiontup is None:
        rows = [dict(zip(columns, row, strict=True)) for row in rows]
    elif compiled.positiontup != list(columns):
        rows = list(zip(*(columns[name] for name in compiled.positiontup), strict=True))
    counting = {"preserve_rowcount": True}
    connection = session.connection()
    return int(
        connection.exec_driver_sql(compiled.string, rows, execution_options=counting).rowcount
    )


def stored_instants(
    session: Session, walls: Sequence[datetime | None], zone: tzinfo
) -> list[object]:
    """The instants at which wall clocks in `zone` showed these readings (without zone)."""
    if _is_sqlite(session):
        return [wall and _utc_text(wall, zone) for wall in walls]
    return [wall and wall.replace(tzinfo=zone) for wall in walls]


def stored_dates(session: Session, walls: Sequence[datetime | None]) -> list[object]:
    """The dates of these readings."""
    days = [wall and wall.date() for wall in walls]
    if not _is_sqlite(session):
        return list(days)
    texts = {day: None if day is None else day.isoformat() for day in set(days)}
    return [texts[day] for day in days]


def _utc_text(wall: datetime, zone: tzinfo) -> str:
    offset = zone.utcoffset(wall)
    return (wall - offset if offset else wall).isoformat(" ", "microseconds")


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"

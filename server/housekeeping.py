"""What a running hall throws away once a day; to do it more often changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import InstrumentedAttribute

from server.database import Database
from server.devices.models import Pairing
from server.events import EventRow
from server.idempotency import IdempotencyKey
from server.queueing.holders import TicketHolder
from server.security.models import LoginSession
from server.work import Workplace

TIDY_SECONDS = 24 * 3600.0
STEP_ROWS = 1000
MOST_STEPS = 500
"""In one round, so that it ends also after years without one."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long rows of a table are kept after the instant in one of its columns."""

    table: type[IdempotencyKey | Pairing | LoginSession | EventRow | TicketHolder]
    instant: InstrumentedAttribute[datetime]
    keep: timedelta


# A client repeats a command for minutes at most; screens and agents that were away take a snapshot.
KEEPINGS = (
    Keeping(IdempotencyKey, IdempotencyKey.created_at, timedelta(days=2)),
    Keeping(Pairing, Pairing.expires_at, timedelta(days=2)),
    Keeping(LoginSession, LoginSession.expires_at, timedelta(days=2)),
    # Whose a ticket was matters on its day alone.
    Keeping(TicketHolder, TicketHolder.taken_at, timedelta(days=1)),
    Keeping(EventRow, EventRow.happened_at, timedelta(days=30)),
)


def tidy(workplace: Workplace, rest: Callable[[], object]) -> int:
    """Delete what nobody needs any more, in short transactions with a `rest` after each.

    The number of rows deleted.
    """
    deleted = 0
    for keeping in KEEPINGS:
        for _step in range(MOST_STEPS):
            count = _delete_some(workplace.database, keeping, workplace.clock() - keeping.keep)
            deleted += count
            rest()
            if count < STEP_ROWS:
                break
    return deleted


def _delete_some(database: Database, keeping: Keeping, before: datetime) -> int:
    """Look at the oldest rows alone: the cost does not grow with the table."""
    row_id: InstrumentedAttribute[Any] = keeping.table.id
    oldest = (
        select(row_id, keeping.instant.label("at")).order_by(row_id).limit(STEP_ROWS).subquery()
    )
    past = select(oldest.c.id).where(oldest.c.at < before)
    statement = delete(keeping.table).where(row_id.in_(past)).returning(row_id)
    with database.write() as session:
        return len(session.scalars(statement).all())

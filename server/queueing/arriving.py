"""Clerks who have punched in and are on the way to their counter: estimates count on them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from server.catalogue.models import SERVED_AT, Counter, CounterQueue
from server.database import Base
from server.queueing.forecast import OpenCounter
from server.queueing.models import CounterDuty
from server.queueing.settings import queue_settings
from server.work import Work


class ArrivingClerk(Base):
    """A counter whose clerk has punched in and has not logged in there, and since when."""

    __tablename__ = "arriving_clerks"

    counter_id: Mapped[int] = mapped_column(ForeignKey("counters.id"), primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    since: Mapped[datetime]


_ARRIVING = (
    select(ArrivingClerk.counter_id, ArrivingClerk.since, CounterQueue.queue_id)
    .join(Counter, Counter.id == ArrivingClerk.counter_id)
    .join(CounterQueue, CounterQueue.counter_id == ArrivingClerk.counter_id)
    .outerjoin(
        CounterDuty,
        (CounterDuty.counter_id == ArrivingClerk.counter_id) & CounterDuty.left_at.is_(None),
    )
    .where(
        ArrivingClerk.hall_id == bindparam("hall_id"),
        ArrivingClerk.since > bindparam("after"),
        Counter.active,
        SERVED_AT,
        CounterDuty.id.is_(None),
    )
)


def arriving_at(work: Work) -> frozenset[int]:
    """The counters whose clerk is known to be on the way."""
    known = select(ArrivingClerk.counter_id).where(ArrivingClerk.hall_id == work.hall_id)
    return frozenset(work.session.scalars(known))


def note_arriving(work: Work, counters: Collection[int]) -> None:
    """Let these be the counters whose clerk is on the way, each since it was first said."""
    known = arriving_at(work)
    work.session.execute(
        delete(ArrivingClerk).where(ArrivingClerk.counter_id.in_(known.difference(counters)))
    )
    work.session.add_all(
        ArrivingClerk(counter_id=one, hall_id=work.hall_id, since=work.now)
        for one in sorted(set(counters) - known)
    )


def opening_soon(work: Work) -> list[OpenCounter]:
    """The counters that are about to open, each free when its clerk ought to be there.

    A clerk who has not come by then does not count: nobody is promised a counter that stays closed.
    """
    way = timedelta(minutes=queue_settings(work).arriving_minutes)
    found: dict[tuple[int, datetime], set[int]] = {}
    moment = work.now.astimezone(work.zone).time()
    rows = work.ask(_ARRIVING, hall_id=work.hall_id, after=work.now - way, moment=moment)
    for row in rows:
        found.setdefault((row.counter_id, row.since), set()).add(row.queue_id)
    return [
        OpenCounter(frozenset(queues), int((since + way - work.now).total_seconds()))
        for (_, since), queues in found.items()
    ]

"""Tells the queue whose clerk has punched in: attendance and queue know nothing of each other."""

from sqlalchemy import select

from server.attendance.hours.regulation import adopted
from server.attendance.posts.views import arrived_counters
from server.catalogue.models import Hall
from server.queueing.arriving import arriving_at, note_arriving
from server.queueing.views import counter_listing
from server.work import SYSTEM, Work, Workplace


def tell_of_posts(workplace: Workplace) -> None:
    """One look at every hall; it writes only where something has changed."""
    with workplace.database.read() as session:
        halls = list(session.scalars(select(Hall.id).order_by(Hall.id)))
    for hall_id in halls:
        with workplace.read(hall_id) as work:
            arrived, known = _arrived(work), arriving_at(work)
        if arrived != known:
            with workplace.write(hall_id, SYSTEM) as work:
                note_arriving(work, arrived)


def _arrived(work: Work) -> frozenset[int]:
    if adopted(work) is None:
        return frozenset()
    return arrived_counters(work, [each.counter_id for each in counter_listing(work) if each.open])

"""Begins the business day of every hall: at the start of the server, and while it runs."""

from sqlalchemy import select

from server.catalogue.models import Hall
from server.queueing.days import begin_day, look_at_clock
from server.work import SYSTEM, Workplace

LOOK_SECONDS = 20.0


class DayKeeper:
    """Looks at the clock for all halls; call `start` once and `look` every LOOK_SECONDS."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def start(self) -> None:
        """The server was off: whatever day it is now, it is that day."""
        for hall_id in self._halls():
            with self._workplace.write(hall_id, SYSTEM) as work:
                begin_day(work)

    def look(self) -> None:
        """Begin the new day at midnight; hold it back when the clock has leapt."""
        for hall_id in self._halls():
            with self._workplace.write(hall_id, SYSTEM) as work:
                look_at_clock(work)

    def _halls(self) -> list[int]:
        with self._workplace.database.read() as session:
            return list(session.scalars(select(Hall.id).order_by(Hall.id)))

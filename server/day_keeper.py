"""Begins the business day of every hall and closes counters that were left open the day before."""

from sqlalchemy import select

from server.catalogue.models import Hall
from server.queueing.days import begin_day, look_at_clock
from server.queueing.taking_back import end_forgotten_duties
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
                end_forgotten_duties(work)

    def look(self) -> None:
        """Begin the new day at midnight, unless the clock has leapt; close what was left open."""
        for hall_id in self._halls():
            with self._workplace.write(hall_id, SYSTEM) as work:
                look_at_clock(work)
                end_forgotten_duties(work)

    def _halls(self) -> list[int]:
        with self._workplace.database.read() as session:
            return list(session.scalars(select(Hall.id).order_by(Hall.id)))

"""What runs all the time in each hall, each run idempotent.

Judging, reading terminals before deadlines, reminders, striking off cover staff.
"""

from collections.abc import Callable

from sqlalchemy import select

from server.attendance.covers.reminding import remind
from server.attendance.covers.striking_off import strike_off
from server.attendance.hours.regulation import adopted
from server.attendance.judging.models import JudgingState
from server.attendance.judging.running import run_judging
from server.attendance.terminals.scheduling import read_before_deadlines
from server.work import SYSTEM, Workplace

Rest = Callable[[], object]


def run_every_hall(workplace: Workplace, rest: Rest) -> None:
    """One run for each hall whose attendance is judged; `rest` is called between its steps."""
    with workplace.database.read() as session:
        halls = list(session.scalars(select(JudgingState.hall_id)))
    for hall_id in halls:
        run_judging(workplace, hall_id, rest)
        with workplace.write(hall_id, SYSTEM) as work:
            if adopted(work) is not None:
                read_before_deadlines(work)
                remind(work)
                strike_off(work)
        rest()

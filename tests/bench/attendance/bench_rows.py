"""Judging from database rows to stored verdicts: `python -m tests.bench.attendance.bench_rows`.

A month of 1,000 staff with four punches a working day, one day in ten without the first of them,
on SQLite in a file. Each day is judged for everybody in one transaction, then the days of single
persons are judged again. Times are CPU seconds of this process.
"""

import random
import tempfile
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import process_time

import click
from sqlalchemy import func, insert, select

from server.attendance.judging.judge import Occasion, judge
from server.attendance.judging.models import JudgingCause, VerdictVersion
from server.attendance.models import Punch, TerminalIdentity
from server.catalogue.calendar import days_between
from server.database import Database
from server.people.models import Person
from server.schema import upgrade
from tests.builders.clock import HandClock
from tests.server.attendance.kept_hall import GOOD_DAY, LONG_AGO, MONDAY, KeptHall, kept_hall

STAFF = 1000
LAST = MONDAY + timedelta(days=29)
SINGLE_DAYS = 200
IRREGULAR = 0.1
CAUSE = Occasion(JudgingCause.PUNCH, "bench")
MILLISECONDS = 1e3


def add_staff(hall: KeptHall) -> list[int]:
    """A thousand people with numbers on the terminal; their row numbers."""
    with hall.built.database.write() as session:
        unit_id = session.scalars(select(Person.unit_id)).first()
        assert unit_id is not None
        people = [
            Person(hall_id=hall.built.id, unit_id=unit_id, staff_number=f"S{n:04}", name=f"示例{n}")
            for n in range(STAFF)
        ]
        session.add_all(people)
        session.flush()
        ids = [person.id for person in people]
        numbers = [
            {
                "terminal_id": hall.built.devices["terminal"],
                "pin": str(person_id),
                "person_id": person_id,
                "valid_from": LONG_AGO,
            }
            for person_id in ids
        ]
        session.execute(insert(TerminalIdentity), numbers)
    return ids


def add_punches(hall: KeptHall, people: Iterable[int], day: date, chance: random.Random) -> None:
    """Everybody's punches of a day, as the terminal's log was stored."""
    rows = []
    for person_id in people:
        clocks = GOOD_DAY[1:] if chance.random() < IRREGULAR else GOOD_DAY
        for clock in clocks:
            at = datetime.combine(day, time.fromisoformat(clock), hall.built.zone)
            at += timedelta(seconds=chance.randrange(60))
            rows.append(
                {
                    "hall_id": hall.built.id,
                    "terminal_id": hall.built.devices["terminal"],
                    "pin": str(person_id),
                    "raw_time": int(at.timestamp()),
                    "punched_at": at,
                    "business_date": day,
                    "verify": 1,
                    "state": 0,
                    "occurrence": 0,
                    "raw": b"",
                    "source": "pull",
                    "received_at": at,
                }
            )
    with hall.built.database.write() as session:
        session.execute(insert(Punch), rows)


def judged(hall: KeptHall, people: Iterable[int], day: date) -> float:
    """CPU seconds of judging these people's day and storing what it comes to."""
    started = process_time()
    with hall.work("supervisor") as work:
        judge(work, {(person_id, day): CAUSE for person_id in people})
    return process_time() - started


def measure(database: Database) -> None:
    """Print both figures."""
    hall = kept_hall(database, HandClock())
    people, chance = add_staff(hall), random.Random(1)
    hall.clock.set(hall.at(LAST + timedelta(days=2), "08:00"))
    days = list(days_between(MONDAY, LAST))
    for day in days:
        add_punches(hall, people, day, chance)
    seconds = sum(judged(hall, people, day) for day in days)
    with database.read() as session:
        verdicts = session.scalar(select(func.count()).select_from(VerdictVersion)) or 0
    again = sorted(
        judged(hall, [person_id], MONDAY) for person_id in chance.sample(people, SINGLE_DAYS)
    )
    click.echo(
        f"{STAFF:,} staff, {len(days)} days: {verdicts:,} verdicts stored in {seconds:.1f} s, "
        f"{MILLISECONDS * seconds / verdicts:.2f} ms each; one person's day again: "
        f"{MILLISECONDS * again[SINGLE_DAYS // 2]:.1f} ms (median of {SINGLE_DAYS})"
    )


def main() -> None:
    """Measure in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'hall.db'}")
        with closing(database):
            upgrade(database)
            measure(database)


if __name__ == "__main__":
    main()

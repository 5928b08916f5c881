"""The sample hall of config/sample/hall.toml, written into an empty database."""

import secrets
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.attendance.models import TerminalIdentity
from server.catalogue.models import (
    Category,
    Counter,
    CounterQueue,
    Hall,
    OpeningHours,
    Queue,
    Service,
)
from server.demo.devices import add_devices
from server.devices.models import Device
from server.people.models import Account, Person, Role, Unit
from server.security.accounts import create_account
from server.settings import PROJECT_ROOT
from server.work import SYSTEM, Work, Workplace

SAMPLE = PROJECT_ROOT / "config" / "sample" / "hall.toml"
EVERY_DAY = range(7)
IDENTITIES_SINCE = date(2000, 1, 1)

# Who can sign in to the sample hall; clerks are the first staff members.
ACCOUNTS = {
    "admin": Role.ADMINISTRATOR,
    "desk": Role.GUIDANCE_DESK,
    "supervisor": Role.SUPERVISOR,
    "clerk1": Role.CLERK,
    "clerk2": Role.CLERK,
}


@dataclass(frozen=True, slots=True)
class SampleHall:
    """What was loaded. `passwords` is empty when the hall was there already."""

    hall_id: int
    passwords: dict[str, str]


def load_sample_hall(workplace: Workplace) -> SampleHall:
    """Load the sample hall unless the database has a hall; all in one transaction."""
    with workplace.database.read() as session:
        present = session.scalar(select(Hall.id).limit(1))
    if present is not None:
        return SampleHall(present, {})
    data = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    with workplace.database.write() as session:
        hall = Hall(name=data["name"], name_en=data["name_en"], time_zone=data["time_zone"])
        session.add(hall)
        session.flush()
        _open_around_the_clock(session, hall)
        people = _add_people(session, hall, data["units"])
        _add_services(session, hall, data)
        terminal = add_devices(session, hall)
        _enrol(session, terminal, people)
        work = Work(session, hall.id, hall.zone, workplace.clock(), SYSTEM)
        passwords = _add_accounts(work, people)
        work.audit("hall.sample", f"hall:{hall.id}")
        work.seal()
    return SampleHall(hall.id, passwords)


def _open_around_the_clock(session: Session, hall: Hall) -> None:
    """A demonstration may happen at any hour."""
    for weekday in EVERY_DAY:
        session.add(OpeningHours(hall_id=hall.id, weekday=weekday, opens=time.min, closes=time.max))


def _add_people(session: Session, hall: Hall, units: list[dict[str, Any]]) -> list[Person]:
    people: list[Person] = []
    for entry in units:
        unit = Unit(hall_id=hall.id, name=entry["name"], name_en=entry["name_en"])
        session.add(unit)
        session.flush()
        people += [
            Person(hall_id=hall.id, unit=unit, staff_number=f"{number:03d}", name=name, active=True)
            for number, name in enumerate(entry["staff"], start=len(people) + 1)
        ]
    session.add_all(people)
    session.flush()
    return people


def _add_services(session: Session, hall: Hall, data: dict[str, Any]) -> None:
    unit_ids = {unit.name: unit.id for unit in session.scalars(select(Unit))}
    queues: dict[str, Queue] = {}
    for position, group in enumerate(data["groups"]):
        names = {"name": group["name"], "name_en": group["name_en"]}
        queue = Queue(hall_id=hall.id, prefix=group["prefix"], **names)
        category = Category(hall_id=hall.id, position=position, **names)
        session.add_all([queue, category])
        session.flush()
        queues[queue.prefix] = queue
        session.add_all(_services(hall, group, category, queue, unit_ids[group["unit"]]))
    for entry in data["counters"]:
        counter = Counter(
            hall_id=hall.id, number=entry["number"], name=entry["name"], name_en=entry["name_en"]
        )
        session.add(counter)
        session.flush()
        session.add_all(
            CounterQueue(counter_id=counter.id, queue_id=queues[prefix].id)
            for prefix in entry["queues"]
        )


def _services(
    hall: Hall, group: dict[str, Any], category: Category, queue: Queue, unit_id: int
) -> Iterator[Service]:
    for position, (code, name, name_en) in enumerate(group["services"]):
        yield Service(
            hall_id=hall.id,
            category_id=category.id,
            queue_id=queue.id,
            unit_id=unit_id,
            position=position,
            code=code,
            name=name,
            name_en=name_en,
        )


def _enrol(session: Session, terminal: Device, people: list[Person]) -> None:
    """Each staff number is the person's number on the terminal, without leading zeros."""
    session.add_all(
        TerminalIdentity(
            terminal_id=terminal.id,
            pin=str(int(person.staff_number)),
            person_id=person.id,
            valid_from=IDENTITIES_SINCE,
        )
        for person in people
    )


def _add_accounts(work: Work, people: list[Person]) -> dict[str, str]:
    passwords: dict[str, str] = {}
    clerks = iter(people)
    for username, role in ACCOUNTS.items():
        passwords[username] = secrets.token_urlsafe(9)
        person = next(clerks) if role is Role.CLERK else None
        account: Account = create_account(
            work, username, passwords[username], role, person.id if person else None
        )
        work.session.add(account)
    return passwords

"""The sample hall of config/sample/hall.toml, written into an empty database."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.attendance.models import TerminalIdentity
from server.catalogue.hall_file import read_hall_file
from server.catalogue.importing import import_hall
from server.catalogue.models import Hall
from server.demo.attendance import keep_attendance
from server.demo.devices import add_devices
from server.devices.models import Device
from server.people.models import Account, Person, Role
from server.security.accounts import create_account
from server.settings import PROJECT_ROOT
from server.work import SYSTEM, Work, Workplace

SAMPLE = PROJECT_ROOT / "config" / "sample" / "hall.toml"
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
    file = read_hall_file(SAMPLE.read_text(encoding="utf-8"))
    with workplace.database.write() as session:
        hall = Hall(name=file.name, name_en=file.name_en, time_zone=file.time_zone)
        session.add(hall)
        session.flush()
        work = Work(session, hall, workplace.clock(), SYSTEM)
        import_hall(work, file)
        people = list(session.scalars(select(Person).order_by(Person.staff_number)))
        _enrol(session, add_devices(session, hall), people)
        passwords = _add_accounts(work, people)
        keep_attendance(work)
        work.seal()
    return SampleHall(hall.id, passwords)


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

"""A hall in a database whose attendance is kept: staff on a terminal, a calendar, a regulation."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from server.attendance.hours.days import confirm_year, seed_calendar
from server.attendance.hours.regulation import adopt_regulation
from server.attendance.judging.judge import PersonChange
from server.attendance.judging.running import run_judging
from server.attendance.judging.views import HalfRecord, records_of_person
from server.attendance.models import TerminalIdentity
from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.ingest import receive_punches
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict, VerdictKind
from server.database import Database
from server.devices.models import DeviceKind
from server.people.models import Account, Person, Role
from server.settings import PROJECT_ROOT
from server.work import Work
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

PRESETS = PROJECT_ROOT / "config" / "presets"
MONDAY = date(2026, 9, 14)  # summer hours: 8:00 to 12:00, 15:00 to 18:00
TUESDAY = date(2026, 9, 15)
GOOD_DAY = ("07:55", "12:03", "14:52", "18:04")
LONG_AGO = date(2020, 1, 1)
TOLERANCE = timedelta(days=30)  # a test may deliver punches before their time has come


@dataclass(frozen=True, slots=True)
class KeptHall:
    """A built hall with the row numbers of its people by user name."""

    built: BuiltHall
    clock: HandClock
    people: Mapping[str, int]

    def work(self, who: str) -> AbstractContextManager[Work]:
        """A writing unit of work by somebody of the hall."""
        return self.built.work(who)

    def at(self, day: date, clock: str) -> datetime:
        """A time on the hall's clock."""
        return datetime.combine(day, time.fromisoformat(clock), self.built.zone)

    def go_to(self, day: date, clock: str) -> list[PersonChange]:
        """Let it be this time, and judge what is due."""
        self.clock.set(self.at(day, clock))
        return self.judge()

    def judge(self) -> list[PersonChange]:
        """One run of the judging."""
        return run_judging(self.built.workplace, self.built.id)

    def punch(self, who: str, day: date, *clocks: str, verify: int = 1) -> None:
        """The terminal delivers punches, of somebody unknown too."""
        pin = str(self.people.get(who, 0))
        punches = [
            RawPunch(
                pin=pin,
                raw_time=int(self.at(day, clock).timestamp()),
                terminal_time=datetime.combine(day, time.fromisoformat(clock)),
                verify=verify,
                state=0,
                occurrence=0,
                raw=clock.encode(),
            )
            for clock in clocks
        ]
        with self.built.work("agent") as work:
            receive_punches(
                work, self.built.devices["terminal"], in_columns(punches), "pull", TOLERANCE
            )

    def records(self, who: str, first: date, last: date | None = None) -> list[HalfRecord]:
        """The verdicts in force of a person, with their versions."""
        with self.built.workplace.read(self.built.id) as work:
            return records_of_person(work, self.people[who], first, last or first)

    def verdict(self, who: str, day: date, half: HalfDay) -> Verdict:
        """The verdict in force on a half day."""
        (verdict,) = [
            record.verdict for record in self.records(who, day) if record.verdict.half is half
        ]
        return verdict

    def kinds(self, who: str, day: date) -> list[VerdictKind]:
        """What a person's day is judged to be, by half days."""
        return [record.verdict.kind for record in self.records(who, day)]


def adopt(hall: KeptHall, name: str = "zichang", judge_from: date = MONDAY) -> None:
    """Adopt a preset that ships with the product."""
    with hall.work("admin") as work:
        adopt_regulation(work, (PRESETS / f"{name}.toml").read_bytes(), judge_from)


def built_hall(database: Database, clock: HandClock) -> KeptHall:
    """Staff with every role, on one terminal, whose numbers there are their row numbers."""
    built = (
        a_hall()
        .with_queue("A")
        .with_counter(1)
        .with_counter(2)
        .with_device(DeviceKind.AGENT, "agent")
        .with_device(DeviceKind.TERMINAL, "terminal")
        .with_staff(Role.ADMINISTRATOR, "admin")
        .with_staff(Role.SUPERVISOR, "supervisor")
        .with_staff(Role.GUIDANCE_DESK, "desk")
        .with_staff(Role.CLERK, "li", "wang", "zhao", "section", "deputy", "director", "office")
        .build(database, clock)
    )
    with database.write() as session:
        people = {}
        for account in session.query(Account):
            assert account.person_id is not None
            people[account.username] = account.person_id
            session.add(
                TerminalIdentity(
                    terminal_id=built.devices["terminal"],
                    pin=str(account.person_id),
                    person_id=account.person_id,
                    valid_from=LONG_AGO,
                )
            )
            session.get_one(Person, account.person_id).name = f"张{account.username}"
    return KeptHall(built, clock, people)


def kept_hall(database: Database, clock: HandClock) -> KeptHall:
    """The hall of the first regulation, judged from Monday on, its calendar confirmed."""
    hall = built_hall(database, clock)
    with hall.work("admin") as work:
        seed_calendar(work, MONDAY.year)
        confirm_year(work, MONDAY.year)
    adopt(hall)
    return hall

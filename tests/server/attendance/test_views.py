from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server.attendance.models import TerminalIdentity
from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.ingest import receive_punches
from server.attendance.views import PersonPunches, punches_of_day
from server.database import Database
from server.devices.models import DeviceKind
from server.people.models import Person, Role
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

DAY = date(2026, 9, 14)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Two staff members and two terminals of one agent."""
    return (
        a_hall()
        .with_staff(Role.CLERK, "wang", "li")
        .with_device(DeviceKind.AGENT, "agent")
        .with_device(DeviceKind.TERMINAL, "front door")
        .with_device(DeviceKind.TERMINAL, "back door")
        .build(database, clock)
    )


def press(hall: BuiltHall, terminal: str, pin: str, hour: int, day: int = 14) -> None:
    at = datetime(2026, 9, day, hour)  # noqa: DTZ001 - a terminal has no zone
    record = RawPunch(pin, hour, at, verify=1, state=0, occurrence=day, raw=b"")
    with hall.work("agent") as work:
        receive_punches(
            work, hall.devices[terminal], in_columns([record]), "pull", timedelta(days=1)
        )


def enrol(hall: BuiltHall, terminal: str, pin: str, who: int, **valid: Any) -> None:
    """Give a number on a terminal to the nth staff member."""
    with hall.database.write() as session:
        people = session.query(Person).order_by(Person.staff_number).all()
        session.add(
            TerminalIdentity(
                terminal_id=hall.devices[terminal],
                pin=pin,
                person_id=people[who].id,
                **{"valid_from": date(2026, 1, 1), **valid},
            )
        )


def table(hall: BuiltHall, day: date = DAY) -> list[PersonPunches]:
    with hall.workplace.read(hall.id) as work:
        return punches_of_day(work, day)


def hours(person: PersonPunches) -> list[int]:
    return [punch.at.hour for punch in person.punches if punch.at is not None]


def test_a_persons_punches_come_together_in_order(hall: BuiltHall) -> None:
    enrol(hall, "front door", "7", who=0)
    enrol(hall, "back door", "1007", who=0)
    for terminal, pin, hour in (("front door", "7", 12), ("back door", "1007", 8)):
        press(hall, terminal, pin, hour)
    [person] = table(hall)
    assert (person.staff_number, hours(person)) == ("001", [8, 12])
    assert [punch.terminal for punch in person.punches] == ["back door", "front door"]


def test_the_same_number_on_two_terminals_may_be_two_people(hall: BuiltHall) -> None:
    enrol(hall, "front door", "7", who=0)
    enrol(hall, "back door", "7", who=1)
    press(hall, "front door", "7", 8)
    press(hall, "back door", "7", 9)
    assert [(person.staff_number, hours(person)) for person in table(hall)] == [
        ("001", [8]),
        ("002", [9]),
    ]


def test_a_number_that_is_nobodys_comes_last_under_itself(hall: BuiltHall) -> None:
    enrol(hall, "front door", "7", who=1)
    press(hall, "front door", "99", 7)
    press(hall, "front door", "7", 8)
    known, unknown = table(hall)
    assert known.staff_number == "002"
    assert (unknown.person_id, unknown.name, unknown.staff_number) == (None, "", "99")


def test_a_number_belongs_to_whoever_had_it_on_that_day(hall: BuiltHall) -> None:
    enrol(hall, "front door", "7", who=0, valid_until=DAY)
    enrol(hall, "front door", "7", who=1, valid_from=DAY)
    press(hall, "front door", "7", 8, day=13)
    press(hall, "front door", "7", 8, day=14)
    assert [person.staff_number for person in table(hall, date(2026, 9, 13))] == ["001"]
    assert [person.staff_number for person in table(hall)] == ["002"]


def test_times_are_the_halls(hall: BuiltHall) -> None:
    press(hall, "front door", "7", 23)
    [person] = table(hall)
    [punch] = person.punches
    assert punch.at == datetime(2026, 9, 14, 23, tzinfo=SHANGHAI)
    assert punch.at.utcoffset() == SHANGHAI.utcoffset(punch.at)


def test_another_halls_punches_are_not_seen(
    hall: BuiltHall, database: Database, clock: HandClock
) -> None:
    press(hall, "front door", "7", 8)
    other = a_hall().named("另一个大厅").build(database, clock)
    assert table(other) == []

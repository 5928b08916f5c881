"""Cover staff are taken off the terminals when their cover is over, by itself or on return."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from server.attendance.covers.ending import end_covers_of
from server.attendance.covers.models import CoverDuty
from server.attendance.covers.striking_off import strike_off
from server.attendance.models import TerminalIdentity
from server.attendance.terminals.command_models import CommandKind, CommandState, TerminalCommand
from server.attendance.terminals.numbers import give_number
from server.people.models import Person
from tests.server.attendance.kept_hall import MONDAY, TUESDAY, KeptHall

PIN = "9001"
FRIDAY = MONDAY + timedelta(days=4)
AFTERWARDS = FRIDAY + timedelta(days=1)


@pytest.fixture
def cover_id(kept: KeptHall) -> int:
    """Somebody who covers li from Monday to Friday, with a number on the terminal."""
    kept.clock.set(kept.at(MONDAY, "07:00"))
    with kept.work("admin") as work:
        unit_id = work.session.get_one(Person, kept.people["li"]).unit_id
        person = Person(hall_id=work.hall_id, unit_id=unit_id, staff_number="D001", name="钱顶岗")
        work.session.add(person)
        work.session.flush()
        give_number(work, kept.built.devices["terminal"], PIN, person.id, MONDAY)
    add_duty(kept, person.id, MONDAY, FRIDAY)
    return person.id


def add_duty(kept: KeptHall, person_id: int, first: date, last: date) -> None:
    with kept.work("admin") as work:
        replaces = work.session.get_one(Person, kept.people["li"])
        duty = CoverDuty(
            hall_id=work.hall_id,
            unit_id=replaces.unit_id,
            person_id=person_id,
            replaces_id=replaces.id,
            phone="",
            first_day=first,
            planned_last_day=last,
            proposed_at=work.now,
            proposed_by="test",
        )
        work.session.add(duty)


def struck_off(kept: KeptHall, day: date, clock: str = "07:00") -> list[Mapping[str, Any]]:
    """What the terminal was asked to delete, after runs at this time."""
    kept.clock.set(kept.at(day, clock))
    for _ in range(2):
        with kept.work("admin") as work:
            strike_off(work)
    with kept.built.session() as session:
        rows = session.query(TerminalCommand).filter_by(kind=CommandKind.DELETE_USER)
        return [row.arguments for row in rows]


def held_until(kept: KeptHall) -> date | None:
    with kept.built.session() as session:
        return session.query(TerminalIdentity).filter_by(pin=PIN).one().valid_until


def end_command(kept: KeptHall, state: CommandState) -> None:
    with kept.work("agent") as work:
        work.session.query(TerminalCommand).one().state = state


@pytest.mark.usefixtures("cover_id")
def test_a_cover_is_on_the_terminal_until_its_last_day_is_over(kept: KeptHall) -> None:
    assert (struck_off(kept, FRIDAY, "23:59"), held_until(kept)) == ([], None)
    assert (struck_off(kept, AFTERWARDS), held_until(kept)) == ([{"pin": PIN}], AFTERWARDS)


@pytest.mark.usefixtures("cover_id")
def test_when_the_staff_member_is_back_it_ends_with_that_day(kept: KeptHall) -> None:
    with kept.work("admin") as work:
        end_covers_of(work, kept.people["li"], kept.at(MONDAY, "15:00"))
    assert struck_off(kept, MONDAY, "20:00") == []
    assert (struck_off(kept, TUESDAY), held_until(kept)) == ([{"pin": PIN}], TUESDAY)


def test_who_covers_again_stays(kept: KeptHall, cover_id: int) -> None:
    add_duty(kept, cover_id, AFTERWARDS, AFTERWARDS + timedelta(days=3))
    assert struck_off(kept, AFTERWARDS) == []


@pytest.mark.parametrize(
    ("state", "hours", "times"),
    [
        (CommandState.DONE, 30, 1),
        (CommandState.FAILED, 0, 1),
        (CommandState.FAILED, 2, 2),
    ],
)
@pytest.mark.usefixtures("cover_id")
def test_a_terminal_that_failed_is_asked_again_later(
    kept: KeptHall, state: CommandState, hours: int, times: int
) -> None:
    struck_off(kept, AFTERWARDS)
    end_command(kept, state)
    later = kept.at(AFTERWARDS, "07:00") + timedelta(hours=hours)
    assert len(struck_off(kept, later.date(), f"{later:%H:%M}")) == times


@pytest.mark.usefixtures("cover_id")
def test_a_number_that_is_somebody_elses_meanwhile_is_left_alone(kept: KeptHall) -> None:
    kept.clock.set(kept.at(AFTERWARDS, "06:00"))
    with kept.work("admin") as work:
        give_number(work, kept.built.devices["terminal"], PIN, kept.people["wang"], AFTERWARDS)
    assert struck_off(kept, AFTERWARDS) == []


def test_a_number_given_after_the_cover_is_no_covers(kept: KeptHall, cover_id: int) -> None:
    kept.clock.set(kept.at(AFTERWARDS, "06:00"))
    with kept.work("admin") as work:
        give_number(work, kept.built.devices["terminal"], "77", cover_id, AFTERWARDS)
    struck_off(kept, AFTERWARDS)
    with kept.built.session() as session:
        [kept_number] = session.query(TerminalIdentity).filter_by(pin="77").all()
    assert kept_number.valid_until is None


@pytest.mark.usefixtures("cover_id")
def test_regular_staff_stay_for_good(kept: KeptHall) -> None:
    struck_off(kept, AFTERWARDS)
    with kept.built.session() as session:
        ended = session.query(TerminalIdentity).filter(TerminalIdentity.valid_until.is_not(None))
        assert [row.pin for row in ended] == [PIN]

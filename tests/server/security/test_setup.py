from datetime import time

import pytest
from sqlalchemy import select

from server.catalogue.models import Hall, OpeningHours
from server.database import Database
from server.people.models import Account, Role
from server.problems import Conflict, NotSignedIn
from server.security.accounts import new_setup_token, setup_token_valid
from server.security.setup import NewHall, set_up_hall
from server.settings import Settings
from server.work import Workplace
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall

WANTED = NewHall.from_form(
    {
        "hall_name": " 示例县政务服务大厅 ",
        "username": "admin",
        "password": "a quiet morning",
        "password_again": "a quiet morning",
    }
)


@pytest.fixture
def workplace(database: Database, clock: HandClock) -> Workplace:
    """A database without a hall."""
    return Workplace(database, clock)


@pytest.fixture
def token(workplace: Workplace) -> str:
    """The one-time token of a first start."""
    return fresh_token(workplace)


def fresh_token(workplace: Workplace) -> str:
    with workplace.database.write() as session:
        return new_setup_token(session, workplace.clock())


def is_valid(workplace: Workplace, token: str) -> bool:
    with workplace.database.read() as session:
        return setup_token_valid(session, token)


def set_up(workplace: Workplace, token: str) -> Account:
    return set_up_hall(workplace, Settings().first_hall, token, WANTED, "hash")


def halls(workplace: Workplace) -> list[str]:
    with workplace.database.read() as session:
        return list(session.scalars(select(Hall.name)))


def test_it_makes_the_hall_and_its_administrator(workplace: Workplace, token: str) -> None:
    account = set_up(workplace, token)
    assert (account.username, account.role) == ("admin", Role.ADMINISTRATOR)
    assert halls(workplace) == ["示例县政务服务大厅"]


def test_the_hall_opens_as_the_first_regulation_says(workplace: Workplace, token: str) -> None:
    set_up(workplace, token)
    with workplace.database.read() as session:
        spans = session.scalars(select(OpeningHours)).all()
    assert {(span.weekday, span.opens, span.closes) for span in spans} == {
        (weekday, opens, closes)
        for weekday in range(5)
        for opens, closes in [(time(8), time(12)), (time(14, 30), time(17, 30))]
    }


def test_the_token_is_used_up(workplace: Workplace, token: str) -> None:
    assert is_valid(workplace, token)
    set_up(workplace, token)
    assert not is_valid(workplace, token)
    with pytest.raises(NotSignedIn):
        set_up(workplace, token)
    assert len(halls(workplace)) == 1


def test_an_unknown_token_makes_nothing(workplace: Workplace) -> None:
    with pytest.raises(NotSignedIn):
        set_up(workplace, "guessed")
    assert halls(workplace) == []


def test_a_restart_makes_a_new_token_and_voids_the_old(workplace: Workplace, token: str) -> None:
    newer = fresh_token(workplace)
    assert (is_valid(workplace, token), is_valid(workplace, newer)) == (False, True)


def test_a_hall_that_exists_is_not_joined_by_a_second(
    workplace: Workplace, token: str, clock: HandClock
) -> None:
    a_hall().named("已有的大厅").build(workplace.database, clock)
    with pytest.raises(Conflict):
        set_up(workplace, token)
    assert halls(workplace) == ["已有的大厅"]


def test_two_who_send_the_form_at_once_make_one_hall(workplace: Workplace, token: str) -> None:
    def send(number: int) -> bool:
        wanted = NewHall("大厅", "Hall", f"admin{number}", "", "")
        try:
            set_up_hall(workplace, Settings().first_hall, token, wanted, "hash")
        except NotSignedIn:
            return False
        return True

    assert sorted(together(2, send)) == [False, True]
    assert len(halls(workplace)) == 1


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({}, {"hall_name", "username", "password"}),
        (
            {"hall_name": "  ", "username": "a", "password": "12345678"},
            {"hall_name", "password_again"},
        ),
        (
            {
                "hall_name": "大厅",
                "username": "a",
                "password": "1234567",
                "password_again": "1234567",
            },
            {"password"},
        ),
    ],
)
def test_what_is_missing_is_named_by_field(form: dict[str, str], wrong: set[str]) -> None:
    assert set(NewHall.from_form(form).errors()) == wrong


def test_nothing_is_wrong_with_a_whole_form() -> None:
    assert WANTED.errors() == {}

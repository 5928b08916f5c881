from pathlib import Path

import pytest
from sqlalchemy import select

from server.catalogue.models import Hall
from server.database import Database
from server.people.models import Account, Role
from server.security.passwords import password_matches
from tests.server.cli.conftest import HallCommand

PASSWORD = "a quiet morning"
TYPED_TWICE = f"{PASSWORD}\n{PASSWORD}\n"


@pytest.fixture
def database(kept: Database) -> Database:
    """The used folder's database, with a hall."""
    with kept.write() as session:
        session.add(Hall(name="大厅", name_en="Hall", time_zone="Asia/Shanghai"))
    return kept


def account(database: Database, username: str) -> Account:
    with database.read() as session:
        return session.scalars(select(Account).where(Account.username == username)).one()


def test_an_account_is_added(hall: HallCommand, database: Database) -> None:
    result = hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE)
    assert result.exit_code == 0, result.output
    added = account(database, "wang")
    assert added.role is Role.CLERK
    assert password_matches(added.password_hash, PASSWORD)


def test_the_password_is_not_shown(hall: HallCommand, database: Database) -> None:
    assert database
    assert PASSWORD not in hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE).output


def test_a_short_password_is_refused_in_words(hall: HallCommand, database: Database) -> None:
    result = hall("user", "add", "wang", "--role", "clerk", typed="short\nshort\n")
    assert (result.exit_code, "密码至少需要 8 个字符" in result.output) == (1, True)
    with database.read() as session:
        assert session.scalars(select(Account)).all() == []


def test_a_name_that_is_taken_is_refused(hall: HallCommand, database: Database) -> None:
    assert database
    hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE)
    assert hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE).exit_code == 1


def test_a_password_is_reset(hall: HallCommand, database: Database) -> None:
    hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE)
    result = hall("user", "password", "wang", typed="another morning\nanother morning\n")
    assert result.exit_code == 0
    assert password_matches(account(database, "wang").password_hash, "another morning")


def test_nobody_elses_password_is_reset(hall: HallCommand, database: Database) -> None:
    assert database
    assert hall("user", "password", "nobody", typed=TYPED_TWICE).exit_code == 1


def test_accounts_are_listed_with_their_roles(hall: HallCommand, database: Database) -> None:
    assert database
    hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE)
    hall("user", "add", "li", "--role", "supervisor", typed=TYPED_TWICE)
    lines = hall("user", "list").output.splitlines()
    assert [line.split() for line in lines] == [["li", "supervisor"], ["wang", "clerk"]]


def test_before_a_hall_is_set_up_there_are_no_accounts(
    hall: HallCommand, used_folder: Path
) -> None:
    assert used_folder
    result = hall("user", "add", "wang", "--role", "clerk", typed=TYPED_TWICE)
    assert (result.exit_code, "hall serve" in result.output) == (1, True)

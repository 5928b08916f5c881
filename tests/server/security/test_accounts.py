from datetime import timedelta

import pytest
from sqlalchemy import select

from server.audit import AuditEntry, broken_links
from server.catalogue.models import Hall
from server.database import Database
from server.people.models import Account, Role
from server.problems import Conflict, NotFound
from server.security.accounts import (
    create_account_with_hash,
    set_password,
    sign_in,
    sign_out,
    stored_hash,
)
from server.security.models import LoginSession
from server.security.passwords import absent_hash, password_matches
from server.security.principal import person_by_session
from server.security.tokens import token_hash
from server.work import SYSTEM
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

DAY = timedelta(hours=12)


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A hall with one clerk and one supervisor."""
    description = a_hall().with_staff(Role.CLERK, "wang").with_staff(Role.SUPERVISOR, "li")
    return description.build(database, clock)


def attempt(hall: BuiltHall, *, matches: bool, username: str = "wang") -> str | None:
    """One attempt to sign in; the session's token when it succeeds."""
    with hall.database.write() as session:
        now = hall.workplace.clock()
        found = sign_in(session, username, matches=matches, now=now, valid=DAY)
    return found[1] if found else None


def name_by(hall: BuiltHall, token: str) -> str | None:
    """Who the token's bearer is."""
    with hall.session() as session:
        principal = person_by_session(session, token, hall.workplace.clock())
    return principal.name if principal else None


def test_the_right_password_opens_a_session(hall: BuiltHall) -> None:
    token = attempt(hall, matches=True)
    assert token is not None
    assert name_by(hall, token) == "张示例"


def test_only_a_hash_of_the_token_is_kept(hall: BuiltHall) -> None:
    token = attempt(hall, matches=True)
    assert token is not None
    with hall.session() as session:
        assert session.scalars(select(LoginSession.token_hash)).one() == token_hash(token)


def test_every_session_has_a_token_of_its_own(hall: BuiltHall) -> None:
    assert attempt(hall, matches=True) != attempt(hall, matches=True)


@pytest.mark.parametrize("username", ["wang", "nobody"])
def test_a_wrong_password_and_an_unknown_name_open_none(hall: BuiltHall, username: str) -> None:
    assert attempt(hall, matches=False, username=username) is None
    assert hall.count(LoginSession) == 0


def test_an_account_no_longer_in_use_opens_none(hall: BuiltHall) -> None:
    deactivate(hall)
    assert attempt(hall, matches=True) is None


def test_a_session_ends_with_its_account(hall: BuiltHall) -> None:
    token = attempt(hall, matches=True)
    deactivate(hall)
    assert token is not None
    assert name_by(hall, token) is None


def deactivate(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        account = session.scalars(select(Account).where(Account.username == "wang")).one()
        account.active = False


def test_a_session_expires(hall: BuiltHall, clock: HandClock) -> None:
    token = attempt(hall, matches=True)
    assert token is not None
    clock.move(hours=11, minutes=59)
    assert name_by(hall, token) == "张示例"
    clock.move(minutes=1)
    assert name_by(hall, token) is None


def test_a_clerk_stays_signed_in_elsewhere(hall: BuiltHall) -> None:
    here, elsewhere = attempt(hall, matches=True), attempt(hall, matches=True)
    assert here is not None
    assert elsewhere is not None
    with hall.database.write() as session:
        sign_out(session, here, hall.workplace.clock())
    assert (name_by(hall, here), name_by(hall, elsewhere)) == (None, "张示例")


def test_signing_out_with_an_unknown_token_does_nothing(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        sign_out(session, "unknown", hall.workplace.clock())
    assert hall.count(LoginSession) == 0


class TestAudit:
    """The chain tells of comings and goings, by the account's number alone."""

    @staticmethod
    def entries(hall: BuiltHall) -> list[tuple[str, str, dict[str, object]]]:
        with hall.session() as session:
            assert broken_links(session, session.get_one(Hall, hall.id)) == []
            rows = session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            return [(row.actor, row.action, row.details) for row in rows]

    def test_signing_in_and_out(self, hall: BuiltHall) -> None:
        token = attempt(hall, matches=True)
        assert token is not None
        with hall.database.write() as session:
            sign_out(session, token, hall.workplace.clock())
        who = hall.actor("wang").label
        assert self.entries(hall) == [(who, "session.open", {}), (who, "session.end", {})]

    def test_an_account_that_was_locked(self, hall: BuiltHall) -> None:
        for _ in range(5):
            attempt(hall, matches=False)
        assert self.entries(hall) == [("anonymous", "account.lock", {})]

    def test_a_single_mistake_is_nobodys_business(self, hall: BuiltHall) -> None:
        attempt(hall, matches=False)
        assert self.entries(hall) == []


class TestLock:
    """After five wrong passwords an account rests for five minutes."""

    @pytest.fixture
    def locked(self, hall: BuiltHall) -> BuiltHall:
        """A hall in which five wrong passwords were tried."""
        for _ in range(5):
            attempt(hall, matches=False)
        return hall

    def test_four_mistakes_are_forgiven(self, hall: BuiltHall) -> None:
        for _ in range(4):
            attempt(hall, matches=False)
        assert attempt(hall, matches=True) is not None

    def test_the_right_password_does_not_help(self, locked: BuiltHall, clock: HandClock) -> None:
        clock.move(minutes=4, seconds=59)
        assert attempt(locked, matches=True) is None

    def test_it_ends(self, locked: BuiltHall, clock: HandClock) -> None:
        clock.move(minutes=5)
        assert attempt(locked, matches=True) is not None

    def test_after_it_five_mistakes_are_needed_again(
        self, locked: BuiltHall, clock: HandClock
    ) -> None:
        clock.move(minutes=5)
        attempt(locked, matches=False)
        assert attempt(locked, matches=True) is not None

    @pytest.mark.usefixtures("locked")
    def test_others_are_not_locked(self, hall: BuiltHall) -> None:
        assert attempt(hall, matches=True, username="li") is not None

    def test_the_right_password_forgets_the_mistakes_before(self, hall: BuiltHall) -> None:
        for matches in (False, False, True, False, False, False, False):
            attempt(hall, matches=matches)
        assert attempt(hall, matches=True) is not None


class TestMakingAccounts:
    def test_it_is_audited_without_the_password(self, hall: BuiltHall) -> None:
        with hall.workplace.write(hall.id, SYSTEM) as work:
            create_account_with_hash(work, "zhao", "hash", Role.GUIDANCE_DESK)
        with hall.session() as session:
            entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.details) == (
            "account.create",
            {"username": "zhao", "role": "guidance_desk"},
        )

    def test_a_name_is_given_once(self, hall: BuiltHall) -> None:
        with pytest.raises(Conflict), hall.workplace.write(hall.id, SYSTEM) as work:
            create_account_with_hash(work, "wang", "hash", Role.CLERK)

    def test_a_new_password_ends_the_sessions_and_the_lock(self, hall: BuiltHall) -> None:
        token = attempt(hall, matches=True)
        for _ in range(5):
            attempt(hall, matches=False)
        with hall.workplace.write(hall.id, SYSTEM) as work:
            set_password(work, "wang", "a new morning")
        assert token is not None
        assert name_by(hall, token) is None
        assert attempt(hall, matches=True) is not None

    def test_another_halls_accounts_are_out_of_reach(
        self, hall: BuiltHall, clock: HandClock
    ) -> None:
        other = a_hall().named("另一个大厅").build(hall.database, clock)
        with pytest.raises(NotFound), other.workplace.write(other.id, SYSTEM) as work:
            set_password(work, "wang", "a new morning")


def test_the_hash_to_check_is_the_accounts_or_a_decoy(hall: BuiltHall) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        set_password(work, "wang", "a new morning")
    with hall.session() as session:
        assert password_matches(stored_hash(session, "wang"), "a new morning")
        assert stored_hash(session, "nobody") == absent_hash()

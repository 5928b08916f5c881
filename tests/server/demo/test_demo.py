"""The demonstration: a sample hall, one door for its visitors, a path of its own for each seat."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import Client

from server.app import create_app
from server.attendance.models import TerminalIdentity
from server.catalogue.models import Counter, Queue, Service
from server.database import Database
from server.demo.application import with_demo
from server.demo.sample_hall import load_sample_hall
from server.demo.seats import SEATS, demo_key
from server.people.models import Account, Role
from server.queueing.models import CounterDuty
from server.queueing.staffing import open_counter
from server.settings import Settings
from server.work import Actor, Workplace
from tests.builders.clock import HandClock
from tests.builders.fixtures import clock

__all__ = ["clock"]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A visitor's browser, and the hall behind it."""

    browser: Client
    workplace: Workplace
    hall_id: int
    key: str

    def let_in(self) -> None:
        """The visitor opens the address that `hall demo` printed."""
        self.browser.get(f"/demo?key={self.key}")

    def clerk_of(self, counter_number: int) -> str | None:
        """Who is at a counter."""
        with self.workplace.database.read() as session:
            return session.scalar(
                select(Account.username)
                .join(CounterDuty, CounterDuty.account_id == Account.id)
                .join(Counter, Counter.id == CounterDuty.counter_id)
                .where(Counter.number == counter_number, CounterDuty.left_at.is_(None))
            )

    def work(self, username: str, counter_number: int) -> None:
        """A clerk takes a counter by the counter's page."""
        with self.workplace.database.read() as session:
            account = session.scalars(select(Account).where(Account.username == username)).one()
            counter = session.scalars(select(Counter).where(Counter.number == counter_number)).one()
        actor = Actor(f"account:{account.id}", account_id=account.id, is_person=True)
        with self.workplace.write(self.hall_id, actor) as work:
            open_counter(work, counter.id)


@pytest.fixture
def demonstration(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Demonstration]:
    """The sample hall behind its door."""
    settings = Settings(
        data_dir=tmp_path, database_url=sqlite_url, simulators_url="http://127.0.0.1:1"
    )
    hallkeeper = create_app(settings, clock=clock)
    with closing(hallkeeper.database):
        workplace = Workplace(hallkeeper.database, clock)
        sample = load_sample_hall(workplace)
        key = demo_key(str(hallkeeper.app.config["SECRET_KEY"]))
        browser = Client(with_demo(hallkeeper, settings))
        yield Demonstration(browser, workplace, sample.hall_id, key)


class TestSampleHall:
    def test_it_is_a_county_hall(self, demonstration: Demonstration) -> None:
        with demonstration.workplace.database.read() as session:
            sizes = [
                session.scalar(select(func.count()).select_from(table))
                for table in (Counter, Queue, Service, TerminalIdentity)
            ]
        assert sizes == [12, 8, 30, 40]

    def test_every_role_can_sign_in_with_a_password_of_its_own(
        self, sqlite_url: str, clock: HandClock
    ) -> None:
        with closing(Database(sqlite_url)) as database:
            passwords = load_sample_hall(Workplace(database, clock)).passwords
            with database.read() as session:
                roles = set(session.scalars(select(Account.role)))
        assert roles == set(Role)
        assert len(set(passwords.values())) == len(passwords)

    def test_loaded_again_it_is_the_same(self, demonstration: Demonstration) -> None:
        again = load_sample_hall(demonstration.workplace)
        assert (again.hall_id, again.passwords) == (demonstration.hall_id, {})


class TestDoor:
    @pytest.mark.parametrize("path", ["/demo", "/demo?key=guessed", "/seat/kiosk/demo/enter"])
    def test_without_the_key_nobody_is_let_in(
        self, demonstration: Demonstration, path: str
    ) -> None:
        answer = demonstration.browser.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 401

    def test_the_key_is_out_of_the_address_after_the_first_visit(
        self, demonstration: Demonstration
    ) -> None:
        answer = demonstration.browser.get(f"/demo?key={demonstration.key}")
        assert (answer.status_code, answer.location) == (302, "/demo")
        assert demonstration.browser.get("/demo").status_code == 200

    def test_a_real_hall_has_no_such_door(
        self, sqlite_url: str, tmp_path: Path, clock: HandClock
    ) -> None:
        settings = Settings(data_dir=tmp_path, database_url=sqlite_url)
        hallkeeper = create_app(settings, clock=clock)
        with closing(hallkeeper.database):
            browser = Client(with_demo(hallkeeper, settings))
            assert browser.get("/demo").status_code == 404


class TestSeats:
    @pytest.mark.parametrize("seat", sorted(SEATS))
    def test_each_leads_to_its_page(self, demonstration: Demonstration, seat: str) -> None:
        demonstration.let_in()
        entered = demonstration.browser.get(f"/seat/{seat}/demo/enter")
        assert entered.status_code == 302
        assert entered.location.startswith(f"/seat/{seat}/")
        assert demonstration.browser.get(entered.location).status_code == 200

    def test_a_seats_credential_is_not_the_next_ones(self, demonstration: Demonstration) -> None:
        demonstration.let_in()
        demonstration.browser.get("/seat/counter-1/demo/enter")
        assert demonstration.browser.get("/seat/counter-1/api/counters").status_code == 200
        assert demonstration.browser.get("/seat/counter-2/api/counters").status_code == 401

    def test_a_clerk_who_sits_down_is_at_the_counter(self, demonstration: Demonstration) -> None:
        demonstration.let_in()
        demonstration.browser.get("/seat/counter-1/demo/enter")
        assert demonstration.clerk_of(1) == "clerk1"

    def test_a_clerk_whose_seat_is_taken_keeps_the_other_counter(
        self, demonstration: Demonstration
    ) -> None:
        demonstration.let_in()
        demonstration.work("clerk2", 1)
        demonstration.work("clerk1", 5)
        assert demonstration.browser.get("/seat/counter-1/demo/enter").status_code == 302
        assert (demonstration.clerk_of(1), demonstration.clerk_of(5)) == ("clerk2", "clerk1")

    def test_a_seat_that_there_is_not(self, demonstration: Demonstration) -> None:
        demonstration.let_in()
        assert demonstration.browser.get("/seat/throne/demo/enter").status_code == 404


def test_a_simulated_device_that_does_not_answer_is_said_to(
    demonstration: Demonstration,
) -> None:
    demonstration.let_in()
    answer = demonstration.browser.get(
        "/demo/devices/printer/state", headers={"Accept": "application/json"}
    )
    assert answer.status_code == 503

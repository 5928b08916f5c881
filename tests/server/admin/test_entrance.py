"""Signing in and out, and the first set-up, as a browser does them."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.admin.entrance import limiter
from server.app import create_app
from server.catalogue.models import Hall
from server.database import Database
from server.edge.access import SESSION_COOKIE
from server.security.accounts import new_setup_token, set_password
from server.security.models import LoginSession
from server.settings import Settings
from server.work import SYSTEM
from tests.builders.clock import HandClock
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor

__all__ = ["site"]

PASSWORD = "a quiet morning"
NEW_HALL = {
    "hall_name": "示例县政务服务大厅",
    "username": "admin",
    "password": PASSWORD,
    "password_again": PASSWORD,
}


@pytest.fixture
def browser(site: Site) -> Visitor:
    """A browser in front of which clerk1 sits, who knows the password."""
    with site.hall.workplace.write(site.hall.id, SYSTEM) as work:
        for username in ("clerk1", "supervisor"):
            set_password(work, username, PASSWORD)
    return site.nobody()


class TestSigningIn:
    @pytest.mark.parametrize(("username", "page"), [("clerk1", "/counter"), ("supervisor", "/")])
    def test_it_leads_to_the_persons_page(self, browser: Visitor, username: str, page: str) -> None:
        response = browser.submit("/login", username=username, password=PASSWORD)
        assert (response.status_code, response.location) == (302, page)
        assert browser.look(page).status_code == 200

    def test_the_credential_is_out_of_reach_of_scripts(self, browser: Visitor) -> None:
        browser.submit("/login", username="clerk1", password=PASSWORD)
        cookie = browser.client.get_cookie(SESSION_COOKIE)
        assert cookie is not None
        assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")

    @pytest.mark.parametrize(
        ("username", "password"),
        [("clerk1", "wrong"), ("nobody", PASSWORD), ("", ""), ("clerk1", ""), ("\0", "\0")],
    )
    def test_a_mistake_is_told_without_saying_which(
        self, site: Site, browser: Visitor, username: str, password: str
    ) -> None:
        response = browser.submit("/login", username=username, password=password)
        assert response.status_code == 401
        assert "用户名或密码不正确" in response.text
        assert site.hall.count(LoginSession) == 0

    def test_what_was_typed_comes_back_as_text(self, browser: Visitor) -> None:
        response = browser.submit("/login", username='"><script>', password="wrong")
        assert "<script>" not in response.text.replace("<script type=", "")

    def test_five_mistakes_lock_the_account(self, browser: Visitor, clock: HandClock) -> None:
        for _ in range(5):
            browser.submit("/login", username="clerk1", password="wrong")
        locked = browser.submit("/login", username="clerk1", password=PASSWORD)
        clock.move(minutes=5)
        later = browser.submit("/login", username="clerk1", password=PASSWORD)
        assert (locked.status_code, later.status_code) == (401, 302)

    def test_a_machine_that_guesses_is_slowed_down(self, browser: Visitor) -> None:
        guess = {"username": "x", "password": "y"}
        token = browser._form_token()
        answers = [browser.client.post("/login", data=guess, headers=token) for _ in range(21)]
        assert [answer.status_code for answer in answers] == [401] * 20 + [429]


class TestWhereToGo:
    @pytest.mark.parametrize("page", ["/admin/punches", "/admin/punches?day=1", "/kiosk"])
    def test_it_leads_back_to_the_page_that_was_asked_for(
        self, browser: Visitor, page: str
    ) -> None:
        response = browser.submit(f"/login?next={page}", username="supervisor", password=PASSWORD)
        assert response.location == page

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "///evil.example/",
            "////evil.example/",
            "/\\evil.example/",
            "\\\\evil.example/",
            "/%09/evil.example/",
            "/%0a/evil.example/",
            "/%0d/evil.example/",
            "%20//evil.example/",
            "javascript:alert(1)",
            "evil.example",
            "",
        ],
    )
    def test_it_never_leads_elsewhere(self, browser: Visitor, elsewhere: str) -> None:
        response = browser.submit(
            f"/login?next={elsewhere}", username="supervisor", password=PASSWORD
        )
        assert (response.status_code, response.location) == (302, "/")


class TestSigningOut:
    def test_the_session_ends(self, site: Site) -> None:
        clerk = site.person("clerk1")
        cookie = clerk.client.get_cookie(SESSION_COOKIE)
        assert cookie is not None
        response = clerk.submit("/logout")
        assert (response.status_code, response.location) == (302, "/login")
        clerk.client.set_cookie(SESSION_COOKIE, cookie.value)
        assert clerk.get("/api/counters").status_code == 401


class TestSetUp:
    """A new hall's first page, reached by the address that its first start printed."""

    @pytest.fixture
    def empty(self, sqlite_url: str) -> Iterator[Database]:
        """A database without a hall."""
        with closing(Database(sqlite_url)) as database:
            yield database

    @pytest.fixture
    def visitor(self, sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Visitor]:
        """A browser at a server without a hall."""
        settings = Settings(data_dir=tmp_path, database_url=sqlite_url)
        hallkeeper = create_app(settings, clock=clock)
        limiter.reset()
        with closing(hallkeeper.database):
            yield Visitor(hallkeeper.app.test_client())

    @pytest.fixture
    def address(self, empty: Database, clock: HandClock) -> str:
        """The one-time address."""
        with empty.write() as session:
            return f"/setup/{new_setup_token(session, clock())}"

    def test_it_makes_a_hall_and_signs_the_administrator_in(
        self, visitor: Visitor, address: str
    ) -> None:
        assert visitor.look(address).status_code == 200
        response = visitor.submit(address, **NEW_HALL)
        assert (response.status_code, response.location) == (302, "/")
        assert visitor.look("/admin/devices").status_code == 200

    def test_the_address_works_once(self, visitor: Visitor, address: str) -> None:
        visitor.submit(address, **NEW_HALL)
        assert visitor.look(address).status_code == 404
        again = visitor.submit(address, **NEW_HALL | {"username": "second"})
        assert again.status_code == 401
        assert "已失效" in again.text

    def test_a_guessed_address_shows_nothing_and_makes_nothing(
        self, visitor: Visitor, empty: Database
    ) -> None:
        assert visitor.look("/setup/guessed").status_code == 404
        assert visitor.submit("/setup/guessed", **NEW_HALL).status_code == 401
        with empty.read() as session:
            assert session.query(Hall).count() == 0

    def test_what_is_missing_is_marked_and_the_rest_is_kept(
        self, visitor: Visitor, address: str, empty: Database
    ) -> None:
        response = visitor.submit(address, **NEW_HALL | {"username": ""})
        assert response.status_code == 422
        assert "请填写管理员用户名" in response.text
        assert "示例县政务服务大厅" in response.text
        assert PASSWORD not in response.text
        with empty.read() as session:
            assert session.query(Hall).count() == 0

    def test_until_then_nobody_is_let_in(self, visitor: Visitor) -> None:
        assert visitor.send("/api/pairings", {"kind": "kiosk"}).status_code == 409
        assert visitor.look("/").location == "/login?next=/"


def test_every_answer_forbids_what_pages_do_not_need(site: Site) -> None:
    headers = site.nobody().look("/login").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"

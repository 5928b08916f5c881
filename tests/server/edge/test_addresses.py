"""Under which address visitors reach the server, and whose pages may open sockets."""

from typing import Any

import pytest

from server.edge.access import public
from server.edge.addresses import origin_check, visitors_address
from server.settings import Settings
from tests.builders.site import Site, document

BROWSERS_WISH = "192.168.1.10:8080"
FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "hall.example"}


@pytest.fixture
def everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server listens on every address of its machine."""
    monkeypatch.setenv("HALLKEEPER_HOST", "0.0.0.0")


def address_for(site: Site, **headers: str) -> str:
    """What a visitor's ticket would carry whose request has these headers."""
    app = site.hallkeeper.app
    app.add_url_rule("/address", "address", public(visitors_address))
    return site.nobody().get("/address", **headers).text


def test_tickets_carry_the_address_that_was_set(
    monkeypatch: pytest.MonkeyPatch, everywhere: None, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("HALLKEEPER_PUBLIC_URL", "https://hall.example")
    site: Site = request.getfixturevalue("site")
    assert address_for(site, Host=BROWSERS_WISH) == "https://hall.example"


def test_where_none_was_set_tickets_carry_the_one_that_the_kiosk_uses(
    everywhere: None, site: Site
) -> None:
    assert address_for(site, Host=BROWSERS_WISH) == f"http://{BROWSERS_WISH}"


def test_a_ticket_taken_carries_it(everywhere: None, site: Site) -> None:
    body = {"service_id": site.hall.services["A"]}
    taken = document(site.device("kiosk").send("/api/tickets", body))
    assert taken["url"].startswith("http://localhost/t/")


def test_the_word_of_a_trusted_proxy_counts(
    monkeypatch: pytest.MonkeyPatch, everywhere: None, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("HALLKEEPER_TRUSTED_PROXIES", "1")
    site: Site = request.getfixturevalue("site")
    assert address_for(site, Host=BROWSERS_WISH, **FORWARDED) == "https://hall.example"


def test_the_word_of_a_stranger_does_not(everywhere: None, site: Site) -> None:
    assert address_for(site, Host=BROWSERS_WISH, **FORWARDED) == f"http://{BROWSERS_WISH}"


@pytest.mark.parametrize(
    ("given", "origin", "allowed"),
    [
        ({"host": "0.0.0.0"}, f"http://{BROWSERS_WISH}", True),
        ({"host": "0.0.0.0"}, "http://evil.example", False),
        ({"host": "0.0.0.0"}, f"https://{BROWSERS_WISH}", False),
        ({"host": "0.0.0.0"}, None, False),
        ({"host": "192.168.1.10"}, f"http://{BROWSERS_WISH}", True),
        ({}, f"http://{BROWSERS_WISH}", False),
        ({"host": "0.0.0.0", "public_url": "https://x.cn"}, f"http://{BROWSERS_WISH}", False),
        ({"host": "0.0.0.0", "public_url": "https://x.cn"}, "https://x.cn", True),
    ],
)
def test_pages_of_our_own_address_alone_open_sockets(
    given: dict[str, Any], origin: str | None, allowed: bool
) -> None:
    environ = {"wsgi.url_scheme": "http", "HTTP_HOST": BROWSERS_WISH}
    assert origin_check(Settings.model_validate(given))(origin, environ) is allowed

"""Form tokens, cookies and bearer credentials: each opens what it is for."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from server.devices.models import DeviceKind
from server.edge.access import DEVICE_COOKIE_SECONDS, SESSION_COOKIE, device_cookie
from server.idempotency import IdempotencyKey
from server.queueing.models import Ticket
from tests.builders.clock import HandClock
from tests.builders.site import Site, Visitor


def take(visitor: Visitor, site: Site, **headers: str) -> TestResponse:
    """Take a ticket with these headers alone."""
    body = {"service_id": site.hall.services["A"]}
    return visitor.client.post(
        "/api/tickets", json=body, headers={"Idempotency-Key": "k", **headers}
    )


class TestFormToken:
    def test_a_command_without_it_is_refused_and_not_carried_out(self, site: Site) -> None:
        response = take(site.device("kiosk"), site)
        assert response.status_code == 403
        assert response.json is not None
        assert response.json["code"] == "csrf"
        assert site.hall.count(Ticket) == 0

    @pytest.mark.parametrize("token", ["", "guessed"])
    def test_a_guessed_one_is_refused(self, site: Site, token: str) -> None:
        assert take(site.device("kiosk"), site, **{"X-CSRFToken": token}).status_code == 403

    def test_another_browsers_token_is_refused(self, site: Site) -> None:
        theirs = site.nobody()._form_token()
        assert take(site.device("kiosk"), site, **theirs).status_code == 403

    @pytest.mark.parametrize(
        "path",
        [
            "/login",
            "/logout",
            "/setup/token",
            "/admin/devices",
            "/api/tickets",
            "/api/counters/1/open",
            "/api/counters/1/next",
        ],
    )
    def test_it_is_asked_of_every_form_and_command(self, site: Site, path: str) -> None:
        response = site.person("admin").client.post(path, headers={"Accept": "application/json"})
        assert response.status_code == 403
        assert response.json is not None
        assert response.json["code"] == "csrf"

    def test_a_person_sees_a_page_about_it(self, site: Site) -> None:
        response = site.nobody().client.post("/login", headers={"Accept": "text/html"})
        assert (response.status_code, response.mimetype) == (403, "text/html")

    def test_it_lasts_as_long_as_the_page_is_open(self, site: Site, clock: HandClock) -> None:
        kiosk = site.device("kiosk")
        token = kiosk._form_token()
        clock.move(days=30)
        assert take(kiosk, site, **token).status_code == 201


class TestBearer:
    def test_an_agent_needs_no_form_token(self, site: Site) -> None:
        assert site.device("agent").send("/api/agent/health", {"devices": []}).status_code == 204

    @pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
    def test_the_schemes_letters_do_not_matter(self, site: Site, scheme: str) -> None:
        headers = {"Authorization": f"{scheme} {site.device('agent').bearer}"}
        assert site.nobody().get("/api/agent/desired", **headers).status_code == 200

    @pytest.mark.parametrize("authorization", ["{}", "Basic {}", "Bearer", "Bearer x{}"])
    def test_anything_else_is_nobody(self, site: Site, authorization: str) -> None:
        header = authorization.format(site.device("agent").bearer)
        response = site.nobody().get("/api/agent/desired", Authorization=header)
        assert response.status_code == 401

    @pytest.mark.parametrize("kind", list(DeviceKind))
    def test_an_agents_credential_in_a_cookie_is_nobody(self, site: Site, kind: DeviceKind) -> None:
        token = site.device("agent").bearer
        assert token is not None
        browser = site.nobody()
        browser.client.set_cookie(device_cookie(kind), token)
        assert browser.get("/api/agent/desired").status_code == 401

    def test_a_kiosks_credential_is_no_bearer(self, site: Site) -> None:
        cookie = site.device("kiosk").client.get_cookie(device_cookie(DeviceKind.KIOSK))
        assert cookie is not None
        program = Visitor(site.hallkeeper.app.test_client(), bearer=cookie.value)
        assert program.get("/api/kiosk").status_code == 401


class TestCookies:
    def test_one_browser_may_be_a_kiosk_and_a_clerk(self, site: Site) -> None:
        kiosk = site.device("kiosk")
        session = site.person("clerk1").client.get_cookie(SESSION_COOKIE)
        assert session is not None
        kiosk.client.set_cookie(SESSION_COOKIE, session.value)
        assert kiosk.get("/api/kiosk").status_code == 200
        assert kiosk.get("/api/counters").status_code == 200

    def test_who_signs_in_at_a_kiosk_takes_tickets_through_the_kiosk(self, site: Site) -> None:
        kiosk = site.device("kiosk")
        session = site.person("desk").client.get_cookie(SESSION_COOKIE)
        assert session is not None
        kiosk.client.set_cookie(SESSION_COOKIE, session.value)
        kiosk.send("/api/tickets", {"service_id": site.hall.services["A"]})
        with site.hall.session() as rows:
            taker = rows.scalars(select(IdempotencyKey.scope)).one()
        assert taker == f"device:{site.hall.devices['kiosk']}"

    def test_a_kiosks_credential_does_not_make_a_hall_screen(self, site: Site) -> None:
        cookie = site.device("kiosk").client.get_cookie(device_cookie(DeviceKind.KIOSK))
        assert cookie is not None
        browser = site.nobody()
        browser.client.set_cookie(device_cookie(DeviceKind.DISPLAY), cookie.value)
        assert browser.get("/api/kiosk").status_code == 401

    def test_a_kiosks_cookie_lasts_anew_with_each_load_of_its_page(self, site: Site) -> None:
        kiosk = site.device("kiosk")
        name = device_cookie(DeviceKind.KIOSK)
        before = kiosk.client.get_cookie(name)
        kiosk.look("/kiosk")
        after = kiosk.client.get_cookie(name)
        assert before is not None
        assert after is not None
        assert (after.value, after.max_age) == (before.value, DEVICE_COOKIE_SECONDS)

    def test_who_is_signed_in_gets_no_devices_cookie(self, site: Site) -> None:
        desk = site.person("desk")
        desk.look("/kiosk")
        assert desk.client.get_cookie(device_cookie(DeviceKind.KIOSK)) is None

    def test_an_expired_session_is_nobody(self, site: Site, clock: HandClock) -> None:
        clerk = site.person("clerk1")
        clock.move(hours=12)
        assert clerk.get("/api/counters").status_code == 401

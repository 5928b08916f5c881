"""What goes wrong is said as RFC 9457 says, in the caller's language, and nothing is half done."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.test import TestResponse

from server.catalogue.models import OpeningHours
from server.edge.access import public
from server.i18n import translate
from server.idempotency import IdempotencyKey
from server.printing.models import PrintJob
from server.queueing.models import NumberSeries, Ticket
from tests.builders.hall import a_hall
from tests.builders.site import Site, Visitor

ROWS = (Ticket, NumberSeries, PrintJob, IdempotencyKey)


def unknown_service(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.send("/api/tickets", {"service_id": 987_654})


def foreign_service(site: Site, visitor: Visitor) -> TestResponse:
    other = a_hall().named("另一个大厅").with_queue("Z")
    built = other.build(site.hall.database, site.hall.workplace.clock)
    return visitor.send("/api/tickets", {"service_id": built.services["Z"]})


def closed_hall(site: Site, visitor: Visitor) -> TestResponse:
    with site.hall.database.write() as session:
        session.query(OpeningHours).delete()
    return visitor.send("/api/tickets", {"service_id": site.hall.services["A"]})


def malformed_json(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.client.post(
        "/api/tickets",
        data="{not json",
        content_type="application/json",
        headers=visitor._headers(visitor._form_token() | {"Idempotency-Key": "k"}),
    )


def no_service(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.send("/api/tickets", {})


def no_key(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.client.post(
        "/api/tickets",
        json={"service_id": site.hall.services["A"]},
        headers=visitor._headers(visitor._form_token()),
    )


def foreign_print_job(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.get("/api/print-jobs/987654")


def unknown_address(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.get("/api/nothing")


def wrong_method(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.get("/api/tickets")


def no_permission(site: Site, visitor: Visitor) -> TestResponse:
    return visitor.get("/api/counters")


def not_signed_in(site: Site, visitor: Visitor) -> TestResponse:
    return Visitor(site.hallkeeper.app.test_client(), headers=visitor.headers).get("/api/kiosk")


Attempt = Callable[[Site, Visitor], TestResponse]
ATTEMPTS: dict[Attempt, tuple[int, str]] = {
    unknown_service: (404, "not-found"),
    foreign_service: (404, "not-found"),
    closed_hall: (409, "hall-closed"),
    malformed_json: (400, "bad-request"),
    no_service: (422, "invalid"),
    no_key: (422, "invalid"),
    foreign_print_job: (404, "not-found"),
    unknown_address: (404, "not-found"),
    wrong_method: (405, "method-not-allowed"),
    no_permission: (403, "not-allowed"),
    not_signed_in: (401, "not-signed-in"),
}
every_attempt = pytest.mark.parametrize("attempt", list(ATTEMPTS), ids=lambda act: act.__name__)


def problem(response: TestResponse) -> dict[str, Any]:
    """The document, which must be one."""
    assert response.content_type == "application/problem+json"
    assert isinstance(response.json, dict)
    return response.json


@every_attempt
def test_every_mistake_is_answered_by_a_problem_document(site: Site, attempt: Attempt) -> None:
    status, code = ATTEMPTS[attempt]
    response = attempt(site, site.device("kiosk"))
    document = problem(response)
    assert (response.status_code, document["status"], document["code"]) == (status, status, code)
    assert document["type"] == f"urn:hallkeeper:problem:{code}"


@every_attempt
def test_it_speaks_chinese_and_english(site: Site, attempt: Attempt) -> None:
    kiosk = site.device("kiosk")
    chinese = problem(attempt(site, kiosk))
    english = problem(attempt(site, kiosk.in_english()))
    for member in ("title", "detail"):
        assert not chinese[member].isascii()
        assert english[member].isascii()
        assert english[member] == translate(chinese[member], "en")


@every_attempt
def test_nothing_is_half_done(site: Site, attempt: Attempt) -> None:
    attempt(site, site.device("kiosk"))
    assert {table.__tablename__: site.hall.count(table) for table in ROWS} == {
        table.__tablename__: 0 for table in ROWS
    }


def test_a_wrong_field_is_named(site: Site) -> None:
    document = problem(site.device("kiosk").send("/api/tickets", {"service_id": "x", "colour": 1}))
    assert {field for place in document["fields"].values() for field in place} == {
        "service_id",
        "colour",
    }


def test_a_key_used_for_another_service_is_refused_and_gives_no_second_ticket(site: Site) -> None:
    kiosk = site.device("kiosk")
    kiosk.send("/api/tickets", {"service_id": site.hall.services["A"]}, key="k")
    response = kiosk.send("/api/tickets", {"service_id": 987_654}, key="k")
    assert (response.status_code, problem(response)["code"]) == (422, "idempotency-key-reused")
    assert site.hall.count(Ticket) == 1


def test_what_is_too_large_is_not_read(site: Site) -> None:
    response = site.device("agent").send("/api/agent/health", {"devices": ["x" * 3_000_000]})
    assert (response.status_code, problem(response)["status"]) == (413, 413)


def test_a_method_that_an_address_does_not_have_names_those_it_has(site: Site) -> None:
    response = site.device("kiosk").get("/api/tickets")
    assert set(response.headers["Allow"].split(", ")) == {"POST", "OPTIONS"}


class TestTheServersOwnTrouble:
    """Addresses that fail as a locked database, an exhausted pool and a mistake of ours do."""

    @pytest.fixture
    def failing(self, site: Site) -> Callable[[Exception], str]:
        """Makes an address that raises this."""

        def make(error: Exception) -> str:
            @public
            def fail() -> str:
                raise error

            app = site.hallkeeper.app
            app._got_first_request = False
            app.add_url_rule("/api/fail", "fail", fail)
            app.add_url_rule("/fail", "fail_page", fail)
            return "/api/fail"

        return make

    @pytest.mark.parametrize(
        "error",
        [OperationalError("UPDATE", {}, Exception("database is locked")), PoolTimeoutError()],
    )
    def test_a_database_that_does_not_answer_is_tried_again_later(
        self, site: Site, failing: Callable[[Exception], str], error: Exception
    ) -> None:
        response = site.nobody().get(failing(error))
        assert (response.status_code, problem(response)["code"]) == (503, "unavailable")
        assert int(response.headers["Retry-After"]) > 0

    def test_a_change_that_another_one_contradicts_is_a_conflict(
        self,
        site: Site,
        failing: Callable[[Exception], str],
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        orig = Exception("duplicate key\nDETAIL: Key (username)=(wang) already exists.")
        response = site.nobody().get(failing(IntegrityError("INSERT", {}, orig)))
        assert (response.status_code, problem(response)["code"]) == (409, "conflict")
        assert "wang" not in caplog.text

    def test_a_mistake_of_ours_tells_nothing_of_the_inside(
        self, site: Site, failing: Callable[[Exception], str]
    ) -> None:
        response = site.nobody().get(failing(ValueError("secret path /srv/hall")))
        assert (response.status_code, problem(response)["code"]) == (500, "internal-error")
        assert "secret" not in response.text

    def test_a_person_sees_a_page(self, site: Site, failing: Callable[[Exception], str]) -> None:
        failing(ValueError())
        response = site.nobody().look("/fail")
        assert (response.status_code, response.mimetype) == (500, "text/html")


def test_a_lost_database_is_not_ready_but_alive(site: Site) -> None:
    with site.hall.database.write() as session:
        session.execute(text("ALTER TABLE halls RENAME TO lost"))
    assert site.nobody().get("/readyz").status_code == 503
    assert site.nobody().get("/livez").status_code == 200

import re
import time

import pytest

from tests.builders.site import Site, document


def test_the_process_answers(site: Site) -> None:
    assert document(site.nobody().get("/livez")) == {"status": "ok"}


def test_the_database_answers(site: Site) -> None:
    assert document(site.nobody().get("/readyz")) == {"status": "ok"}


def test_a_server_that_tells_its_screens_nothing_is_not_ready(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.hallkeeper.relay.go_round()
    assert site.nobody().get("/readyz").status_code == 200
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 60)
    assert site.nobody().get("/readyz").status_code == 503


def test_requests_are_counted_by_address_and_status(site: Site) -> None:
    def counted() -> float:
        metrics = site.nobody().get("/metrics").text
        line = r'hallkeeper_requests_total\{endpoint="kiosk.snapshot",method="GET",status="401"\}'
        found = re.search(line + r" ([0-9.]+)", metrics)
        return float(found[1]) if found else 0

    before = counted()
    site.nobody().get("/api/kiosk")
    assert counted() == before + 1


def test_what_strangers_make_up_is_counted_as_other(site: Site) -> None:
    site.nobody().client.open("/wp-login.php", method="BREW")
    metrics = site.nobody().get("/metrics").text
    assert "wp-login" not in metrics
    assert "BREW" not in metrics
    assert 'endpoint="other",method="other"' in metrics


def test_every_request_has_a_number_of_its_own(site: Site) -> None:
    numbers = {site.nobody().get("/livez").headers["X-Request-Id"] for _ in range(3)}
    assert len(numbers) == 3

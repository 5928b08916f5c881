from datetime import time
from typing import Any

import pytest
import segno

from server.catalogue.models import OpeningHours, Service
from server.devices.models import Device, HealthState
from server.events import EventRow
from server.idempotency import IdempotencyKey
from server.printing.models import PrintJob
from server.printing.states import JobState
from server.queueing.models import Period, Ticket
from tests.builders.crowd import together
from tests.builders.site import Site, Visitor, document


@pytest.fixture
def kiosk(site: Site) -> Visitor:
    return site.device("kiosk")


def take(site: Site, visitor: Visitor, key: str | None = None) -> dict[str, Any]:
    """Take a ticket of queue A."""
    response = visitor.send("/api/tickets", {"service_id": site.hall.services["A"]}, key)
    assert response.status_code == 201, response.text
    return document(response)


class TestTaking:
    def test_the_screen_shows_number_and_people_ahead(self, site: Site, kiosk: Visitor) -> None:
        take(site, kiosk)
        taken = take(site, kiosk)
        assert (taken["label"], taken["ahead"], taken["service"], taken["service_en"]) == (
            "A002",
            1,
            "A 类业务",
            "Matters of A",
        )

    def test_the_code_leads_to_the_tickets_own_page(self, site: Site, kiosk: Visitor) -> None:
        taken = take(site, kiosk)
        path = taken["url"].removeprefix("http://127.0.0.1:8080")
        assert "A001" in site.nobody().look(path).text

    def test_the_picture_of_the_code_is_asked_for_by_itself(
        self, site: Site, kiosk: Visitor
    ) -> None:
        taken = take(site, kiosk)
        picture = kiosk.look(f"/kiosk/codes/{taken['code']}.svg")
        drawn = segno.make(taken["url"], error="m", mask=0).svg_inline(border=2, omitsize=True)
        modules = drawn.partition(" d=")[2]
        assert picture.mimetype == "image/svg+xml"
        assert modules.removesuffix("</svg>") in picture.text

    def test_its_paper_is_queued_with_it(self, site: Site, kiosk: Visitor) -> None:
        taken = take(site, kiosk)
        with site.hall.session() as session:
            job = session.query(PrintJob).one()
        assert (job.id, job.ticket_id, job.printer_id, job.state) == (
            taken["print_job"],
            taken["id"],
            site.hall.devices["printer"],
            JobState.QUEUED,
        )
        assert "A001" in job.markup
        assert taken["url"] in job.markup

    def test_without_a_printer_the_screen_is_all_there_is(self, site: Site, kiosk: Visitor) -> None:
        with site.hall.database.write() as session:
            session.get_one(Device, site.hall.devices["printer"]).active = False
        taken = take(site, kiosk)
        assert (taken["label"], taken["print_job"], taken["print_state"]) == ("A001", None, None)

    def test_the_guidance_desk_takes_for_others(self, site: Site) -> None:
        assert take(site, site.person("desk"))["label"] == "A001"

    def test_ticket_period_paper_and_events_come_together(self, site: Site, kiosk: Visitor) -> None:
        take(site, kiosk)
        rows = [site.hall.count(table) for table in (Ticket, Period, PrintJob, IdempotencyKey)]
        assert rows == [1, 1, 1, 1]
        with site.hall.session() as session:
            kinds = [row.kind for row in session.query(EventRow).order_by(EventRow.seq)]
        assert kinds == ["TicketIssued", "PrintJobQueued"]


class TestKeys:
    def test_a_reply_that_was_lost_is_given_again(self, site: Site, kiosk: Visitor) -> None:
        assert take(site, kiosk, key="press-1") == take(site, kiosk, key="press-1")
        assert site.hall.count(Ticket) == 1

    def test_a_double_tap_makes_one_ticket(self, site: Site) -> None:
        first = site.device("kiosk")
        taps = [first, first.again()]
        labels = together(2, lambda tap: take(site, taps[tap], key="tap")["label"])
        assert labels == ["A001", "A001"]
        assert site.hall.count(Ticket) == 1

    def test_another_key_is_another_ticket(self, site: Site, kiosk: Visitor) -> None:
        assert take(site, kiosk, key="press-1") != take(site, kiosk, key="press-2")


class TestSnapshot:
    def test_it_offers_services_by_category_with_who_waits(
        self, site: Site, kiosk: Visitor
    ) -> None:
        take(site, kiosk)
        snapshot = document(kiosk.get("/api/kiosk"))
        [category] = snapshot["categories"]
        [service] = category["services"]
        assert (category["name"], service["name"], service["waiting"]) == ("综合", "A 类业务", 1)
        assert snapshot["open"]
        assert snapshot["seq"] == 2

    def test_a_service_no_longer_offered_is_not_shown(self, site: Site, kiosk: Visitor) -> None:
        with site.hall.database.write() as session:
            session.get_one(Service, site.hall.services["A"]).active = False
        snapshot = document(kiosk.get("/api/kiosk"))
        assert snapshot["categories"][0]["services"] == []

    def test_it_says_when_the_hall_is_closed(self, site: Site, kiosk: Visitor) -> None:
        with site.hall.database.write() as session:
            session.query(OpeningHours).update({"opens": time(8), "closes": time(8, 1)})
        snapshot = document(kiosk.get("/api/kiosk"))
        assert not snapshot["open"]

    def test_it_says_when_no_printer_can_print(self, site: Site, kiosk: Visitor) -> None:
        with site.hall.database.write() as session:
            printer = session.get_one(Device, site.hall.devices["printer"])
            printer.health, printer.health_detail = HealthState.LOST, "unreachable"
        snapshot = document(kiosk.get("/api/kiosk"))
        assert snapshot["paper"] == {"printer": "", "elsewhere": False, "trouble": "unreachable"}


def test_how_far_the_paper_has_come(site: Site, kiosk: Visitor) -> None:
    job = take(site, kiosk)["print_job"]
    assert document(kiosk.get(f"/api/print-jobs/{job}"))["state"] == "queued"


def test_a_paired_kiosk_has_its_page_and_others_the_pairing_page(
    site: Site, kiosk: Visitor
) -> None:
    assert "<hk-kiosk" in kiosk.look("/kiosk").text
    assert "<hk-pairing" in site.nobody().look("/kiosk").text
    assert "<hk-pairing" in site.device("display").look("/kiosk").text

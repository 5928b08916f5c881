"""The guidance desk's page: the hall now, a ticket printed again, a day's appointments."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.printing.models import PrintJob
from server.printing.states import JobState
from tests.builders.site import Site, Visitor, document


@pytest.fixture
def desk(site: Site) -> Visitor:
    return site.person("desk")


def taken(site: Site, state: JobState = JobState.PRINTED) -> int:
    """A ticket whose paper has come so far."""
    body = {"service_id": site.hall.services["A"]}
    ticket = document(site.device("kiosk").send("/api/tickets", body))
    with site.hall.database.write() as session:
        session.query(PrintJob).one().state = state
    return int(ticket["id"])


def test_the_page_is_the_desks(site: Site, desk: Visitor) -> None:
    assert "hk-desk-take" in desk.look("/desk").text
    assert site.person("clerk1").look("/desk").status_code == 403


def test_the_hall_is_seen_as_it_is(site: Site, desk: Visitor) -> None:
    taken(site)
    hall = document(desk.get("/api/desk/hall"))
    assert [queue["waiting"] for queue in hall["queues"]] == [1]
    assert [counter["number"] for counter in hall["counters"]] == [1]


def test_what_clerks_told_managers_alone_is_not_shown(desk: Visitor) -> None:
    assert set(document(desk.get("/api/desk/hall"))) == {"seq", "queues", "counters"}


def test_a_ticket_is_printed_again_with_its_mark(site: Site, desk: Visitor) -> None:
    ticket = taken(site)
    job = document(desk.send(f"/api/desk/tickets/{ticket}/print"))["print_job"]
    with site.hall.session() as session:
        markup = session.scalars(select(PrintJob.markup).where(PrintJob.id == job)).one()
    assert "补打" in markup


def test_a_paper_on_its_way_is_waited_for(site: Site, desk: Visitor) -> None:
    ticket = taken(site, JobState.QUEUED)
    refused = desk.send(f"/api/desk/tickets/{ticket}/print")
    assert (refused.status_code, document(refused)["code"]) == (409, "still-printing")


def test_what_was_never_printed_is_not_printed_again(desk: Visitor) -> None:
    assert desk.send("/api/desk/tickets/999/print").status_code == 404


def test_a_kiosk_prints_nothing_again(site: Site) -> None:
    assert site.device("kiosk").send("/api/desk/tickets/1/print").status_code == 403


def test_a_days_appointments_are_listed_without_people(site: Site, desk: Visitor) -> None:
    at = (site.hall.workplace.clock() + timedelta(hours=1)).astimezone(site.hall.zone)
    day = at.date().isoformat()
    offer = {
        "service_id": site.hall.services["A"],
        "day": day,
        "starts": [at.time().isoformat()],
        "capacity": 0,
        "special_capacity": 1,
    }
    (slot,) = document(desk.send("/api/appointments/slots", offer))["slots"]
    booking = {"slot_id": slot["id"], "kind": "investor", "id_number": "000000199001010018"}
    booked = document(desk.send("/api/appointments", booking))
    (shown,) = document(desk.get(f"/api/appointments?day={day}"))["appointments"]
    assert (shown["code"], shown["kind"], shown["state"]) == (booked["code"], "investor", "booked")
    assert "0018" not in str(shown)


def test_appointments_are_not_for_everybody(site: Site) -> None:
    assert site.device("kiosk").get("/api/appointments?day=2026-01-05").status_code == 403

"""Appointments at desk and kiosk, and what the desk does with tickets."""

from datetime import timedelta

import pytest

from server.queueing.states import TicketAction
from tests.builders.site import Site, Visitor, document


@pytest.fixture
def desk(site: Site) -> Visitor:
    return site.person("desk")


def open_slot(site: Site, desk: Visitor) -> int:
    """A slot an hour from now."""
    at = (site.hall.workplace.clock() + timedelta(hours=1)).astimezone(site.hall.zone)
    body = {
        "service_id": site.hall.services["A"],
        "day": at.date().isoformat(),
        "starts": [at.time().isoformat()],
        "capacity": 1,
    }
    answer = desk.send("/api/appointments/slots", body)
    assert answer.status_code == 201, answer.text
    return int(document(answer)["slots"][0]["id"])


def test_a_booked_citizen_checks_in_by_code(site: Site, desk: Visitor) -> None:
    booked = document(desk.send("/api/appointments", {"slot_id": open_slot(site, desk)}))
    came = desk.send("/api/appointments/check-in", {"code": booked["code"]})
    assert (came.status_code, document(came)["label"]) == (201, "A001")


def test_a_full_slot_is_told(site: Site, desk: Visitor) -> None:
    slot = open_slot(site, desk)
    desk.send("/api/appointments", {"slot_id": slot})
    refused = desk.send("/api/appointments", {"slot_id": slot})
    assert (refused.status_code, document(refused)["code"]) == (409, "slot-full")


def test_a_cancelled_place_is_free_again(site: Site, desk: Visitor) -> None:
    slot = open_slot(site, desk)
    booked = document(desk.send("/api/appointments", {"slot_id": slot}))
    desk.send(f"/api/appointments/{booked['id']}/cancel")
    assert desk.send("/api/appointments", {"slot_id": slot}).status_code == 201


@pytest.mark.parametrize(
    "body", [{}, {"code": "123456", "id_number": "11010519491231002X"}, {"code": "12"}]
)
def test_one_way_to_check_in_is_needed(desk: Visitor, body: dict[str, str]) -> None:
    assert desk.send("/api/appointments/check-in", body).status_code == 422


def test_a_mistyped_identity_number_is_told(site: Site, desk: Visitor) -> None:
    mistyped = {"id_number": "110105194912310021"}
    come = desk.send("/api/appointments/check-in", mistyped)
    booked = desk.send("/api/appointments", {"slot_id": open_slot(site, desk), **mistyped})
    for answer in (come, booked):
        told = (answer.status_code, document(answer)["detail"])
        assert told == (422, "身份证号码不对，请核对十八位数字")


def test_the_desk_puts_a_missed_ticket_back(site: Site, desk: Visitor) -> None:
    site.hall.take("A")
    clerk = site.hall.clerk(1)
    clerk.next()
    clerk.press(TicketAction.MARK_NO_SHOW)
    [found] = document(desk.get("/api/desk/tickets?label=a001"))["tickets"]
    back = document(desk.send(f"/api/desk/tickets/{found['id']}/return"))
    assert (found["may_return"], back["state"]) == (True, "waiting")


def test_the_desk_explains_an_order(site: Site, desk: Visitor) -> None:
    for _ in range(2):
        site.hall.take("A")
    site.hall.clerk(1).next()
    answer = document(desk.get("/api/desk/why?first=A001&mine=A002"))
    assert answer["sentence"].startswith("A001 从 09:00:00 开始等候")


def test_a_visit_may_take_several_services(site: Site, desk: Visitor) -> None:
    service = site.hall.services["A"]
    body = {"service_id": service, "further_services": [service], "priority": "elderly"}
    assert desk.send("/api/tickets", body).status_code == 201

"""What a citizen does on the ticket's own page."""

import pytest

from server.queueing.models import Rating, Ticket
from server.queueing.states import TicketAction
from tests.builders.built import ClerkAtCounter
from tests.builders.site import Site, Visitor, document

A = TicketAction


@pytest.fixture
def phone(site: Site) -> Visitor:
    """Somebody without any credential."""
    return site.nobody()


@pytest.fixture
def clerk(site: Site) -> ClerkAtCounter:
    return site.hall.clerk(1)


def missed(site: Site, clerk: ClerkAtCounter) -> Ticket:
    ticket = site.hall.take("A").ticket
    clerk.next()
    clerk.press(A.MARK_NO_SHOW)
    return ticket


def served(site: Site, clerk: ClerkAtCounter) -> Ticket:
    ticket = site.hall.take("A").ticket
    clerk.next()
    clerk.press(A.FINISH)
    return ticket


def test_a_missed_citizen_comes_back(site: Site, phone: Visitor, clerk: ClerkAtCounter) -> None:
    ticket = missed(site, clerk)
    assert "我回来了" in phone.look(f"/t/{ticket.secret}").text
    for _ in range(2):
        assert document(phone.send(f"/api/t/{ticket.secret}/return"))["state"] == "waiting"


def test_the_wait_is_told(site: Site, phone: Visitor, clerk: ClerkAtCounter) -> None:
    site.hall.take("A")
    ticket = site.hall.take("A").ticket
    told = document(phone.get(f"/api/t/{ticket.secret}"))
    assert (told["ahead"], told["estimate"]) == (1, {"low": 10, "high": 15})
    assert "预计等候 10–15 分钟" in phone.look(f"/t/{ticket.secret}").text


def test_who_does_not_want_to_wait_gives_the_ticket_up(site: Site, phone: Visitor) -> None:
    ticket = site.hall.take("A").ticket
    answer = phone.client.post(f"/t/{ticket.secret}/leave")
    assert (answer.status_code, answer.location) == (303, f"/t/{ticket.secret}")
    assert document(phone.get(f"/api/t/{ticket.secret}"))["state"] == "walked_out"


def test_the_service_is_rated_once(site: Site, phone: Visitor, clerk: ClerkAtCounter) -> None:
    ticket = served(site, clerk)
    opinion = {"grade": "dissatisfied", "reason": "等候时间太长"}
    rated = phone.send(f"/api/t/{ticket.secret}/rating", opinion)
    assert document(rated)["may_rate"] is False
    again = phone.send(f"/api/t/{ticket.secret}/rating", opinion)
    assert (again.status_code, document(again)["code"]) == (409, "already-rated")
    with site.hall.session() as session:
        assert session.query(Rating).one().reason == "等候时间太长"


def test_a_form_without_a_grade_is_told_what_is_missing(
    site: Site, phone: Visitor, clerk: ClerkAtCounter
) -> None:
    ticket = served(site, clerk)
    assert phone.client.post(f"/t/{ticket.secret}/rating").status_code == 422


@pytest.mark.parametrize("what", ["return", "leave", "rating"])
def test_an_unknown_address_does_nothing(phone: Visitor, what: str) -> None:
    body = {"grade": "satisfied"} if what == "rating" else {}
    assert phone.send(f"/api/t/nobody-knows-this/{what}", body).status_code == 404


def test_a_waiting_ticket_is_not_rated(site: Site, phone: Visitor) -> None:
    ticket = site.hall.take("A").ticket
    answer = phone.send(f"/api/t/{ticket.secret}/rating", {"grade": "satisfied"})
    assert (answer.status_code, document(answer)["code"]) == (409, "nothing-to-rate")

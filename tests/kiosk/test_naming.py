"""Real-name tickets and check-in by card: the number is masked at once and kept nowhere."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from server.catalogue.models import Service
from server.edge.handover import Handover, HandoverKind
from server.edge.topics import kiosk_topic
from server.queueing.holders import Holder, TicketHolder
from server.queueing.states import TicketAction
from tests.builders.site import Site, Visitor, document

NUMBER = "000000199001010018"
NAME = "示例甲"


@pytest.fixture
def kiosk(site: Site) -> Visitor:
    return site.device("kiosk")


@pytest.fixture
def real_name(site: Site) -> int:
    """A service for cards only."""
    with site.hall.database.write() as session:
        session.get_one(Service, site.hall.services["A"]).real_name = True
    return site.hall.services["A"]


def lay_card(site: Site, kind: HandoverKind = HandoverKind.CARD, number: str = NUMBER) -> str:
    """Something was read beside the kiosk; its token."""
    topic = kiosk_topic(site.hall.devices["kiosk"])
    handover = Handover(site.hall.id, topic, kind, name=NAME, number=number, text="A001")
    token: str = site.hallkeeper.app.extensions["hallkeeper"].handovers.put(handover)
    return token


def book(site: Site, id_number: str | None = None, *, minutes: int = 10) -> str:
    """An appointment so many minutes from now; its code."""
    desk = site.person("desk")
    at = (site.hall.workplace.clock() + timedelta(minutes=minutes)).astimezone(site.hall.zone)
    offer = {
        "service_id": site.hall.services["A"],
        "day": at.date().isoformat(),
        "starts": [at.time().isoformat()],
        "capacity": 1,
    }
    (slot,) = document(desk.send("/api/appointments/slots", offer))["slots"]
    body = {"slot_id": slot["id"], "id_number": id_number}
    return str(document(desk.send("/api/appointments", body))["code"])


def stored(site: Site) -> bytes:
    """Everything that the hall's database holds."""
    path = Path(site.hall.database.engine.url.database or "")
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


class TestRealName:
    def test_without_a_card_no_number_is_given(self, kiosk: Visitor, real_name: int) -> None:
        refused = kiosk.send("/api/tickets", {"service_id": real_name})
        assert (refused.status_code, document(refused)["code"]) == (409, "card-needed")

    def test_a_card_gives_a_number_and_is_shown_masked(
        self, site: Site, kiosk: Visitor, real_name: int
    ) -> None:
        body = {"service_id": real_name, "card": lay_card(site)}
        taken = document(kiosk.send("/api/tickets", body))
        assert (taken["label"], taken["holder"]) == ("A001", "示** 0000************18")

    def test_the_counter_sees_whose_it_is_once_it_is_called(
        self, site: Site, kiosk: Visitor, real_name: int
    ) -> None:
        kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        clerk = site.hall.clerk(1)
        path = f"/api/counters/{site.hall.counters[1]}"
        before = site.person("clerk1").get(path)
        clerk.next()
        after = document(site.person("clerk1").get(path))
        assert "示**" not in before.text
        assert after["ticket"]["holder"] == "示** 0000************18"

    def test_nothing_of_it_is_stored_or_logged(
        self, site: Site, kiosk: Visitor, real_name: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        assert NUMBER not in caplog.text
        assert NUMBER.encode() not in stored(site)
        assert NAME.encode() not in stored(site)
        assert NUMBER not in repr(Holder(NAME, NUMBER))

    def test_a_card_is_good_for_one_number(
        self, site: Site, kiosk: Visitor, real_name: int
    ) -> None:
        card = lay_card(site)
        kiosk.send("/api/tickets", {"service_id": real_name, "card": card})
        again = kiosk.send("/api/tickets", {"service_id": real_name, "card": card})
        assert (again.status_code, document(again)["code"]) == (404, "handover-gone")

    def test_a_press_repeated_is_answered_after_the_card_is_gone(
        self, site: Site, kiosk: Visitor, real_name: int
    ) -> None:
        body = {"service_id": real_name, "card": lay_card(site)}
        first = kiosk.send("/api/tickets", body, "one")
        assert document(kiosk.send("/api/tickets", body, "one")) == document(first)

    def test_a_person_has_one_number_of_a_service(
        self, site: Site, kiosk: Visitor, real_name: int
    ) -> None:
        kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        refused = kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        assert (refused.status_code, document(refused)["code"]) == (409, "already-holding")
        assert "A001" in document(refused)["detail"]

    def test_somebody_else_has_another(self, site: Site, kiosk: Visitor, real_name: int) -> None:
        kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        other = lay_card(site, number="000000199001010026")
        taken = kiosk.send("/api/tickets", {"service_id": real_name, "card": other})
        assert document(taken)["label"] == "A002"

    def test_who_was_served_may_come_again(
        self, site: Site, kiosk: Visitor, real_name: int
    ) -> None:
        kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        clerk = site.hall.clerk(1)
        clerk.next()
        clerk.press(TicketAction.FINISH)
        taken = kiosk.send("/api/tickets", {"service_id": real_name, "card": lay_card(site)})
        assert taken.status_code == 201

    def test_the_desk_looks_at_the_card_itself(self, site: Site, real_name: int) -> None:
        taken = site.person("desk").send("/api/tickets", {"service_id": real_name})
        assert taken.status_code == 201
        with site.hall.session() as session:
            assert session.scalars(select(TicketHolder)).all() == []

    def test_a_scan_is_no_card(self, site: Site, kiosk: Visitor, real_name: int) -> None:
        body = {"service_id": real_name, "card": lay_card(site, HandoverKind.SCAN)}
        refused = kiosk.send("/api/tickets", body)
        assert (refused.status_code, document(refused)["code"]) == (404, "not-found")


class TestCheckIn:
    def test_by_card(self, site: Site, kiosk: Visitor) -> None:
        book(site, NUMBER)
        came = document(kiosk.send("/api/appointments/check-in", {"card": lay_card(site)}))
        assert (came["label"], came["late"]) == ("A001", False)
        assert came["due_at"].startswith("2")

    def test_by_identity_number(self, site: Site, kiosk: Visitor) -> None:
        book(site, NUMBER)
        came = kiosk.send("/api/appointments/check-in", {"id_number": NUMBER})
        assert came.status_code == 201
        assert NUMBER.encode() not in stored(site)

    def test_the_late_are_told_that_they_wait_in_turn(self, site: Site, kiosk: Visitor) -> None:
        code = book(site)
        site.hall.workplace.clock.move(hours=1)  # type: ignore[attr-defined]
        came = document(kiosk.send("/api/appointments/check-in", {"code": code}))
        assert (came["late"], came["due_at"]) == (True, None)

    def test_the_early_are_told_when_to_come(self, site: Site, kiosk: Visitor) -> None:
        refused = kiosk.send("/api/appointments/check-in", {"code": book(site, minutes=300)})
        assert (refused.status_code, document(refused)["code"]) == (409, "too-early")

    def test_a_card_without_an_appointment(self, site: Site, kiosk: Visitor) -> None:
        refused = kiosk.send("/api/appointments/check-in", {"card": lay_card(site)})
        assert refused.status_code == 404
        assert "没有找到您今天的预约" in document(refused)["detail"]

    def test_others_check_nobody_in(self, site: Site) -> None:
        refused = site.device("display").send("/api/appointments/check-in", {"code": "123456"})
        assert refused.status_code == 403

    def test_the_same_number_under_the_same_key_is_one_ticket(
        self, site: Site, kiosk: Visitor
    ) -> None:
        book(site, NUMBER)
        body = {"id_number": NUMBER}
        first = kiosk.send("/api/appointments/check-in", body, "one")
        assert document(kiosk.send("/api/appointments/check-in", body, "one")) == document(first)
        other = {"id_number": "000000199001010026"}
        assert kiosk.send("/api/appointments/check-in", other, "one").status_code == 422

from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from server.queueing.models import Call, Ticket
from tests.builders.hall import a_hall
from tests.builders.site import Site, Visitor, document


class Desk:
    """A clerk at counter 1: the page remembers the snapshot that it shows."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.clerk = site.person("clerk1")
        self.path = f"/api/counters/{site.hall.counters[1]}"
        self.shown = document(self.clerk.send(f"{self.path}/open"))

    def press(self, button: str, key: str | None = None) -> TestResponse:
        """Press a button; the page shows what came back when it was done."""
        body = {"version": self.shown["version"]}
        response = self.clerk.send(f"{self.path}/{button}", body, key)
        if response.status_code == 200:
            self.shown = document(response)
        return response

    @property
    def ticket(self) -> dict[str, Any]:
        """The ticket in hand that the page shows."""
        ticket: dict[str, Any] = self.shown["ticket"]
        return ticket


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def code(response: TestResponse) -> tuple[int, str]:
    return response.status_code, document(response)["code"]


class TestServing:
    def test_a_citizen_is_served(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        states = []
        for button in ("next", "recall", "start"):
            desk.press(button)
            states.append((desk.ticket["label"], desk.ticket["state"], desk.ticket["calls"]))
        desk.press("finish")
        assert states == [("A001", "called", 1), ("A001", "called", 2), ("A001", "serving", 2)]
        assert (desk.shown["ticket"], desk.shown["served_today"]) == (None, 1)

    def test_who_does_not_come_is_counted(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.press("next")
        desk.press("no-show")
        assert (desk.shown["ticket"], desk.shown["no_shows_today"]) == (None, 1)

    def test_the_page_offers_what_may_be_done(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.press("next")
        assert desk.ticket["actions"] == [
            "recall",
            "start",
            "finish",
            "mark_no_show",
            "transfer",
        ]
        desk.press("start")
        assert desk.ticket["actions"] == ["finish", "hold", "transfer"]

    def test_the_page_tells_who_waits(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        site.hall.take("A")
        desk.press("next")
        assert desk.shown["waiting_total"] == 1
        assert [(queue["prefix"], queue["waiting"]) for queue in desk.shown["waiting"]] == [
            ("A", 1)
        ]


class TestConflicts:
    """A press that does not fit brings the fresh state along."""

    def test_nobody_waits(self, desk: Desk) -> None:
        assert code(desk.press("next")) == (409, "nobody-waiting")

    def test_nothing_is_in_hand(self, desk: Desk) -> None:
        assert code(desk.press("finish")) == (409, "no-ticket-in-hand")

    def test_the_table_says_no(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.press("next")
        desk.press("start")
        assert code(desk.press("no-show")) == (409, "action-not-allowed")

    def test_a_stale_page_is_given_the_fresh_state(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        site.hall.take("A")
        other_page = Desk(site)
        other_page.press("next")
        response = desk.press("next")
        assert code(response) == (409, "stale")
        fresh = document(response)["current"]
        assert fresh == other_page.shown
        assert fresh["ticket"]["label"] == "A001"

    def test_a_refused_press_brings_the_fresh_state_too(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.press("next")
        response = desk.press("next")
        assert code(response) == (409, "ticket-in-hand")
        assert document(response)["current"] == desk.shown

    def test_a_refused_press_changes_nothing(self, desk: Desk) -> None:
        before = desk.shown
        desk.press("next")
        assert document(desk.clerk.get(desk.path)) == before


class TestKeys:
    def test_next_pressed_twice_calls_one(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        site.hall.take("A")
        key = uuid4().hex
        version = {"version": desk.shown["version"]}
        first = desk.clerk.send(f"{desk.path}/next", version, key)
        second = desk.clerk.send(f"{desk.path}/next", version, key)
        assert document(first) == document(second)
        assert site.hall.count(Call) == 1

    def test_a_key_is_not_used_for_another_button(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.press("next", key="k")
        assert code(desk.press("finish", key="k")) == (422, "idempotency-key-reused")
        with site.hall.session() as session:
            assert session.query(Ticket.state).scalar() == "called"


class TestPlaces:
    def test_the_list_tells_who_is_where(self, site: Site, desk: Desk) -> None:
        [counter] = document(desk.clerk.get("/api/counters"))["counters"]
        assert (counter["number"], counter["open"], counter["mine"], counter["clerk"]) == (
            1,
            True,
            True,
            "张**",
        )
        assert site.hall.counters[1] == counter["counter_id"]

    def test_a_counter_left_is_free(self, desk: Desk) -> None:
        response = desk.clerk.send(f"{desk.path}/close")
        assert (document(response)["open"], document(response)["mine"]) == (False, False)

    def test_a_counter_with_a_ticket_in_hand_is_not_left(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.press("next")
        assert code(desk.clerk.send(f"{desk.path}/close")) == (409, "ticket-in-hand")

    def test_a_counter_not_taken_cannot_be_pressed(self, site: Site) -> None:
        clerk = site.person("clerk1")
        path = f"/api/counters/{site.hall.counters[1]}/next"
        assert code(clerk.send(path, {"version": 0})) == (409, "not-at-counter")

    @pytest.mark.parametrize("number", ["0", "-1", "987654", str(2**63), "x", "１"])
    def test_a_counter_that_is_not_there(self, site: Site, number: str) -> None:
        assert site.person("clerk1").get(f"/api/counters/{number}").status_code == 404

    def test_another_halls_counter_is_not_there(self, site: Site) -> None:
        other = a_hall().named("另一个大厅").with_counter(1)
        built = other.build(site.hall.database, site.hall.workplace.clock)
        clerk: Visitor = site.person("clerk1")
        path = f"/api/counters/{built.counters[1]}"
        assert clerk.get(path).status_code == 404
        assert clerk.send(f"{path}/open").status_code == 404
        assert clerk.send(f"{path}/next", {"version": 0}).status_code == 404


def test_the_clerks_page(site: Site) -> None:
    assert "<hk-counter" in site.person("clerk1").look("/counter").text

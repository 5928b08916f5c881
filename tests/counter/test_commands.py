"""What a clerk does beyond the plain presses, as the page sends it."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from server.queueing.models import StaffAlarm, Transfer
from tests.builders.site import Site, document


class Desk:
    """A clerk at counter 1."""

    def __init__(self, site: Site) -> None:
        self.clerk = site.person("clerk1")
        self.path = f"/api/counters/{site.hall.counters[1]}"
        self.shown = document(self.clerk.send(f"{self.path}/open"))

    def send(self, command: str, **body: Any) -> TestResponse:
        """Send a command with the version shown; show what comes back."""
        answer = self.clerk.send(
            f"{self.path}/{command}", {"version": self.shown["version"], **body}
        )
        if answer.status_code == 200:
            self.shown = document(answer)
        return answer


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


def test_a_call_is_taken_back(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    desk.send("next")
    assert desk.shown["undo"]["action"] == "call"
    desk.send("undo")
    assert (desk.shown["ticket"], desk.shown["waiting_total"]) == (None, 1)


def test_what_cannot_be_taken_back_is_told_with_the_fresh_state(desk: Desk) -> None:
    refused = desk.send("undo")
    assert (refused.status_code, document(refused)["code"]) == (409, "nothing-to-undo")
    assert document(refused)["current"] == desk.shown


def test_a_number_is_called_for_a_reason(site: Site, desk: Desk) -> None:
    for _ in range(2):
        site.hall.take("A")
    desk.send("call-number", label="A002", reason="群众身体不适")
    assert desk.shown["ticket"]["label"] == "A002"


def test_a_number_without_a_reason_is_refused(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    assert desk.send("call-number", label="A001", reason="").status_code == 422


def test_a_ticket_on_hold_is_taken_up_again(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    for press in ("next", "start", "hold"):
        desk.send(press)
    [held] = desk.shown["on_hold"]
    desk.send("resume", ticket_id=held["id"])
    assert desk.shown["ticket"]["state"] == "serving"


def test_who_was_put_on_hold_has_left(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    for press in ("next", "start", "hold"):
        desk.send(press)
    [held] = desk.shown["on_hold"]
    desk.send("walk-out", ticket_id=held["id"])
    assert desk.shown["on_hold"] == []


def test_a_ticket_goes_on_to_another_service_with_a_note(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    desk.send("next")
    targets = document(desk.clerk.get(f"{desk.path}/targets"))
    service = targets["services"][0]["service_id"]
    desk.send("transfer", service_id=service, note="请核对材料")
    assert (desk.shown["ticket"], desk.shown["waiting_total"]) == (None, 1)
    desk.send("next")
    assert desk.shown["ticket"]["note"] == "请核对材料"


def test_a_counter_closes_for_now(desk: Desk) -> None:
    reason = desk.shown["pause_reasons"][0]["reason"]
    desk.send("pause", reason=reason)
    assert desk.shown["paused"]["reason"] == reason
    desk.send("resume-service")
    assert desk.shown["paused"] is None


def test_the_next_one_comes_by_itself(site: Site, desk: Desk) -> None:
    for _ in range(2):
        site.hall.take("A")
    desk.shown = document(desk.clerk.send(f"{desk.path}/auto-next", {"on": True}))
    desk.send("next")
    desk.send("finish")
    assert desk.shown["ticket"]["label"] == "A002"


def test_a_ticket_turns_out_to_be_three_cases(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    desk.send("next")
    desk.send("finish-cases", cases=3)
    assert desk.shown["served_today"] == 1


def test_the_page_is_told_why_this_number(site: Site, desk: Desk) -> None:
    site.hall.take("A")
    desk.send("next")
    why = desk.shown["ticket"]["why"]
    assert (why["parameters"]["first"], why["words"]) == ("A001", {"lane": "普通"})


class TestConflicts:
    """What does not fit changes nothing and brings the fresh state."""

    @pytest.mark.parametrize(
        ("command", "body"),
        [
            ("call-number", {"label": "A001", "reason": "群众身体不适"}),
            ("resume", {"ticket_id": 1}),
            ("walk-out", {"ticket_id": 1}),
            ("transfer", {"service_id": 1}),
            ("pause", {"reason": "meeting"}),
            ("resume-service", {}),
            ("undo", {}),
            ("finish-cases", {"cases": 2}),
        ],
    )
    def test_a_stale_page_is_given_the_fresh_state(
        self, site: Site, desk: Desk, command: str, body: dict[str, Any]
    ) -> None:
        other_page = Desk(site)
        site.hall.take("A")
        other_page.send("next")
        refused = desk.send(command, **body)
        assert (refused.status_code, document(refused)["code"]) == (409, "stale")
        assert document(refused)["current"] == other_page.shown

    def test_no_number_is_called_over_the_one_in_hand(self, site: Site, desk: Desk) -> None:
        for _ in range(2):
            site.hall.take("A")
        desk.send("next")
        refused = desk.send("call-number", label="A002", reason="群众身体不适")
        assert document(refused)["code"] == "ticket-in-hand"
        assert document(refused)["current"] == desk.shown

    def test_a_paused_counter_calls_nobody(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.send("pause", reason="meeting")
        assert document(desk.send("next"))["code"] == "counter-paused"

    def test_a_reason_that_the_hall_does_not_know_is_refused(self, desk: Desk) -> None:
        assert desk.send("pause", reason="lunch").status_code == 422


class TestKeys:
    """A press whose answer was lost is sent again under its key, and is done once."""

    def test_a_transfer_sent_twice_is_one(self, site: Site, desk: Desk) -> None:
        site.hall.take("A")
        desk.send("next")
        targets = document(desk.clerk.get(f"{desk.path}/targets"))
        body = {
            "version": desk.shown["version"],
            "service_id": targets["services"][0]["service_id"],
        }
        answers = [desk.clerk.send(f"{desk.path}/transfer", body, "k") for _ in range(2)]
        assert document(answers[0]) == document(answers[1])
        assert site.hall.count(Transfer) == 1

    def test_an_alarm_pressed_twice_is_one(self, site: Site, desk: Desk) -> None:
        answers = [desk.clerk.send(f"{desk.path}/alarm") for _ in range(2)]
        assert document(answers[0]) == document(answers[1])
        assert site.hall.count(StaffAlarm) == 1

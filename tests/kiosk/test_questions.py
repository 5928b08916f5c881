"""The log of questions: who was asked first answers for it."""

import pytest

from tests.builders.site import Site, Visitor, document

QUESTIONS = "/api/desk/questions"


@pytest.fixture
def desk(site: Site) -> Visitor:
    return site.person("desk")


def ask(visitor: Visitor, outcome: str = "follow_up", **more: object) -> dict[str, object]:
    answer = visitor.send(QUESTIONS, {"text": "怎么办社保卡", "outcome": outcome, **more})
    assert answer.status_code == 201, answer.text
    return document(answer)


def test_a_question_names_who_was_asked_first(site: Site, desk: Visitor) -> None:
    asked = ask(desk, service_id=site.hall.services["A"])
    assert (asked["first_asked"], asked["service"], asked["open"]) == ("张示例", "A 类业务", True)


@pytest.mark.parametrize("outcome", ["answered", "led"])
def test_what_was_dealt_with_at_once_is_closed(desk: Visitor, outcome: str) -> None:
    assert ask(desk, outcome)["open"] is False


def test_an_answer_closes_it(desk: Visitor) -> None:
    number = ask(desk)["id"]
    closed = document(desk.send(f"{QUESTIONS}/{number}/close", {"answer": "带身份证到三号窗口"}))
    assert (closed["open"], closed["answer"]) == (False, "带身份证到三号窗口")


def test_it_is_closed_once(desk: Visitor) -> None:
    number = ask(desk)["id"]
    desk.send(f"{QUESTIONS}/{number}/close", {"answer": "甲"})
    assert desk.send(f"{QUESTIONS}/{number}/close", {"answer": "甲"}).status_code == 200
    assert desk.send(f"{QUESTIONS}/{number}/close", {"answer": "乙"}).status_code == 409


def test_what_is_owed_stays_in_sight_on_other_days(site: Site, desk: Visitor) -> None:
    ask(desk, "answered")
    ask(desk)
    site.hall.workplace.clock.move(days=1)  # type: ignore[attr-defined]
    shown = document(site.person("desk").get(QUESTIONS))["questions"]
    assert [one["open"] for one in shown] == [True]


def test_a_clerk_may_be_asked_first(site: Site) -> None:
    assert ask(site.person("clerk1"), "answered")["first_asked"] == "张示例"


def test_a_service_of_nowhere_is_refused(desk: Visitor) -> None:
    body = {"text": "什么", "outcome": "led", "service_id": 999}
    assert desk.send(QUESTIONS, body).status_code == 404


def test_a_question_of_nowhere_is_not_closed(desk: Visitor) -> None:
    assert desk.send(f"{QUESTIONS}/999/close", {"answer": "甲"}).status_code == 404


@pytest.mark.parametrize(
    "body", [{}, {"text": "", "outcome": "led"}, {"text": "x", "outcome": "?"}]
)
def test_half_a_question_is_refused(desk: Visitor, body: dict[str, str]) -> None:
    assert desk.send(QUESTIONS, body).status_code == 422


@pytest.mark.parametrize("who", ["admin", "kiosk", "display"])
def test_others_write_nothing(site: Site, who: str) -> None:
    body = {"text": "什么", "outcome": "led"}
    assert site.visitor(who).send(QUESTIONS, body).status_code == 403

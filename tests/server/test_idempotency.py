from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from server.database import Database
from server.idempotency import IdempotencyKey, once, request_hash
from server.problems import Conflict, KeyReused
from server.queueing.issuing import issue_ticket
from server.queueing.models import Ticket
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A queue and two clerks who may act."""
    return a_hall().with_queue("A").with_clerks(2).build(database, clock)


def take(hall: BuiltHall, key: str, who: str = "clerk1", **body: object) -> dict[str, Any]:
    """Take a ticket under a key."""
    with hall.work(who) as work:

        def perform() -> dict[str, Any]:
            return {"label": issue_ticket(work, hall.services["A"]).ticket.label}

        return once(work, key, "take", body, perform)


def test_a_key_seen_for_the_first_time_does_the_work(hall: BuiltHall) -> None:
    assert take(hall, "k1") == {"label": "A001"}


def test_the_same_key_gives_the_first_answer_and_does_nothing(hall: BuiltHall) -> None:
    take(hall, "k1", service=1)
    take(hall, "k2", service=1)
    assert take(hall, "k1", service=1) == {"label": "A001"}
    assert hall.count(Ticket) == 2


def test_the_same_key_with_another_body_is_refused(hall: BuiltHall) -> None:
    take(hall, "k1", service=1)
    with pytest.raises(KeyReused):
        take(hall, "k1", service=2)
    assert hall.count(Ticket) == 1


def test_the_same_key_with_another_command_is_refused(hall: BuiltHall) -> None:
    take(hall, "k1")
    with pytest.raises(KeyReused), hall.work("clerk1") as work:
        once(work, "k1", "give back", {}, dict)


def test_keys_of_different_people_do_not_meet(hall: BuiltHall) -> None:
    take(hall, "k1", who="clerk1")
    assert take(hall, "k1", who="clerk2") == {"label": "A002"}


def test_the_order_of_fields_does_not_matter() -> None:
    assert request_hash("take", {"a": 1, "b": 2}) == request_hash("take", {"b": 2, "a": 1})


def test_work_that_failed_may_be_tried_again_under_its_key(hall: BuiltHall) -> None:
    attempts = count()

    def fail_at_first() -> dict[str, Any]:
        if next(attempts) == 0:
            raise Conflict("not yet")
        return {"done": True}

    def attempt() -> dict[str, Any]:
        with hall.work("clerk1") as work:
            return once(work, "k1", "try", {}, fail_at_first)

    with pytest.raises(Conflict):
        attempt()
    assert hall.count(IdempotencyKey) == 0
    assert attempt() == {"done": True}


def test_the_same_key_twice_at_once_makes_one_ticket(hall: BuiltHall) -> None:
    answers = together(8, lambda _press: take(hall, "k1"))
    assert answers == [{"label": "A001"}] * 8
    with hall.session() as session:
        assert list(session.scalars(select(Ticket.label))) == ["A001"]

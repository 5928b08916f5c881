"""Keys of a panel do what the page's buttons do, as the clerk who is there."""

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.queueing.models import Rating
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.builders.clock import HandClock
from tests.server.agents.conftest import ApiAgent


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    for _ in range(3):
        hall.take("A")
    return hall.clerk(1)


def press(agent: ApiAgent, clerk: ClerkAtCounter, name: str, digits: str = "") -> object:
    """Press a key of an up-to-date panel; what the panel shows then, or the error's code."""
    path = f"/counters/{clerk.counter_id}/press"
    body = agent.post(path, {"press": name, "digits": digits, "version": clerk.version}).body
    return body.get("code") or (body["ticket"], body["waiting"])


def test_the_desired_state_says_what_panels_show(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    clerk.next()
    (content,) = agent.get("/desired")["counters"]
    assert (content["ticket"], content["waiting"], content["version"]) == ("A001", 2, clerk.version)


def test_next_calls_the_next_ticket(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    assert press(agent, clerk, "next") == ("A001", 2)


def test_next_finishes_the_ticket_in_hand_and_goes_on(
    agent: ApiAgent, clerk: ClerkAtCounter, clock: HandClock
) -> None:
    press(agent, clerk, "next")
    clock.move(minutes=5)
    assert press(agent, clerk, "next") == ("A002", 1)


def test_next_with_nobody_waiting_finishes_the_ticket_in_hand(
    agent: ApiAgent, clerk: ClerkAtCounter, clock: HandClock
) -> None:
    for _ in range(4):
        shown = press(agent, clerk, "next")
        clock.move(minutes=5)
    assert shown == ("", 0)
    assert press(agent, clerk, "next") == "nobody-waiting"


def test_a_second_press_by_mistake_does_not_finish_the_ticket_just_called(
    agent: ApiAgent, clerk: ClerkAtCounter, clock: HandClock
) -> None:
    press(agent, clerk, "next")
    clock.move(seconds=1)
    assert press(agent, clerk, "next") == "ticket-in-hand"


def test_the_same_press_sent_again_is_done_once(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    path, body = f"/counters/{clerk.counter_id}/press", {"press": "next", "version": clerk.version}
    first = agent.post(path, body, key="k1").body
    assert agent.post(path, body, key="k1").body == first


def test_a_panel_that_saw_an_older_state_is_told_so(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    version = clerk.version
    clerk.next()
    answer = agent.post(
        f"/counters/{clerk.counter_id}/press", {"press": "recall", "version": version}
    )
    assert (answer.status, answer.body["code"]) == (409, "stale")


def test_the_clerk_on_duty_is_who_did_it(
    agent: ApiAgent, clerk: ClerkAtCounter, hall: BuiltHall
) -> None:
    press(agent, clerk, "next")
    with hall.session() as session:
        actor = session.scalars(
            select(AuditEntry.actor).where(AuditEntry.action == "ticket.call")
        ).one()
    assert actor == hall.actor("clerk1").label


def test_nobody_at_the_counter(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    clerk.close()
    assert press(agent, clerk, "next") == "not-at-counter"


def test_a_counter_without_this_agents_panel(
    agent: ApiAgent, clerk: ClerkAtCounter, hall: BuiltHall
) -> None:
    assert press(agent, hall.clerk(2), "next") == "not-found"


def test_no_show_and_recall(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    clerk.next()
    assert press(agent, clerk, "recall") == ("A001", 2)
    assert press(agent, clerk, "no_show") == ("", 2)


def test_evaluate_says_which_ticket_is_to_be_rated(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    ticket = clerk.next()
    body = {"press": "evaluate", "version": clerk.version}
    answer = agent.post(f"/counters/{clerk.counter_id}/press", body).body
    assert answer["rate_ticket"] == ticket.id


def test_a_rating_is_stored_once(agent: ApiAgent, clerk: ClerkAtCounter, hall: BuiltHall) -> None:
    ticket = clerk.next()
    path = f"/counters/{clerk.counter_id}/rating"
    body = {"grade": "satisfied", "ticket_id": ticket.id}
    assert agent.post(path, body).status == 201
    assert agent.post(path, body).body["code"] == "already-rated"
    assert hall.count(Rating) == 1


def test_a_rating_from_a_counter_without_a_pad(
    agent: ApiAgent, clerk: ClerkAtCounter, hall: BuiltHall
) -> None:
    answer = agent.post(f"/counters/{hall.counters[2]}/rating", {"grade": "satisfied"})
    assert answer.status == 404


def test_digits_and_next_call_that_number(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    assert press(agent, clerk, "next", "003") == ("A003", 2)


def test_a_number_that_does_not_wait(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    assert press(agent, clerk, "next", "9") == "not-found"


def test_hold_and_return(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    clerk.next()
    assert press(agent, clerk, "hold") == ("", 2)
    assert press(agent, clerk, "return") == ("A001", 2)


def test_nothing_on_hold(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    assert press(agent, clerk, "return") == "action-not-allowed"


def test_pause_and_open_again(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    press(agent, clerk, "pause")
    assert press(agent, clerk, "next") == "counter-paused"
    press(agent, clerk, "pause")
    assert press(agent, clerk, "next") == ("A001", 2)


def test_transfer_to_the_counter_of_the_typed_number(
    agent: ApiAgent, clerk: ClerkAtCounter, hall: BuiltHall
) -> None:
    other = hall.clerk(2)
    clerk.next()
    assert press(agent, clerk, "transfer", "02") == ("", 3)
    assert other.next().label == "A001"


def test_transfer_without_a_number(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    clerk.next()
    assert press(agent, clerk, "transfer") == "not-found"


def test_cancel_takes_the_last_press_back(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    press(agent, clerk, "next")
    assert press(agent, clerk, "cancel") == ("", 3)

"""Who may listen, to what; and that sockets take no commands."""

from collections.abc import Callable
from typing import Any

import pytest
from flask_socketio import SocketIOTestClient

from tests.builders.clock import HandClock
from tests.builders.site import Site, Visitor

Listen = Callable[..., SocketIOTestClient]

# Who follows which topics; the same as the table in the guide for administrators.
TOPICS = {
    "admin": {"supervision", "display"},
    "clerk1": {"counters"},
    "desk": {"kiosk", "display", "supervision"},
    "supervisor": {"supervision", "display"},
    "kiosk": {"kiosk"},
    "display": {"display"},
    "agent": {"agents", "counters"},
}
EVERY_TOPIC = set().union(*TOPICS.values())


@pytest.fixture
def listen(site: Site) -> Listen:
    """Opens a socket with a visitor's credentials."""

    def connect(visitor: Visitor, auth: object = None) -> SocketIOTestClient:
        bearer = {"Authorization": f"Bearer {visitor.bearer}"} if visitor.bearer else None
        return SocketIOTestClient(
            site.hallkeeper.app,
            site.hallkeeper.socketio,
            headers=bearer,
            auth=auth,
            flask_test_client=visitor.client,
        )

    return connect


def topics(socket: SocketIOTestClient) -> set[str]:
    """The topics of the notices that came."""
    return {event["args"][0]["topic"] for event in notices(socket)}


def notices(socket: SocketIOTestClient) -> list[dict[str, Any]]:
    return [event for event in socket.get_received() if event["name"] == "notice"]


def everything_happens(site: Site) -> None:
    """Something is told on every topic."""
    for topic in EVERY_TOPIC:
        site.hallkeeper.relay.emit("notice", {"topic": topic}, f"hall:{site.hall.id}:{topic}")


def test_who_is_not_known_is_refused(site: Site, listen: Listen) -> None:
    assert not listen(site.nobody()).is_connected()


@pytest.mark.parametrize("token", ["guessed", "", None, 7, ["list"]])
def test_a_wrong_token_is_refused(site: Site, listen: Listen, token: object) -> None:
    assert not listen(site.nobody(), auth={"token": token}).is_connected()


def test_an_expired_session_is_refused(site: Site, listen: Listen, clock: HandClock) -> None:
    clerk = site.person("clerk1")
    clock.move(hours=12)
    assert not listen(clerk).is_connected()


@pytest.mark.parametrize("who", sorted(TOPICS))
def test_everybody_hears_what_concerns_them_alone(site: Site, listen: Listen, who: str) -> None:
    socket = listen(site.visitor(who))
    everything_happens(site)
    assert topics(socket) == TOPICS[who]


def test_an_agent_may_show_its_token_in_the_handshake(site: Site, listen: Listen) -> None:
    socket = listen(site.nobody(), auth={"token": site.device("agent").bearer})
    everything_happens(site)
    assert topics(socket) == TOPICS["agent"]


def test_another_halls_notices_are_not_heard(site: Site, listen: Listen) -> None:
    socket = listen(site.device("kiosk"))
    site.hallkeeper.relay.emit("notice", {"topic": "kiosk"}, f"hall:{site.hall.id + 1}:kiosk")
    assert notices(socket) == []


def test_a_newcomer_is_told_the_version(site: Site, listen: Listen) -> None:
    [hello] = listen(site.device("kiosk")).get_received()
    assert hello["name"] == "hello"
    assert set(hello["args"][0]) == {"version"}


def test_a_ticket_taken_is_heard_at_the_counters_and_on_the_screen(
    site: Site, listen: Listen
) -> None:
    clerk, screen = listen(site.person("clerk1")), listen(site.device("display"))
    site.hallkeeper.relay.start_from_now()
    site.hall.take("A")
    site.hallkeeper.relay.run_once()
    [at_the_counter] = [event["args"][0] for event in notices(clerk)]
    [on_the_screen] = [event["args"][0] for event in notices(screen)]
    assert (at_the_counter["kinds"], "snapshot" in at_the_counter) == (["TicketIssued"], False)
    assert on_the_screen["snapshot"]["waiting"][0]["waiting"] == 1


@pytest.mark.parametrize("event", ["call_next", "message", "notice", "my event"])
def test_who_speaks_is_disconnected(site: Site, listen: Listen, event: str) -> None:
    socket = listen(site.person("clerk1"))
    socket.emit(event, {"counter": 1})
    assert not socket.is_connected()


def test_who_speaks_is_not_heard_by_others(site: Site, listen: Listen) -> None:
    talker, listener = listen(site.person("clerk1")), listen(site.person("clerk1"))
    listener.get_received()
    talker.emit("notice", {"topic": "counters", "seq": 10**9})
    assert listener.get_received() == []
    assert listener.is_connected()

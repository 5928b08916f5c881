import time
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError

from server.catalogue.views import hall as hall_row
from server.database import Database
from server.events import DomainEvent
from server.realtime import Relay, room
from server.work import SYSTEM, Work
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


@dataclass(frozen=True, slots=True)
class LampLit(DomainEvent):
    """Of interest to the gate and to the screens."""

    topics: ClassVar[frozenset[str]] = frozenset({"gate", "screen"})


@dataclass(frozen=True, slots=True)
class DoorOpened(DomainEvent):
    """Of interest to the gate alone."""

    topics: ClassVar[frozenset[str]] = frozenset({"gate"})


class Screen(BaseModel):
    """A snapshot as pushed with a notice."""

    seq: int
    lamps: int


class Radio:
    """Keeps what the relay sends; may be told to break while building a snapshot."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any], str]] = []
        self.broken = False

    def emit(self, event: str, notice: dict[str, Any], to: str) -> None:
        """As Socket.IO's emit."""
        self.sent.append((event, notice, to))

    def screen(self, work: Work) -> Screen:
        """The pushed snapshot."""
        if self.broken:
            raise OperationalError("SELECT 1", {}, Exception("gone"))
        return Screen(seq=hall_row(work).event_seq, lamps=7)

    def notices(self, topic: str) -> list[dict[str, Any]]:
        """What was sent about a topic."""
        return [notice for _, notice, _ in self.sent if notice["topic"] == topic]


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """An empty hall."""
    return a_hall().build(database, clock)


@pytest.fixture
def radio() -> Radio:
    """Listens."""
    return Radio()


@pytest.fixture
def relay(hall: BuiltHall, radio: Radio) -> Relay:
    """A relay that pushes the screen's snapshot."""
    return Relay(hall.workplace, radio.emit, pushed={"screen": radio.screen})


def happen(hall: BuiltHall, *events: DomainEvent) -> None:
    with hall.workplace.write(hall.id, SYSTEM) as work:
        for event in events:
            work.record(event)


def test_each_topics_room_is_told_once_of_all_that_is_new(
    hall: BuiltHall, relay: Relay, radio: Radio
) -> None:
    happen(hall, LampLit(), DoorOpened())
    happen(hall, DoorOpened())
    assert relay.run_once() == 3
    assert radio.sent[0] == (
        "notice",
        {"topic": "gate", "seq": 3, "prev": 0, "kinds": ["DoorOpened", "LampLit"]},
        room(hall.id, "gate"),
    )
    assert [to for _, _, to in radio.sent] == [room(hall.id, "gate"), room(hall.id, "screen")]


def test_nothing_new_is_nothing_told(hall: BuiltHall, relay: Relay, radio: Radio) -> None:
    happen(hall, DoorOpened())
    relay.run_once()
    assert relay.run_once() == 0
    assert len(radio.sent) == 1


def test_a_notice_names_the_one_before_it_on_its_topic(
    hall: BuiltHall, relay: Relay, radio: Radio
) -> None:
    for event in (LampLit(), DoorOpened(), DoorOpened(), LampLit()):
        happen(hall, event)
        relay.run_once()
    gate = [(notice["prev"], notice["seq"]) for notice in radio.notices("gate")]
    screen = [(notice["prev"], notice["seq"]) for notice in radio.notices("screen")]
    assert gate == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert screen == [(0, 1), (1, 4)]


def test_after_a_start_only_what_is_new_is_told_and_follows_what_was(
    hall: BuiltHall, relay: Relay, radio: Radio
) -> None:
    happen(hall, DoorOpened(), DoorOpened())
    relay.start_from_now()
    happen(hall, DoorOpened())
    relay.run_once()
    assert [(notice["prev"], notice["seq"]) for notice in radio.notices("gate")] == [(2, 3)]


def test_a_pushed_topic_gets_its_snapshot_and_the_servers_time(
    hall: BuiltHall, relay: Relay, radio: Radio, clock: HandClock
) -> None:
    happen(hall, LampLit())
    relay.run_once()
    assert radio.notices("screen") == [
        {
            "topic": "screen",
            "seq": 1,
            "prev": 0,
            "kinds": ["LampLit"],
            "snapshot": {"seq": 1, "lamps": 7},
            "now": clock().isoformat(),
        }
    ]


def test_a_snapshot_may_be_fresher_than_its_event(
    hall: BuiltHall, relay: Relay, radio: Radio
) -> None:
    happen(hall, LampLit())
    happen(hall, DoorOpened())
    relay.run_once()
    happen(hall, LampLit())
    relay.run_once()
    assert [(notice["prev"], notice["seq"]) for notice in radio.notices("screen")] == [
        (0, 2),
        (2, 3),
    ]


def test_halls_do_not_hear_each_other(
    hall: BuiltHall, relay: Relay, radio: Radio, clock: HandClock
) -> None:
    other = a_hall().named("另一个大厅").build(hall.database, clock)
    relay.start_from_now()
    happen(other, DoorOpened())
    relay.run_once()
    assert [to for _, _, to in radio.sent] == [room(other.id, "gate")]


def test_a_hall_set_up_later_is_heard_from_its_first_event(
    hall: BuiltHall, relay: Relay, radio: Radio, clock: HandClock
) -> None:
    relay.start_from_now()
    other = a_hall().named("新的大厅").build(hall.database, clock)
    happen(other, DoorOpened())
    assert relay.run_once() == 1


def test_what_could_not_be_told_is_told_the_next_time(
    hall: BuiltHall, relay: Relay, radio: Radio
) -> None:
    happen(hall, LampLit())
    radio.broken = True
    with pytest.raises(OperationalError):
        relay.run_once()
    radio.broken = False
    relay.run_once()
    assert [notice["seq"] for notice in radio.notices("screen")] == [1]


def test_who_goes_round_for_ever_begins_from_now(
    hall: BuiltHall, relay: Relay, radio: Radio
) -> None:
    happen(hall, DoorOpened())
    relay.go_round()
    happen(hall, DoorOpened())
    relay.go_round()
    assert [notice["seq"] for notice in radio.notices("gate")] == [2]


def test_a_relay_whose_rounds_fail_falls_silent(
    hall: BuiltHall, relay: Relay, radio: Radio, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay.go_round()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 60)
    radio.broken = True
    happen(hall, LampLit())
    with pytest.raises(OperationalError):
        relay.go_round()
    assert relay.silence >= 60
    radio.broken = False
    relay.go_round()
    assert relay.silence == 0

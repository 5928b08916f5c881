"""What was read stays in memory for a minute, for one kiosk."""

import pytest

from server.devices.models import DeviceKind
from server.edge.handover import (
    MOST_KEPT,
    Handover,
    HandoverGone,
    HandoverKind,
    Handovers,
)
from server.edge.topics import kiosk_topic, topics_of
from server.security.principal import Principal
from server.work import Actor
from tests.builders.clock import HandClock

NUMBER = "000000199001010018"
KIOSK = kiosk_topic(7)
CARD = Handover(1, KIOSK, HandoverKind.CARD, name="示例甲", number=NUMBER)


@pytest.fixture
def handovers(clock: HandClock) -> Handovers:
    return Handovers(clock)


def test_a_kiosk_takes_what_was_read_for_it_once(handovers: Handovers) -> None:
    token = handovers.put(CARD)
    assert handovers.look(token, 1, KIOSK) == CARD
    assert handovers.take(token, 1, KIOSK) == CARD
    with pytest.raises(HandoverGone):
        handovers.look(token, 1, KIOSK)


def test_another_kiosk_does_not(handovers: Handovers) -> None:
    token = handovers.put(CARD)
    with pytest.raises(HandoverGone):
        handovers.take(token, 1, kiosk_topic(8))


def test_after_a_minute_it_is_gone(handovers: Handovers, clock: HandClock) -> None:
    token = handovers.put(CARD)
    clock.move(seconds=60)
    with pytest.raises(HandoverGone):
        handovers.look(token, 1, KIOSK)
    assert not handovers._kept


def test_memory_is_bounded(handovers: Handovers) -> None:
    first = handovers.put(CARD)
    for _ in range(MOST_KEPT):
        handovers.put(CARD)
    assert len(handovers._kept) == MOST_KEPT
    with pytest.raises(HandoverGone):
        handovers.look(first, 1, KIOSK)


def test_a_person_is_shown_masked(handovers: Handovers) -> None:
    assert CARD.masked() == {
        "kind": "card",
        "name": "示**",
        "number": "0000************18",
    }
    assert NUMBER not in repr(CARD)


def test_a_scan_is_shown_as_it_is() -> None:
    scan = Handover(1, KIOSK, HandoverKind.SCAN, text="A001")
    assert scan.masked() == {"kind": "scan", "text": "A001"}


def test_a_kiosk_follows_its_own_topic_and_no_other_device_does() -> None:
    kiosk, display = (
        Principal(1, "x", Actor("device:7", device_id=7), device_kind=kind)
        for kind in (DeviceKind.KIOSK, DeviceKind.DISPLAY)
    )
    assert kiosk_topic(7) in topics_of(kiosk)
    assert kiosk_topic(7) not in topics_of(display)

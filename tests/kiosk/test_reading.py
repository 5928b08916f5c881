"""At the kiosk: a card's person is shown masked, a scanned ticket may come back."""

from pathlib import Path

import pytest

from server.devices.models import Device, DeviceKind
from server.edge.handover import Handover, HandoverKind
from server.edge.topics import kiosk_topic
from server.queueing.models import Ticket
from server.queueing.states import TicketAction, TicketState
from tests.builders.fixtures import site
from tests.builders.site import Site, document

__all__ = ["site"]

NUMBER = "000000199001010018"


@pytest.fixture
def reader(site: Site) -> int:
    """A card reader beside the kiosk."""
    return _add(site, DeviceKind.ID_READER)


@pytest.fixture
def scanner(site: Site) -> int:
    """A scanner beside the kiosk."""
    return _add(site, DeviceKind.SCANNER)


def _add(site: Site, kind: DeviceKind) -> int:
    devices = site.hall.devices
    with site.hall.database.write() as session:
        device = Device(
            hall_id=site.hall.id,
            kind=kind,
            name=kind.value,
            agent_id=devices["agent"],
            options={"kiosk_id": devices["kiosk"]},
        )
        session.add(device)
        session.flush()
        return device.id


def hand_over(site: Site, kind: HandoverKind, **content: str) -> str:
    """Something was read beside the kiosk; its token."""
    handover = Handover(site.hall.id, kiosk_topic(site.hall.devices["kiosk"]), kind, **content)
    handovers = site.hallkeeper.app.extensions["hallkeeper"].handovers
    token: str = handovers.put(handover)
    return token


def pushed(site: Site) -> list[tuple[str, dict[str, object], str]]:
    """What sockets are told from now on."""
    told: list[tuple[str, dict[str, object], str]] = []
    site.hallkeeper.relay.emit = lambda *one: told.append(one)
    return told


def missed_ticket(site: Site) -> Ticket:
    """A ticket whose citizen did not come."""
    site.hall.take("A")
    clerk = site.hall.clerk(1)
    ticket = clerk.next()
    while ticket.state is not TicketState.NO_SHOW:
        site.hall.workplace.clock.move(seconds=30)  # type: ignore[attr-defined]
        clerk.recall()
        ticket = clerk.press(TicketAction.MARK_NO_SHOW)
    return ticket


def test_a_card_is_pushed_to_its_kiosk_alone(site: Site, reader: int) -> None:
    told = pushed(site)
    body = {"name": "示例甲", "number": NUMBER}
    answer = site.device("agent").send(f"/api/agent/readers/{reader}/card", body)
    assert answer.status_code == 204
    ((event, message, room),) = told
    kiosk = site.hall.devices["kiosk"]
    assert (event, room) == ("handover", f"hall:{site.hall.id}:kiosk:{kiosk}")
    assert NUMBER not in str(message)
    shown = site.device("kiosk").get(f"/api/kiosk/handovers/{message['token']}")
    assert document(shown)["name"] == "示**"


def test_nothing_of_a_card_is_stored(site: Site, reader: int) -> None:
    pushed(site)
    body = {"name": "示例甲", "number": NUMBER}
    site.device("agent").send(f"/api/agent/readers/{reader}/card", body)
    path = Path(site.hall.database.engine.url.database or "")
    stored = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert b"SQLite" in stored
    assert NUMBER.encode() not in stored
    assert "示例甲".encode() not in stored


@pytest.mark.parametrize(
    "body", [{"name": "示例甲", "number": "1"}, {"name": "", "number": NUMBER}, {"name": "示例甲"}]
)
def test_what_is_no_card_is_refused_and_not_repeated(
    site: Site, reader: int, body: dict[str, str]
) -> None:
    answer = site.device("agent").send(f"/api/agent/readers/{reader}/card", body)
    assert answer.status_code == 422
    assert NUMBER not in answer.text


def test_a_reader_that_stands_by_no_kiosk(site: Site, reader: int) -> None:
    with site.hall.database.write() as session:
        session.get_one(Device, reader).options = {}
    answer = site.device("agent").send(f"/api/agent/readers/{reader}/unreadable")
    assert answer.status_code == 404


def test_a_scanner_is_no_card_reader(site: Site, scanner: int) -> None:
    answer = site.device("agent").send(f"/api/agent/readers/{scanner}/unreadable")
    assert answer.status_code == 404


def test_a_missed_citizen_scans_the_ticket_and_waits_again(site: Site, scanner: int) -> None:
    ticket = missed_ticket(site)
    told = pushed(site)
    text = {"text": f"http://hall.example/t/{ticket.secret}"}
    site.device("agent").send(f"/api/agent/scanners/{scanner}/scan", text)
    token = told[0][1]["token"]
    answer = site.device("kiosk").send("/api/kiosk/returns", {"token": token})
    assert document(answer) == {"id": ticket.id, "label": ticket.label}
    with site.hall.session() as session:
        assert session.get_one(Ticket, ticket.id).state is TicketState.WAITING


@pytest.mark.parametrize("text", ["A001", "http://hall.example/t/unknown", "http://hall.example/"])
def test_a_code_of_something_else(site: Site, text: str) -> None:
    token = hand_over(site, HandoverKind.SCAN, text=text)
    assert site.device("kiosk").send("/api/kiosk/returns", {"token": token}).status_code == 404


def test_a_card_is_no_ticket(site: Site) -> None:
    token = hand_over(site, HandoverKind.CARD, name="示例甲", number=NUMBER)
    assert site.device("kiosk").send("/api/kiosk/returns", {"token": token}).status_code == 404


def test_what_was_read_an_hour_ago_is_gone(site: Site) -> None:
    assert site.device("kiosk").get("/api/kiosk/handovers/gone").status_code == 404


def test_a_scanner_that_types_serves_the_guidance_desk(site: Site) -> None:
    ticket = missed_ticket(site)
    body = {"text": f"http://hall.example/t/{ticket.secret}"}
    answer = site.person("desk").send("/api/kiosk/returns", body)
    assert document(answer)["label"] == ticket.label


def test_nothing_was_scanned(site: Site) -> None:
    assert site.device("kiosk").send("/api/kiosk/returns", {}).status_code == 404

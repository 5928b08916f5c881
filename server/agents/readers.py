"""What was read beside a kiosk or at the guidance desk is handed to it and kept nowhere."""

from typing import Annotated

from apiflask import APIBlueprint
from pydantic import Field

from server.agents.routes import AGENTS
from server.devices.readers import kiosk_of_scanner, place_of_reader
from server.edge.access import access
from server.edge.context import caller, context, reading
from server.edge.fields import Body
from server.edge.handover import VALID, Handover, HandoverKind
from server.edge.topics import DESK_TOPIC, kiosk_topic
from server.realtime import room

blueprint = APIBlueprint("agent_readers", __name__, url_prefix="/api/agent")

EVENT = "handover"
LONGEST_NAME = 40
LONGEST_SCAN = 512

ScannedText = Annotated[str, Field(min_length=1, max_length=LONGEST_SCAN, pattern=r"^[^\x00]*$")]


class CardBody(Body):
    """A card's person."""

    name: str = Field(min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00]*$")
    number: str = Field(pattern="^[0-9]{17}[0-9X]$")


class ScanBody(Body):
    """A code's text."""

    text: ScannedText


@blueprint.post("/readers/<row:device_id>/card")
@access(AGENTS)
@blueprint.input(CardBody, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def card(device_id: int, body: CardBody) -> str:
    """A card was laid on a reader."""
    topic = _topic_of_reader(device_id)
    _hand_over(
        Handover(caller().hall_id, topic, HandoverKind.CARD, name=body.name, number=body.number)
    )
    return ""


@blueprint.post("/readers/<row:device_id>/unreadable")
@access(AGENTS)
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def unreadable(device_id: int) -> str:
    """A card lies on a reader and cannot be read."""
    topic = _topic_of_reader(device_id)
    _hand_over(Handover(caller().hall_id, topic, HandoverKind.UNREADABLE_CARD))
    return ""


@blueprint.post("/scanners/<row:device_id>/scan")
@access(AGENTS)
@blueprint.input(ScanBody, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def scan(device_id: int, body: ScanBody) -> str:
    """A code was held before a scanner."""
    with reading() as work:
        topic = kiosk_topic(kiosk_of_scanner(work, device_id))
    _hand_over(Handover(caller().hall_id, topic, HandoverKind.SCAN, text=body.text))
    return ""


def _topic_of_reader(device_id: int) -> str:
    with reading() as work:
        kiosk_id = place_of_reader(work, device_id)
    return DESK_TOPIC if kiosk_id is None else kiosk_topic(kiosk_id)


def _hand_over(handover: Handover) -> None:
    """Keep it for a minute and tell the page beside it, and nobody else, what may be shown."""
    token = context().handovers.put(handover)
    message = handover.masked() | {"token": token, "seconds": int(VALID.total_seconds())}
    context().relay.emit(EVENT, message, room(handover.hall_id, handover.topic))

"""What was read beside the kiosk: a card's person, a ticket's code."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.devices.models import DeviceKind
from server.edge.access import access, allow
from server.edge.context import caller, context, writing
from server.edge.fields import Body, CommandHeaders, Text
from server.edge.handover import Handover, HandoverKind, HandoverToken
from server.edge.topics import kiosk_topic
from server.i18n import N_
from server.idempotency import once
from server.people.models import Role
from server.problems import NotFound
from server.queueing.codes import ticket_of_code
from server.queueing.holders import Holder
from server.queueing.returning import rejoin
from server.work import Work

blueprint = APIBlueprint("kiosk_reading", __name__)

KIOSKS = allow(DeviceKind.KIOSK)
TAKERS = allow(DeviceKind.KIOSK, Role.GUIDANCE_DESK)
LONGEST_SCAN = 512

ScannedText = Annotated[Text, Field(min_length=1, max_length=LONGEST_SCAN)]


class HandoverView(BaseModel):
    """What was read, as far as it may be shown."""

    kind: HandoverKind
    name: str = ""
    number: str = ""
    text: str = ""


class ReturnBody(Body):
    """A scanned ticket: the token of what a scanner read, or the text that one typed."""

    token: HandoverToken | None = None
    text: ScannedText | None = None


class ReturnedTicket(BaseModel):
    """A missed ticket that waits again."""

    id: int
    label: str


@blueprint.get("/api/kiosk/handovers/<token>")
@access(KIOSKS)
@blueprint.output(HandoverView)
@blueprint.doc(responses=[404])
def look(token: str) -> dict[str, str]:
    """What was read, masked; 404 after a minute, or when it was for another kiosk."""
    return _handover(token).masked()


@blueprint.post("/api/kiosk/returns")
@access(TAKERS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(ReturnBody, arg_name="body")
@blueprint.output(ReturnedTicket)
@blueprint.doc(responses=[404, 409, 422])
def come_back(headers: CommandHeaders, body: ReturnBody) -> dict[str, Any]:
    """A citizen who was missed holds the ticket before the scanner and waits again (回队)."""
    text = _scanned(body)
    with writing() as work:
        return once(
            work,
            headers.idempotency_key,
            "return",
            body.model_dump(),
            lambda: _return(work, text),
        )


def card_holder(token: str) -> Holder:
    """Whose card was laid beside the calling kiosk. Raises HandoverGone, NotFound."""
    handover = _handover(token)
    if handover.kind is not HandoverKind.CARD:
        raise NotFound(N_("请将身份证放在读卡器上"))
    return Holder(handover.name, handover.number)


def forget_card(token: str | None) -> None:
    """The card was used: nothing of it stays in memory."""
    if token is not None:
        context().handovers.drop(token)


def _scanned(body: ReturnBody) -> str:
    """What the code says. Raises NotFound when no code was scanned."""
    if body.token is None:
        return body.text or ""
    handover = _handover(body.token)
    if handover.kind is not HandoverKind.SCAN:
        raise NotFound(N_("请扫号票上的二维码"))
    return handover.text


def _return(work: Work, text: str) -> dict[str, Any]:
    ticket = rejoin(work, ticket_of_code(work, text))
    return ReturnedTicket(id=ticket.id, label=ticket.label).model_dump()


def _handover(token: str) -> Handover:
    """What was read beside the calling kiosk; a guidance desk has no reader of its own."""
    asking = caller()
    topic = kiosk_topic(asking.actor.device_id or 0)
    return context().handovers.look(token, asking.hall_id, topic)

"""What was read beside the kiosk: a card's person, a ticket's code."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.devices.models import DeviceKind
from server.edge.access import access, allow
from server.edge.context import caller, context, writing
from server.edge.fields import Body, CommandHeaders
from server.edge.handover import Handover, HandoverKind
from server.i18n import N_
from server.idempotency import once
from server.problems import NotFound
from server.queueing.codes import ticket_of_code
from server.queueing.returning import rejoin
from server.work import Work

blueprint = APIBlueprint("kiosk_reading", __name__)

KIOSKS = allow(DeviceKind.KIOSK)
LONGEST_TOKEN = 100

Token = Annotated[str, Field(min_length=1, max_length=LONGEST_TOKEN, pattern="^[!-~]+$")]


class HandoverView(BaseModel):
    """What was read, as far as it may be shown."""

    kind: HandoverKind
    name: str = ""
    number: str = ""
    text: str = ""


class ReturnBody(Body):
    """The token of a scanned ticket."""

    token: Token


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
@access(KIOSKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(ReturnBody, arg_name="body")
@blueprint.output(ReturnedTicket)
@blueprint.doc(responses=[404, 409, 422])
def come_back(headers: CommandHeaders, body: ReturnBody) -> dict[str, Any]:
    """A citizen who was missed holds the ticket before the scanner and waits again (回队)."""
    handover = _handover(body.token)
    if handover.kind is not HandoverKind.SCAN:
        raise NotFound(N_("请扫号票上的二维码"))
    with writing() as work:
        return once(
            work,
            headers.idempotency_key,
            "return",
            body.model_dump(),
            lambda: _return(work, handover.text),
        )


def _return(work: Work, text: str) -> dict[str, Any]:
    ticket = rejoin(work, ticket_of_code(work, text))
    return ReturnedTicket(id=ticket.id, label=ticket.label).model_dump()


def _handover(token: str) -> Handover:
    kiosk_id = caller().actor.device_id
    assert kiosk_id is not None  # noqa: S101 - only a paired kiosk is admitted
    return context().handovers.look(token, kiosk_id)

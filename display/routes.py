"""The hall screen, spoken calls, and the citizen's own ticket page."""

from datetime import timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from display.views import DisplaySnapshot, Waits, display_snapshot, waits_now
from server.catalogue.views import hall
from server.devices.models import DeviceKind
from server.edge.access import access, allow, public
from server.edge.context import caller, context, reading
from server.edge.openapi import a_file
from server.edge.pages import device_page
from server.edge.speech import spoken_call
from server.i18n import N_
from server.people.models import Role
from server.problems import NotFound
from server.queueing.views import TicketView, hall_of_ticket, ticket_by_secret

blueprint = APIBlueprint(
    "display",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/display",
)

VIEWERS = allow(DeviceKind.DISPLAY, Role.GUIDANCE_DESK, Role.SUPERVISOR)


@blueprint.get("/display")
@device_page(DeviceKind.DISPLAY, VIEWERS)
@blueprint.doc(hide=True)
def page() -> str:
    """The hall screen."""
    return render_template("display/display.html", screen=caller().actor.device_id)


@blueprint.get("/api/display")
@access(VIEWERS)
@blueprint.output(DisplaySnapshot)
def snapshot() -> Any:
    """The hall screen whole; unchanged since the ETag the screen has: 304."""
    fresh = timedelta(seconds=context().settings.announcement_fresh_seconds)
    with reading() as work:
        tag = f"{work.business_date}-{hall(work).event_seq}"
        if tag in request.if_none_match:
            return Response(status=304, headers={"ETag": f'"{tag}"'})
        view = display_snapshot(work, fresh)
    return view, 200, {"ETag": f'"{tag}"', "Cache-Control": "no-cache"}


@blueprint.get("/api/display/waits")
@access(VIEWERS)
@blueprint.output(Waits)
def waits() -> Waits:
    """How long somebody who takes a number now will wait, by queue."""
    with reading() as work:
        return waits_now(work)


@blueprint.get("/api/calls/<row:call_id>/voice.wav")
@access(VIEWERS)
@blueprint.doc(responses=a_file("audio/wav"))
def voice(call_id: int) -> ResponseReturnValue:
    """The spoken call; 404 when this machine has no voice, and the chime must do."""
    return spoken_call(call_id)


@blueprint.get("/t/<secret>")
@public
@blueprint.doc(hide=True)
def ticket_page(secret: str) -> ResponseReturnValue:
    """A citizen's own page, reached by the QR code on the ticket."""
    return render_template("display/ticket.html", secret=secret, ticket=_ticket(secret))


@blueprint.get("/api/t/<secret>")
@public
@blueprint.output(TicketView)
@blueprint.doc(responses=[404])
def ticket(secret: str) -> TicketView:
    """Where a ticket stands: how many are before it, or which counter calls it."""
    return _ticket(secret)


def _ticket(secret: str) -> TicketView:
    with context().database.read() as session:
        hall_id = hall_of_ticket(session, secret)
    if hall_id is None:
        raise NotFound(N_("没有找到这张号票，请核对二维码"))
    with context().workplace.read(hall_id) as work:
        return ticket_by_secret(work, secret)

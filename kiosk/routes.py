"""The kiosk's page and its commands."""

from io import BytesIO
from typing import Annotated, Any

import segno
from apiflask import APIBlueprint
from flask import Response, render_template
from pydantic import BaseModel, Field

from kiosk.reading import card_holder, forget_card
from kiosk.taking import TakenTicket, take_ticket
from kiosk.views import KioskSnapshot, kiosk_snapshot
from server.devices.models import DeviceKind
from server.edge.access import access, allow
from server.edge.addresses import visitors_address
from server.edge.context import reading, writing
from server.edge.fields import Body, CommandHeaders, RowNumber
from server.edge.handover import HandoverToken
from server.edge.pages import device_page
from server.idempotency import once
from server.people.models import Role
from server.people.village_agents import agent_of_code
from server.printing.jobs import find_job
from server.printing.staff import find_printer
from server.printing.states import JobState
from server.queueing.issuing import Wish
from server.queueing.lanes import Priority
from server.work import Work

blueprint = APIBlueprint(
    "kiosk",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/kiosk",
)

MOST_FURTHER = 5
SVG = "image/svg+xml"
CODE_SECONDS = 3600
MOST_CASES = 99

TAKERS = allow(DeviceKind.KIOSK, Role.GUIDANCE_DESK)


class TakeTicket(Body):
    """The service that a citizen chose, further ones in the same visit, and any priority.

    `card` is the token of an identity card laid beside the kiosk, `agent_code` the code of an agent
    (代办员) who comes for somebody else.
    """

    service_id: RowNumber
    further_services: Annotated[
        list[RowNumber], Field(default_factory=list, max_length=MOST_FURTHER)
    ]
    priority: Priority = Priority.NONE
    cases: Annotated[int, Field(ge=1, le=MOST_CASES, strict=True)] = 1
    card: HandoverToken | None = None
    agent_code: Annotated[str, Field(max_length=40)] | None = None

    def wish(self, work: Work) -> Wish:
        """The same for the use case. Raises HandoverGone, NotFound."""
        services = [self.service_id, *self.further_services]
        holder = card_holder(self.card) if self.card is not None else None
        agent = agent_of_code(work, self.agent_code) if self.agent_code else None
        return Wish(
            services,
            cases=self.cases,
            priority=self.priority,
            holder=holder,
            agent_id=agent.id if agent is not None else None,
        )


class PrintJobView(BaseModel):
    """How far a paper has come, and out of which printer it comes."""

    id: int
    state: JobState
    printer: str


@blueprint.get("/kiosk")
@device_page(DeviceKind.KIOSK, TAKERS)
@blueprint.doc(hide=True)
def page() -> str:
    """The kiosk's page."""
    return render_template("kiosk/kiosk.html")


@blueprint.get("/api/kiosk")
@access(TAKERS)
@blueprint.output(KioskSnapshot)
def snapshot() -> KioskSnapshot:
    """Services by category, waiting counts, whether tickets are given now."""
    with reading() as work:
        return kiosk_snapshot(work)


@blueprint.post("/api/tickets")
@access(TAKERS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(TakeTicket, arg_name="body")
@blueprint.output(TakenTicket, status_code=201)
@blueprint.doc(responses=[404, 409, 422], operation_id="takeTicket")
def take(headers: CommandHeaders, body: TakeTicket) -> dict[str, Any]:
    """Take a number for a service."""
    base_url = visitors_address()
    with writing() as work:
        taken = once(
            work,
            headers.idempotency_key,
            "take_ticket",
            body.model_dump(),
            lambda: take_ticket(work, body.wish(work), base_url).model_dump(mode="json"),
        )
    forget_card(body.card)
    return taken


@blueprint.get("/kiosk/codes/<code>.svg")
@access(TAKERS)
@blueprint.doc(hide=True)
def ticket_code(code: str) -> Response:
    """The QR code that leads to a ticket's own page: asked for once the number is on the screen."""
    # Any mask can be read; looking for the best one would cost more than all the rest.
    drawing = BytesIO()
    segno.make(f"{visitors_address()}/t/{code}", error="m", mask=0).save(
        drawing, kind="svg", border=2, omitsize=True
    )
    response = Response(drawing.getvalue(), mimetype=SVG)
    response.cache_control.max_age = CODE_SECONDS
    response.cache_control.private = True
    return response


@blueprint.get("/api/print-jobs/<row:job_id>")
@access(TAKERS)
@blueprint.output(PrintJobView)
@blueprint.doc(responses=[404])
def print_job(job_id: int) -> PrintJobView:
    """How far the ticket's paper has come."""
    with reading() as work:
        job = find_job(work, job_id)
        printer = find_printer(work, job.printer_id)
        return PrintJobView(id=job.id, state=job.state, printer=printer.name)

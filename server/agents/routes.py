"""The agents' API: bearer credential only, no cookies, hence no CSRF token."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from server.agents.panels import CounterContent, counter_contents
from server.agents.printers import devices_to_run
from server.agents.signs import SignContent, sign_contents
from server.attendance.terminals.commands import terminals_asked
from server.catalogue.views import hall
from server.devices.health import HealthReport, report_health
from server.devices.models import DeviceKind, HealthState
from server.devices.searching import Found, open_search, take_findings
from server.devices.views import AgentDevice
from server.edge.access import access, allow
from server.edge.context import context, reading, writing
from server.edge.fields import Body, Number, RowNumber, Text, YesOrNo, number
from server.edge.openapi import a_file
from server.printing.jobs import JobReport, claim_job, report_job
from server.printing.logos import logo_picture
from server.printing.staff import note_refill
from server.printing.states import JobState

blueprint = APIBlueprint("agents", __name__, url_prefix="/api/agent")

AGENTS = allow(DeviceKind.AGENT)
LONGEST_DETAIL = 500
LONGEST_IDENTITY = 100
MOST_COUNTS = 20
MOST_FOUND = 2000
PAPER_END = "paper_end"
LONGEST_PAPER_MM = 10_000

CountName = Annotated[str, Field(pattern="^[a-z_]{1,30}$")]
Detail = Annotated[Text, Field(max_length=LONGEST_DETAIL)]


class DesiredState(BaseModel):
    """Everything that the agent's devices should be and show."""

    seq: int
    time_zone: str
    devices: list[AgentDevice]
    signs: list[SignContent]
    counters: list[CounterContent]
    search: list[str]
    terminals_asked: list[int]


class ClaimedJob(BaseModel):
    """A print job in the agent's hands until `lease_until`."""

    id: int
    attempt: int
    markup: str
    lease_until: datetime


class ReportBody(Body):
    """What became of a claimed job."""

    attempt: Number
    state: JobState
    detail: Detail = ""
    paper_mm: Annotated[int, *number(0, LONGEST_PAPER_MM)] = 0


class JobStatus(BaseModel):
    """A print job after a report."""

    id: int
    state: JobState


class DeviceHealth(Body):
    """How a device is, what it says of itself, and what was counted since the agent started."""

    device_id: RowNumber
    state: HealthState
    detail: Detail = ""
    identity: Annotated[Text, Field(max_length=LONGEST_IDENTITY)] = ""
    counts: dict[CountName, Number] = Field(
        default={}, max_length=MOST_COUNTS, json_schema_extra={"additionalProperties": False}
    )


class HealthReports(Body):
    """How the agent's devices are."""

    devices: list[DeviceHealth] = Field(max_length=500)


class FoundPlace(Body):
    """A port or an address at which a device may be; `kind` is a guess, '' for none."""

    url: Annotated[Text, Field(min_length=1, max_length=300)]
    kind: Literal["", "printer", "led_sign", "terminal"]
    description: Detail = ""


class Findings(Body):
    """What the agent found on its own ports, or on its network after a search."""

    on_network: YesOrNo
    found: list[FoundPlace] = Field(max_length=MOST_FOUND)


def _lease() -> timedelta:
    return timedelta(seconds=context().settings.print_lease_seconds)


@blueprint.get("/desired")
@access(AGENTS)
@blueprint.output(DesiredState)
def desired() -> DesiredState:
    """What this agent's devices should be and show."""
    with reading() as work:
        here = hall(work)
        return DesiredState(
            seq=here.event_seq,
            time_zone=here.time_zone,
            devices=devices_to_run(work),
            signs=sign_contents(work),
            counters=counter_contents(work),
            search=open_search(work),
            terminals_asked=terminals_asked(work),
        )


@blueprint.post("/printers/<row:printer_id>/claim")
@access(AGENTS)
@blueprint.output(ClaimedJob)
@blueprint.doc(responses=[204, 404])
def claim(printer_id: int) -> Any:
    """Take the printer's oldest waiting job; 204 when there is none."""
    with writing() as work:
        job = claim_job(work, printer_id, _lease())
        if job is None:
            return Response(status=204)
        return ClaimedJob.model_validate(job, from_attributes=True)


@blueprint.post("/print-jobs/<row:job_id>/report")
@access(AGENTS)
@blueprint.input(ReportBody, arg_name="body")
@blueprint.output(JobStatus)
@blueprint.doc(responses=[404, 409])
def report(job_id: int, body: ReportBody) -> JobStatus:
    """Tell what became of a claimed job."""
    said = JobReport(body.attempt, body.state, body.detail, body.paper_mm)
    with writing() as work:
        job = report_job(work, job_id, said, _lease())
        return JobStatus(id=job.id, state=job.state)


@blueprint.post("/health")
@access(AGENTS)
@blueprint.input(HealthReports, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def health(body: HealthReports) -> str:
    """Tell how the agent's devices are."""
    reports = [HealthReport(**row.model_dump()) for row in body.devices]
    with writing() as work:
        for change in report_health(work, reports):
            if change.kind is DeviceKind.PRINTER and change.before == PAPER_END and change.is_well:
                note_refill(work, change.device_id)
    return ""


@blueprint.post("/findings")
@access(AGENTS)
@blueprint.input(Findings, arg_name="body")
@blueprint.output({}, status_code=204)
def findings(body: Findings) -> str:
    """Tell where devices may be; what was told before is replaced."""
    found = [Found(one.url, one.kind, one.description) for one in body.found]
    with writing() as work:
        take_findings(work, found, on_network=body.on_network)
    return ""


@blueprint.get("/receipt-logos/<digest>")
@access(AGENTS)
@blueprint.doc(responses=a_file("application/octet-stream"))
def receipt_logo(digest: str) -> Response:
    """The picture at the head of receipts."""
    with reading() as work:
        return Response(logo_picture(work, digest), mimetype="application/octet-stream")

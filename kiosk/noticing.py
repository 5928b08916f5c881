"""What a citizen must bring: a checklist instead of a number when something is missing."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.devices.models import DeviceKind
from server.edge.access import access, allow
from server.edge.context import writing
from server.edge.fields import Body, CommandHeaders, RowNumber
from server.idempotency import once
from server.people.models import Role
from server.printing.notices import tell_materials
from server.printing.states import JobState

blueprint = APIBlueprint("kiosk_noticing", __name__)

TELLERS = allow(DeviceKind.KIOSK, Role.GUIDANCE_DESK)
MOST_MATERIALS = 99


class TellMaterials(Body):
    """The service, and the row numbers of the materials that were not brought, if known."""

    service_id: RowNumber
    missing: Annotated[list[RowNumber], Field(default_factory=list, max_length=MOST_MATERIALS)]


class ToldNotice(BaseModel):
    """The notice's paper; None where there is no printer."""

    print_job: int | None
    print_state: JobState | None


@blueprint.post("/api/kiosk/notices")
@access(TELLERS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(TellMaterials, arg_name="body")
@blueprint.output(ToldNotice, status_code=201)
@blueprint.doc(responses=[404, 422])
def tell(headers: CommandHeaders, body: TellMaterials) -> dict[str, Any]:
    """Print what a service asks for (一次性告知); no number is given."""

    def perform() -> dict[str, Any]:
        job = tell_materials(work, body.service_id, body.missing)
        told = ToldNotice(print_job=job.id if job else None, print_state=job.state if job else None)
        return told.model_dump(mode="json")

    with writing() as work:
        return once(work, headers.idempotency_key, "tell_materials", body.model_dump(), perform)

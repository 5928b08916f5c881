"""Keys and ratings from the panels at the counters, each done once."""

from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.agents.panels import CounterContent, counter_content
from server.agents.presses import PanelPress, PressedKey, carry_out, clerk_on_duty
from server.agents.routes import AGENTS
from server.devices.panels import counters_with_panels
from server.edge.access import access
from server.edge.context import caller, context, reading, writing
from server.edge.fields import Body, CommandHeaders, Number, RowNumber
from server.i18n import N_
from server.idempotency import once
from server.problems import NotFound
from server.queueing.grades import Grade
from server.queueing.ratings import rate

blueprint = APIBlueprint("agent_counters", __name__, url_prefix="/api/agent")

LONGEST_DIGITS = 6


class PressBody(Body):
    """A key of a panel, the digits typed before it, and the version that the panel showed."""

    press: PanelPress
    digits: str = Field(default="", max_length=LONGEST_DIGITS, pattern=r"^[0-9]*$")
    version: Number


class PressAnswer(CounterContent):
    """The counter after the press; `rate_ticket` is the ticket to be rated when that was asked."""

    rate_ticket: int | None


class RatingBody(Body):
    """A citizen's grade; `ticket_id` where the rating was asked for."""

    grade: Grade
    ticket_id: RowNumber | None = None


class RatingAnswer(BaseModel):
    """The rating as stored."""

    id: int
    ticket_id: int


@blueprint.post("/counters/<row:counter_id>/press")
@access(AGENTS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(PressBody, arg_name="body")
@blueprint.output(PressAnswer)
@blueprint.doc(responses=[404, 409, 422])
def press(counter_id: int, headers: CommandHeaders, body: PressBody) -> dict[str, Any]:
    """Press a key as the clerk on duty at the counter."""
    with reading() as work:
        clerk = clerk_on_duty(work, counter_id)

    def perform() -> dict[str, Any]:
        key = PressedKey(counter_id, body.version, body.digits)
        to_rate = carry_out(work, body.press, key)
        content = counter_content(work, counter_id).model_dump()
        return content | {"rate_ticket": to_rate.id if to_rate else None}

    with context().workplace.write(caller().hall_id, clerk) as work:
        command = {"counter_id": counter_id, **body.model_dump()}
        return once(work, headers.idempotency_key, "panel_press", command, perform)


@blueprint.post("/counters/<row:counter_id>/rating")
@access(AGENTS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(RatingBody, arg_name="body")
@blueprint.output(RatingAnswer, status_code=201)
@blueprint.doc(responses=[404, 409, 422])
def rating(counter_id: int, headers: CommandHeaders, body: RatingBody) -> dict[str, Any]:
    """Hand in what a citizen pressed on the pad at the counter."""

    def perform() -> dict[str, Any]:
        if counter_id not in counters_with_panels(work):
            raise NotFound(N_("这个窗口没有由本代理管理的叫号器"))
        row = rate(work, counter_id, body.grade, body.ticket_id)
        return RatingAnswer(id=row.id, ticket_id=row.ticket_id).model_dump(mode="json")

    with writing() as work:
        command = {"counter_id": counter_id, **body.model_dump()}
        return once(work, headers.idempotency_key, "rating", command, perform)

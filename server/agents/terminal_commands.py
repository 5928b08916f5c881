"""What is asked of terminals, for their agents: taken, reported, and clocks that were set."""

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from server.agents.routes import AGENTS
from server.agents.terminals import Words
from server.attendance.terminals.command_models import CommandState
from server.attendance.terminals.commands import (
    CommandReport,
    claim_command,
    note_clock_set,
    report_command,
)
from server.attendance.terminals.users import KnownUser
from server.edge.access import access
from server.edge.context import writing
from server.edge.fields import Body, Number, SignedNumber, YesOrNo

blueprint = APIBlueprint("agent_terminal_commands", __name__, url_prefix="/api/agent/terminals")

MOST_USERS = 20_000

ResultName = Annotated[str, Field(pattern="^[a-z_]{1,30}$")]


class TerminalOrder(BaseModel):
    """Something to do at a terminal."""

    id: int
    kind: str
    arguments: dict[str, Any]
    attempt: int


class UserPart(Body):
    """Somebody on the terminal."""

    uid: Number
    pin: Annotated[Words, Field(max_length=24)]
    name: Words
    enabled: YesOrNo
    privilege: Number


class CommandProgress(Body):
    """How far a command is; `users` is everybody on the terminal after it, null when not read.

    `attempt` is that of the command as it was taken, null where the terminal itself tells.
    """

    state: Literal["taken", "done", "failed"]
    problem: Words = ""
    result: dict[ResultName, SignedNumber | None] = Field(
        default={}, max_length=10, json_schema_extra={"additionalProperties": False}
    )
    users: Annotated[list[UserPart], Field(max_length=MOST_USERS)] | None = None
    attempt: Number | None = None


class ClockMoved(Body):
    """A terminal's offsets in milliseconds before and after its clock was set."""

    before_ms: SignedNumber | None
    after_ms: SignedNumber


@blueprint.post("/<row:terminal_id>/commands/claim")
@access(AGENTS)
@blueprint.output(TerminalOrder)
@blueprint.doc(responses=[204, 404])
def claim(terminal_id: int) -> Any:
    """Take what the terminal is asked to do next; 204 when there is nothing."""
    with writing() as work:
        command = claim_command(work, terminal_id)
        if command is None:
            return Response(status=204)
        return TerminalOrder.model_validate(command, from_attributes=True)


@blueprint.post("/commands/<row:command_id>/report")
@access(AGENTS)
@blueprint.input(CommandProgress, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404, 409])
def report(command_id: int, body: CommandProgress) -> str:
    """Tell how far a command is."""
    users = None if body.users is None else [KnownUser(**user.model_dump()) for user in body.users]
    said = CommandReport(CommandState(body.state), body.problem, body.result, users, body.attempt)
    with writing() as work:
        report_command(work, command_id, said)
    return ""


@blueprint.post("/<row:terminal_id>/clock")
@access(AGENTS)
@blueprint.input(ClockMoved, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def clock(terminal_id: int, body: ClockMoved) -> str:
    """Tell that the terminal's clock was put right."""
    with writing() as work:
        note_clock_set(work, terminal_id, body.before_ms, body.after_ms)
    return ""

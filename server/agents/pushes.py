"""What terminals push to an agent's receiver, handed on to the hall."""

from datetime import timedelta
from typing import Annotated

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.agents.routes import AGENTS
from server.agents.terminal_commands import MOST_USERS
from server.agents.terminals import MOST_PUNCHES, LogReceipt, PunchPart, Words
from server.attendance.terminals.columns import RawPunch
from server.attendance.terminals.log import locked_log
from server.attendance.terminals.pushing import (
    note_people,
    pushing_terminal,
    quarantine_unknown,
    take_push,
)
from server.attendance.terminals.users import KnownUser
from server.edge.access import access
from server.edge.context import context, writing
from server.edge.fields import Body, Number, base64

blueprint = APIBlueprint("agent_pushes", __name__, url_prefix="/api/agent/pushes")

LARGEST_SAMPLE_BYTES = 4000
Pin = Annotated[Words, Field(max_length=24)]
Serial = Annotated[str, Field(pattern="^[0-9A-Za-z-]{1,40}$")]


class PushGreeting(Body):
    """A terminal introduces itself."""

    serial_number: Serial


class PushPlace(BaseModel):
    """The terminal of a serial number, and the stamp up to which the hall has its punches."""

    terminal_id: int
    stamp: str


class PushedPunches(Body):
    """Pushed punches with the stamp that goes with them."""

    serial_number: Serial
    stamp: Annotated[Words, Field(max_length=40)] = ""
    punches: list[PunchPart] = Field(max_length=MOST_PUNCHES)


class PushedUser(Body):
    """Somebody on the terminal."""

    pin: Pin
    name: Words
    privilege: Number


class PushedPeople(Body):
    """People on the terminal, and of whom a finger or face was enrolled; never the template."""

    serial_number: Serial
    users: list[PushedUser] = Field(max_length=MOST_USERS)
    enrolled: list[Pin] = Field(max_length=MOST_USERS)


class UnknownPush(Body):
    """The beginning of what an unknown terminal sent."""

    serial_number: Serial
    detail: Words
    body: Annotated[bytes, *base64(LARGEST_SAMPLE_BYTES)]


@blueprint.post("/hello")
@access(AGENTS)
@blueprint.input(PushGreeting, arg_name="body")
@blueprint.output(PushPlace)
@blueprint.doc(responses=[404])
def hello(body: PushGreeting) -> PushPlace:
    """Which terminal has this serial number; 404 for an unknown one."""
    with writing() as work:
        terminal = pushing_terminal(work, body.serial_number)
        return PushPlace(terminal_id=terminal.id, stamp=locked_log(work, terminal.id).push_stamp)


@blueprint.post("/punches")
@access(AGENTS)
@blueprint.input(PushedPunches, arg_name="body")
@blueprint.output(LogReceipt)
@blueprint.doc(responses=[404])
def punches(body: PushedPunches) -> LogReceipt:
    """Take in pushed punches."""
    tolerance = timedelta(minutes=context().settings.punch_future_minutes)
    raw = [RawPunch(*part) for part in body.punches]
    with writing() as work:
        received = take_push(work, body.serial_number, raw, body.stamp, tolerance)
    return LogReceipt(stored=received.stored, known=received.known)


@blueprint.post("/people")
@access(AGENTS)
@blueprint.input(PushedPeople, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def people(body: PushedPeople) -> str:
    """Note who is on a terminal and who was enrolled."""
    users = [KnownUser(None, user.pin, user.name, None, user.privilege) for user in body.users]
    with writing() as work:
        note_people(work, body.serial_number, users, body.enrolled)
    return ""


@blueprint.post("/unknown")
@access(AGENTS)
@blueprint.input(UnknownPush, arg_name="body")
@blueprint.output({}, status_code=204)
def unknown(body: UnknownPush) -> str:
    """Set aside what an unknown terminal sent."""
    with writing() as work:
        quarantine_unknown(work, body.serial_number, body.detail, body.body)
    return ""

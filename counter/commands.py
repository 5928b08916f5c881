"""What a clerk can do beyond the plain presses: by number, transfer, hold, pause, undo."""

from collections.abc import Callable
from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.edge.access import access, allow
from server.edge.context import reading, writing
from server.edge.fields import Body, CommandHeaders, Number, RowNumber, Text, YesOrNo
from server.idempotency import once
from server.people.models import Role
from server.problems import Conflict
from server.queueing.alarms import raise_alarm
from server.queueing.calling import call_number
from server.queueing.counter_view import CounterSnapshot, counter_snapshot
from server.queueing.pauses import pause, resume_service
from server.queueing.serving import Target, let_go, resume, transfer
from server.queueing.staffing import set_auto_next
from server.queueing.targets import TransferTargets, transfer_targets
from server.queueing.undoing import undo
from server.work import Work

blueprint = APIBlueprint("counter_commands", __name__, url_prefix="/api/counters/<row:counter_id>")

CLERKS = allow(Role.CLERK)
LONGEST_TEXT = 200

Words = Annotated[Text, Field(min_length=2, max_length=LONGEST_TEXT)]


class Versioned(Body):
    """A command with the version of the counter snapshot which the clerk saw."""

    version: Number


class CallNumber(Versioned):
    """A number out of turn, and why."""

    label: Annotated[Text, Field(min_length=1, max_length=20)]
    reason: Words


class OnHold(Versioned):
    """One of the tickets on hold."""

    ticket_id: RowNumber


class TransferBody(Versioned):
    """Where the ticket goes, one of the three, and a note for whoever takes it up."""

    service_id: RowNumber | None = None
    counter_id: RowNumber | None = None
    account_id: RowNumber | None = None
    note: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""


class PauseBody(Versioned):
    """One of the hall's reasons."""

    reason: Words


class AutoNext(Body):
    """Whether the next ticket is called by itself."""

    on: YesOrNo


def carry_out(
    counter_id: int,
    name: str,
    headers: CommandHeaders,
    body: BaseModel,
    act: Callable[[Work], object],
) -> dict[str, Any]:
    """Carry a command out once; a conflict brings the fresh state of the counter."""

    def perform() -> dict[str, Any]:
        act(work)
        work.session.flush()
        return counter_snapshot(work, counter_id).model_dump(mode="json")

    try:
        with writing() as work:
            command = {"counter_id": counter_id, **body.model_dump()}
            return once(work, headers.idempotency_key, name, command, perform)
    except Conflict as conflict:
        with reading() as work:
            conflict.current = counter_snapshot(work, counter_id)
        raise


@blueprint.post("/call-number")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(CallNumber, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409, 422])
def call_by_number(counter_id: int, headers: CommandHeaders, body: CallNumber) -> dict[str, Any]:
    """Call a number out of turn."""
    return carry_out(
        counter_id,
        "call_number",
        headers,
        body,
        lambda work: call_number(work, counter_id, body.version, body.label, body.reason),
    )


@blueprint.post("/resume")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(OnHold, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def resume_ticket(counter_id: int, headers: CommandHeaders, body: OnHold) -> dict[str, Any]:
    """Go on with a ticket on hold."""
    return carry_out(
        counter_id,
        "resume",
        headers,
        body,
        lambda work: resume(work, counter_id, body.version, body.ticket_id),
    )


@blueprint.post("/walk-out")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(OnHold, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def walk_out(counter_id: int, headers: CommandHeaders, body: OnHold) -> dict[str, Any]:
    """The citizen of a ticket on hold has left."""
    return carry_out(
        counter_id,
        "walk_out",
        headers,
        body,
        lambda work: let_go(work, counter_id, body.version, body.ticket_id),
    )


@blueprint.get("/targets")
@access(CLERKS)
@blueprint.output(TransferTargets)
@blueprint.doc(responses=[404])
def targets(counter_id: int) -> TransferTargets:
    """Where a ticket can be sent on to from this counter."""
    with reading() as work:
        return transfer_targets(work, counter_id)


@blueprint.post("/transfer")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(TransferBody, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409, 422])
def transfer_ticket(counter_id: int, headers: CommandHeaders, body: TransferBody) -> dict[str, Any]:
    """Send the ticket in hand on."""
    target = Target(body.service_id, body.counter_id, body.account_id)
    return carry_out(
        counter_id,
        "transfer",
        headers,
        body,
        lambda work: transfer(work, counter_id, body.version, target, body.note),
    )


@blueprint.post("/pause")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(PauseBody, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409, 422])
def pause_counter(counter_id: int, headers: CommandHeaders, body: PauseBody) -> dict[str, Any]:
    """Close the counter for now."""
    return carry_out(
        counter_id,
        "pause",
        headers,
        body,
        lambda work: pause(work, counter_id, body.version, body.reason),
    )


@blueprint.post("/resume-service")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(Versioned, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def end_pause(counter_id: int, headers: CommandHeaders, body: Versioned) -> dict[str, Any]:
    """Open the counter again."""
    return carry_out(
        counter_id,
        "resume_service",
        headers,
        body,
        lambda work: resume_service(work, counter_id, body.version),
    )


@blueprint.post("/undo")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(Versioned, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def undo_press(counter_id: int, headers: CommandHeaders, body: Versioned) -> dict[str, Any]:
    """Take the last call, finish or no-show back."""
    return carry_out(
        counter_id, "undo", headers, body, lambda work: undo(work, counter_id, body.version)
    )


@blueprint.post("/auto-next")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(AutoNext, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def auto_next(counter_id: int, headers: CommandHeaders, body: AutoNext) -> dict[str, Any]:
    """Choose whether the next ticket is called by itself."""
    return carry_out(
        counter_id,
        "auto_next",
        headers,
        body,
        lambda work: set_auto_next(work, counter_id, on=body.on),
    )


class AlarmAnswer(BaseModel):
    """That help was asked for; nothing on any screen of the hall shows it."""

    id: int


@blueprint.post("/alarm")
@access(CLERKS)
@blueprint.output(AlarmAnswer, status_code=201)
@blueprint.doc(responses=[404, 409])
def alarm(counter_id: int) -> AlarmAnswer:
    """Ask for help, silently; pressing again changes nothing."""
    with writing() as work:
        return AlarmAnswer(id=raise_alarm(work, counter_id).id)

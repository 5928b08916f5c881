"""Terminals' logs from the agents: cursor, records in parts, reads that were set aside."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated, Any, NamedTuple

from apiflask import APIBlueprint
from pydantic import AwareDatetime, BaseModel, Field

from server.agents.routes import AGENTS
from server.attendance.terminals.log import (
    LogFinding,
    LogState,
    MisfitRecords,
    begin_reading,
    quarantine_read,
    take_in,
)
from server.edge.access import access
from server.edge.context import context, writing
from server.edge.fields import Body, Number, SignedNumber, Text, WallClock, YesOrNo, base64
from server.i18n import N_

blueprint = APIBlueprint("agent_terminals", __name__, url_prefix="/api/agent/terminals")

MOST_PUNCHES = 5000
LARGEST_PART_BYTES = 490_000  # ten thousand records of the longest layout
MOST_REPEATS = 10_000
LARGEST_RAW_BYTES = 198
LARGEST_READ_BYTES = 1_500_000
EARLIEST = datetime(1990, 1, 1)  # noqa: DTZ001 - a wall clock's reading
LATEST = datetime(2140, 1, 1)  # noqa: DTZ001 - beyond what the packed clock can say

# Parts of several terminals wait for one another here, so that a person waits for one at most.
_PARTS = Lock()

LayoutName = Annotated[str, Field(pattern="^(8|8-state-first|16|40|49)$")]
Words = Annotated[Text, Field(max_length=500)]
Cursor = dict[str, Any] | None


class PunchPart(NamedTuple):
    """One record, as a list to keep a hundred thousand of them small: pin, packed clock, wall
    clock or null, verify, state, occurrence, the record's own bytes in base64."""

    pin: Annotated[Text, Field(max_length=24)]
    raw_time: Number
    terminal_time: Annotated[WallClock, Field(ge=EARLIEST, le=LATEST)] | None
    verify: Number
    state: Number
    occurrence: Number
    raw: Annotated[bytes, *base64(LARGEST_RAW_BYTES)]


class FindingPart(Body):
    """What happened to the log since the cursor."""

    kind: Words
    alarm: YesOrNo
    since: AwareDatetime | None
    until: AwareDatetime | None
    dropped: Number


class StatePart(Body):
    """The terminal at the end of a read; moves the cursor."""

    cursor: dict[str, Any]
    records: Number
    record_capacity: Number
    users: Number
    clock_offset_ms: SignedNumber | None
    finding: FindingPart | None = None


class LogPart(Body):
    """A part of a read that began at the cursor `base`; the last part brings `state`.

    The records are the terminal's own bytes, in one of its layouts. `repeats` are pairs: an index
    among them, and how many equal records came before that one. With `certain`, equal records are
    further punches, their repetitions counted in this read alone.
    """

    base: Cursor
    certain: bool = False
    layout: LayoutName
    records: Annotated[bytes, *base64(LARGEST_PART_BYTES)]
    repeats: list[tuple[Number, Number]] = Field(max_length=MOST_REPEATS, default_factory=list)
    state: StatePart | None = None


class LogReceipt(BaseModel):
    """How many records were new and how many were known."""

    stored: int
    known: int


class LogStart(BaseModel):
    """The cursor to reconcile the log with; null before the first read."""

    cursor: Cursor


class RejectedRead(Body):
    """A read that cannot be right, with its bytes."""

    reason: Words
    detail: Words
    body: Annotated[bytes, *base64(LARGEST_READ_BYTES)]


@blueprint.post("/<row:terminal_id>/begin")
@access(AGENTS)
@blueprint.output(LogStart)
@blueprint.doc(responses=[404, 409])
def begin(terminal_id: int) -> LogStart:
    """Take the lease on the terminal's log and learn how far it has been taken in."""
    with writing() as work:
        return LogStart(cursor=begin_reading(work, terminal_id))


@blueprint.post("/<row:terminal_id>/log")
@access(AGENTS)
@blueprint.input(LogPart, arg_name="body")
@blueprint.output(LogReceipt)
@blueprint.doc(responses=[404, 409])
def log(terminal_id: int, body: LogPart) -> LogReceipt:
    """Take in a part of the log; known records are counted, not stored again."""
    try:
        punches = context().read_log(body.layout, body.records, dict(body.repeats))
    except ValueError as error:
        raise MisfitRecords(N_("这不是考勤机的记录")) from error
    tolerance = timedelta(minutes=context().settings.punch_future_minutes)
    with _PARTS, writing() as work:
        received = take_in(
            work,
            terminal_id,
            body.base,
            punches,
            _state(body.state),
            tolerance=tolerance,
            certain=body.certain,
        )
    return LogReceipt(stored=received.stored, known=received.known)


@blueprint.post("/<row:terminal_id>/rejected")
@access(AGENTS)
@blueprint.input(RejectedRead, arg_name="body")
@blueprint.output({}, status_code=204)
@blueprint.doc(responses=[404])
def rejected(terminal_id: int, body: RejectedRead) -> str:
    """Set a read aside for a person."""
    with writing() as work:
        quarantine_read(work, terminal_id, body.reason, body.detail, body.body)
    return ""


def _state(part: StatePart | None) -> LogState | None:
    if part is None:
        return None
    finding = LogFinding(**part.finding.model_dump()) if part.finding else None
    return LogState(**part.model_dump(exclude={"finding"}), finding=finding)

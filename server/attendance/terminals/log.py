"""A terminal's log as an agent read it: records and cursor in one transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from server.attendance.terminals.columns import RawPunches
from server.attendance.terminals.events import TerminalFound
from server.attendance.terminals.further import PULL, as_further
from server.attendance.terminals.ingest import (
    Received,
    newest_punch,
    own_terminal,
    receive_punches,
)
from server.attendance.terminals.models import QuarantinedUpload, TerminalFinding, TerminalLog
from server.i18n import N_
from server.idempotency import dialect_insert
from server.problems import Conflict, Stale
from server.work import Work

LEASE = timedelta(minutes=2)


class LogBusy(Conflict):
    """Another agent is reading this terminal."""

    code = "terminal-log-busy"
    title = N_("另一个代理正在读取这台考勤机")


class CursorMoved(Stale):
    """The log was taken in by somebody else since this agent asked for the cursor."""

    code = "terminal-cursor-moved"
    title = N_("考勤机记录已由其他代理读取")


class MisfitRecords(Conflict):
    """The bytes are no whole records of the layout they are said to have."""

    code = "terminal-records-misfit"
    title = N_("这不是考勤机的记录")


@dataclass(frozen=True, slots=True)
class LogFinding:
    """What the agent saw happen to the log (drivers/zkteco/reconcile.py)."""

    kind: str
    alarm: bool
    since: datetime | None
    until: datetime | None
    dropped: int


@dataclass(frozen=True, slots=True)
class LogState:
    """The terminal as it stood when its log was read to the end."""

    cursor: dict[str, Any]
    records: int
    record_capacity: int
    users: int
    clock_offset_ms: int | None
    finding: LogFinding | None


def begin_reading(work: Work, terminal_id: int) -> dict[str, Any] | None:
    """Take the lease on a terminal's log; its cursor, None before the first read.

    Raises NotFound, LogBusy while another agent holds the lease.
    """
    own_terminal(work, terminal_id)
    row = locked_log(work, terminal_id)
    held = row.lease_until is not None and row.lease_until > work.now
    if held and row.lease_holder != work.actor.label:
        raise LogBusy(N_("另一个代理正在读取这台考勤机，请稍后再试"))
    row.lease_holder = work.actor.label
    row.lease_until = work.now + LEASE
    row.last_at_begin = newest_punch(work)
    return row.cursor


def take_in(
    work: Work,
    terminal_id: int,
    base: dict[str, Any] | None,
    punches: RawPunches,
    state: LogState | None,
    *,
    tolerance: timedelta,
    certain: bool = False,
) -> Received:
    """Store records of a read that began at the cursor `base`; the last part brings `state`.

    A part without `state` moves nothing, so a read that breaks off is simply read again. `certain`
    says that none of the records was in the log before: an equal one is a further punch.
    Raises NotFound, CursorMoved.
    """
    own_terminal(work, terminal_id)
    row = locked_log(work, terminal_id)
    if row.cursor != base:
        raise CursorMoved(N_("考勤机记录已由其他代理读取，请重新读取"))
    if certain:
        punches = as_further(work, row, punches)
    received = receive_punches(work, terminal_id, punches, PULL, tolerance)
    if state is not None:
        _settle(work, row, state)
    return received


def quarantine_read(work: Work, terminal_id: int, reason: str, detail: str, body: bytes) -> None:
    """Keep a read that cannot be right for a person to look at; the log is not moved.

    Raises NotFound.
    """
    own_terminal(work, terminal_id)
    work.session.add(
        QuarantinedUpload(
            hall_id=work.hall_id,
            terminal_id=terminal_id,
            reason=reason,
            detail=detail,
            body=body,
            received_at=work.now,
        )
    )
    work.record(TerminalFound(terminal_id=terminal_id, kind=reason))


def _settle(work: Work, row: TerminalLog, state: LogState) -> None:
    row.cursor = state.cursor
    row.settled_all = row.last_at_begin
    row.settled_reads = newest_punch(work)
    row.records = state.records
    row.record_capacity = state.record_capacity
    row.users = state.users
    row.clock_offset_ms = state.clock_offset_ms
    row.synced_at = work.now
    row.lease_until = None
    finding = state.finding
    if finding is None:
        return
    work.session.add(
        TerminalFinding(
            terminal_id=row.terminal_id,
            kind=finding.kind,
            alarm=finding.alarm,
            since=finding.since,
            until=finding.until,
            dropped=finding.dropped,
            found_at=work.now,
        )
    )
    work.record(TerminalFound(terminal_id=row.terminal_id, kind=finding.kind))


def locked_log(work: Work, terminal_id: int) -> TerminalLog:
    """The terminal's log row, held until the transaction ends."""
    row = work.session.get(TerminalLog, terminal_id, with_for_update=True)
    if row is not None:
        return row
    first = dialect_insert(work.session)(TerminalLog).values(terminal_id=terminal_id)
    work.session.execute(first.on_conflict_do_nothing())  # another agent may be as quick
    return work.session.get_one(TerminalLog, terminal_id, with_for_update=True)

"""Taking in raw punches: each one once, whatever the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.attendance.events import PunchesReceived
from server.attendance.models import Punch
from server.clock import business_date
from server.devices.models import Device, DeviceKind
from server.i18n import N_
from server.idempotency import insert_ignoring
from server.problems import NotFound
from server.work import Work

ROWS_PER_STATEMENT = 500  # thirteen values a row stay under SQLite's limit of 32,766


@dataclass(frozen=True, slots=True)
class RawPunch:
    """A record as a terminal keeps it.

    `raw_time` is its packed clock (ZKTeco binary protocol), `terminal_time` the same as a
    wall-clock reading without zone, or None where the packed value is no real time.
    """

    pin: str
    raw_time: int
    terminal_time: datetime | None
    verify: int
    state: int
    occurrence: int
    raw: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """How many punches were new, and how many were known already."""

    stored: int
    known: int


def receive_punches(
    work: Work, terminal_id: int, punches: Sequence[RawPunch], source: str
) -> Received:
    """Store the punches that are new. `source` says which way they came: pull, live, push, import.

    Raises NotFound for a terminal that the acting agent does not run.
    """
    terminal = work.session.get(Device, terminal_id)
    if (
        terminal is None
        or terminal.kind is not DeviceKind.TERMINAL
        or (terminal.agent_id != work.actor.device_id)
    ):
        raise NotFound(N_("这台考勤机不归本代理管理"))
    rows = [_row(work, terminal_id, punch, source) for punch in punches]
    stored = sum(
        _insert(work, rows[start : start + ROWS_PER_STATEMENT])
        for start in range(0, len(rows), ROWS_PER_STATEMENT)
    )
    if stored:
        work.record(PunchesReceived(terminal_id=terminal_id, stored=stored))
    return Received(stored, len(rows) - stored)


def _insert(work: Work, rows: list[dict[str, Any]]) -> int:
    statement = (
        insert_ignoring(work.session)(Punch)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(Punch.id)
    )
    return len(work.session.scalars(statement).all())


def _row(work: Work, terminal_id: int, punch: RawPunch, source: str) -> dict[str, Any]:
    at = punch.terminal_time.replace(tzinfo=work.zone) if punch.terminal_time else None
    return {
        "hall_id": work.hall_id,
        "terminal_id": terminal_id,
        "pin": punch.pin,
        "raw_time": punch.raw_time,
        "punched_at": at,
        "business_date": business_date(at, work.zone) if at else None,
        "verify": punch.verify,
        "state": punch.state,
        "occurrence": punch.occurrence,
        "raw": punch.raw,
        "source": source,
        "received_at": work.now,
    }

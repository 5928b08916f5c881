"""Taking in raw punches: each one once, whatever the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from server.attendance.events import PunchesReceived
from server.attendance.models import Punch
from server.attendance.terminals.models import DoubtfulPunch
from server.attendance.terminals.rules import PunchDoubt, doubt_about
from server.devices.models import Device, DeviceKind
from server.i18n import N_
from server.idempotency import dialect_insert
from server.problems import NotFound
from server.work import Work


@dataclass(slots=True)  # not frozen: a log has 100,000, and that would take four times as long
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


def own_terminal(work: Work, terminal_id: int) -> Device:
    """A terminal that the acting agent runs. Raises NotFound."""
    terminal = work.session.get(Device, terminal_id)
    if (
        terminal is None
        or terminal.kind is not DeviceKind.TERMINAL
        or terminal.agent_id != work.actor.device_id
    ):
        raise NotFound(N_("这台考勤机不归本代理管理"))
    return terminal


def receive_punches(
    work: Work,
    terminal_id: int,
    punches: Sequence[RawPunch],
    source: str,
    tolerance: timedelta,
) -> Received:
    """Store the punches that are new; `source` says which way: pull, live, push, import.

    Those later than the hall's clock by more than `tolerance`, and those of a clock that was
    reset, are stored and set aside for a person.
    """
    here = work.now.astimezone(work.zone).replace(tzinfo=None)
    plain: list[dict[str, Any]] = []
    doubtful: list[tuple[dict[str, Any], PunchDoubt]] = []
    for punch in punches:
        row = _row(work, terminal_id, punch, source)
        doubt = doubt_about(punch.terminal_time, here, tolerance)
        if doubt is None:
            plain.append(row)
        else:
            doubtful.append((row, doubt))
    stored = _insert_many(work, plain) + sum(_set_aside(work, *one) for one in doubtful)
    if stored:
        work.record(PunchesReceived(terminal_id=terminal_id, stored=stored))
    return Received(stored, len(punches) - stored)


def _insert_many(work: Work, rows: list[dict[str, Any]]) -> int:
    """Insert by the driver's executemany, which is what makes a full log a matter of a second."""
    if not rows:
        return 0
    statement = dialect_insert(work.session)(Punch.__table__).on_conflict_do_nothing()
    counting = {"preserve_rowcount": True}
    result = work.session.connection().execute(statement, rows, execution_options=counting)
    return int(result.rowcount)


def _set_aside(work: Work, row: dict[str, Any], doubt: PunchDoubt) -> bool:
    """Store a doubtful punch under its doubt; False when it was stored before."""
    statement = (
        dialect_insert(work.session)(Punch).values(row).on_conflict_do_nothing().returning(Punch.id)
    )
    punch_id = work.session.scalar(statement)
    if punch_id is None:
        return False
    work.session.execute(insert(DoubtfulPunch).values(punch_id=punch_id, doubt=doubt))
    return True


def _row(work: Work, terminal_id: int, punch: RawPunch, source: str) -> dict[str, Any]:
    wall = punch.terminal_time
    return {
        "hall_id": work.hall_id,
        "terminal_id": terminal_id,
        "pin": punch.pin,
        "raw_time": punch.raw_time,
        "punched_at": wall.replace(tzinfo=work.zone) if wall else None,
        "business_date": wall.date() if wall else None,
        "verify": punch.verify,
        "state": punch.state,
        "occurrence": punch.occurrence,
        "raw": punch.raw,
        "source": source,
        "received_at": work.now,
    }

"""Taking in raw punches: each one once, whatever the way it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from sqlalchemy import func, select

from server.attendance.events import PunchesReceived
from server.attendance.models import Punch
from server.attendance.terminals.columns import RawPunches
from server.attendance.terminals.models import DoubtfulPunch
from server.attendance.terminals.rules import PunchDoubt, doubts_among
from server.bulk import insert_new, stored_dates, stored_instants
from server.devices.models import Device, DeviceKind
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


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
    punches: RawPunches,
    source: str,
    tolerance: timedelta,
) -> Received:
    """Store the punches that are new; `source` says which way: pull, live, push, import.

    Those later than the hall's clock by more than `tolerance`, and those of a clock that was
    reset, are stored and set aside for a person.
    """
    last_before = newest_punch(work)
    stored = _insert(work, terminal_id, punches, source)
    if stored:
        here = work.now.astimezone(work.zone).replace(tzinfo=None)
        doubts = doubts_among(punches.terminal_times, here, tolerance)
        by_time = {punches.raw_times[index]: doubt for index, doubt in doubts.items()}
        _set_aside(work, terminal_id, last_before, by_time)
        work.record(PunchesReceived(terminal_id, stored, last_before))
    return Received(stored, len(punches) - stored)


def newest_punch(work: Work) -> int:
    """The last row number given to any punch, 0 for none; later ones have higher numbers."""
    return work.session.scalar(select(func.max(Punch.id))) or 0


def _insert(work: Work, terminal_id: int, punches: RawPunches, source: str) -> int:
    count = len(punches)
    now = work.now.astimezone(UTC).replace(tzinfo=None)
    columns: dict[str, Sequence[object]] = {
        "hall_id": [work.hall_id] * count,
        "terminal_id": [terminal_id] * count,
        "pin": punches.pins,
        "raw_time": punches.raw_times,
        "punched_at": stored_instants(work.session, punches.terminal_times, work.zone),
        "business_date": stored_dates(work.session, punches.terminal_times),
        "verify": punches.verifies,
        "state": punches.states,
        "occurrence": punches.occurrences,
        "raw": punches.raws,
        "source": [source] * count,
        "received_at": stored_instants(work.session, [now], UTC) * count,
    }
    return insert_new(work.session, Punch, columns)


def _set_aside(
    work: Work, terminal_id: int, last_before: int, doubts: dict[int, PunchDoubt]
) -> None:
    """Put the new punches of these packed times under their doubts."""
    if not doubts:
        return
    new = work.session.execute(
        select(Punch.id, Punch.raw_time).where(
            Punch.id > last_before, Punch.terminal_id == terminal_id
        )
    )
    aside = [(row, doubts[time].value) for row, time in new if time in doubts]
    columns: dict[str, Sequence[object]] = {
        "punch_id": [row for row, _ in aside],
        "doubt": [doubt for _, doubt in aside],
    }
    insert_new(work.session, DoubtfulPunch, columns)

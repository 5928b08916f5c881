"""Equal records of a log: which is a further punch and which is the same one again."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, func, or_, select

from server.attendance.models import Punch
from server.attendance.terminals.ingest import RawPunch
from server.attendance.terminals.models import TerminalLog
from server.work import Work

PULL = "pull"


def last_punch(work: Work, terminal_id: int) -> int:
    """The newest row of a terminal's punches, 0 for none."""
    newest = select(func.max(Punch.id)).where(Punch.terminal_id == terminal_id)
    return work.session.scalar(newest) or 0


def as_further(work: Work, row: TerminalLog, punches: Sequence[RawPunch]) -> list[RawPunch]:
    """Records that were not in the log at the last settled read, placed behind those that were.

    Their `occurrence` counts equal ones within this read. What came since that read by another
    way, or by a read that broke off, may be the same punch and is not counted.
    """
    if not punches:
        return []
    settled = _settled(work, row, punches)
    return [
        replace(punch, occurrence=settled[key] + punch.occurrence)
        if (key := (punch.pin, punch.raw_time, punch.verify, punch.state)) in settled
        else punch
        for punch in punches
    ]


def _settled(
    work: Work, row: TerminalLog, punches: Sequence[RawPunch]
) -> dict[tuple[str, int, int, int], int]:
    """How many equal punches of the times in question the last settled read had."""
    key = (Punch.pin, Punch.raw_time, Punch.verify, Punch.state)
    times = [punch.raw_time for punch in punches]
    counted = (
        select(*key, func.count())
        .where(
            Punch.terminal_id == row.terminal_id,
            Punch.pin.in_({punch.pin for punch in punches}),
            Punch.raw_time.between(min(times), max(times)),
            or_(
                Punch.id <= row.settled_all,
                and_(Punch.source == PULL, Punch.id <= row.settled_reads),
            ),
        )
        .group_by(*key)
    )
    rows = work.session.execute(counted)
    return {(pin, time, verify, state): count for pin, time, verify, state, count in rows}

"""Equal records of a log: which is a further punch and which is the same one again."""

from dataclasses import replace

from sqlalchemy import and_, func, or_, select

from server.attendance.models import Punch
from server.attendance.terminals.columns import RawPunches
from server.attendance.terminals.models import TerminalLog
from server.work import Work

PULL = "pull"


def as_further(work: Work, row: TerminalLog, punches: RawPunches) -> RawPunches:
    """Records that were not in the log at the last settled read, placed behind those that were.

    Their `occurrence` counts equal ones within this read. What came since that read by another
    way, or by a read that broke off, may be the same punch and is not counted.
    """
    if not punches:
        return punches
    settled = _settled(work, row, punches)
    if not settled:
        return punches
    keys = zip(punches.pins, punches.raw_times, punches.verifies, punches.states, strict=True)
    placed = [
        settled.get(key, 0) + occurrence
        for key, occurrence in zip(keys, punches.occurrences, strict=True)
    ]
    return replace(punches, occurrences=placed)


def _settled(
    work: Work, row: TerminalLog, punches: RawPunches
) -> dict[tuple[str, int, int, int], int]:
    """How many equal punches of the times in question the last settled read had."""
    key = (Punch.pin, Punch.raw_time, Punch.verify, Punch.state)
    counted = (
        select(*key, func.count())
        .where(
            Punch.terminal_id == row.terminal_id,
            Punch.pin.in_(set(punches.pins)),
            Punch.raw_time.between(min(punches.raw_times), max(punches.raw_times)),
            or_(
                Punch.id <= row.settled_all,
                and_(Punch.source == PULL, Punch.id <= row.settled_reads),
            ),
        )
        .group_by(*key)
    )
    rows = work.session.execute(counted)
    return {(pin, time, verify, state): count for pin, time, verify, state, count in rows}

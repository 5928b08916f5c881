"""Cover staff are taken off the terminals once their cover is over (临时顶岗人员管理制度 4.7).

Their last day counts to its end, so it is the day after on which their number ends and the
terminal is asked to delete them, with all that was enrolled there.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from server.attendance.covers.models import CoverDuty
from server.attendance.models import TerminalIdentity
from server.attendance.terminals.command_models import CommandKind, CommandState, TerminalCommand
from server.attendance.terminals.commands import remove_pin
from server.attendance.terminals.numbers import end_number
from server.devices.models import Device
from server.work import Work

# A terminal that is away for longer is no longer asked again and again.
ASKED_FOR = timedelta(days=60)
ASKED_AGAIN = timedelta(hours=1)


def strike_off(work: Work) -> None:
    """End the numbers of covers that are over, and have them deleted until a terminal has done it.

    A number that has been given to somebody else since is left alone.
    """
    for number, last_day in _of_covers_over(work):
        if number.valid_until is None:
            end_number(work, number.id, max(last_day, number.valid_from))
        if not _is_deleted(work, number):
            remove_pin(work, number.terminal_id, number.pin)


def _of_covers_over(work: Work) -> Iterable[tuple[TerminalIdentity, date]]:
    """Numbers of cover staff who have no cover any more, with the last one's last day."""
    today = work.business_date
    last_day = func.max(func.coalesce(CoverDuty.ended_on, CoverDuty.planned_last_day))
    later = aliased(TerminalIdentity)
    taken_over = exists().where(
        later.terminal_id == TerminalIdentity.terminal_id,
        later.pin == TerminalIdentity.pin,
        later.valid_from > TerminalIdentity.valid_from,
    )
    rows = work.session.execute(
        select(TerminalIdentity, last_day)
        .join(CoverDuty, CoverDuty.person_id == TerminalIdentity.person_id)
        .join(Device, Device.id == TerminalIdentity.terminal_id)
        .where(
            CoverDuty.hall_id == work.hall_id,
            Device.active,
            or_(
                TerminalIdentity.valid_until.is_(None),
                TerminalIdentity.valid_until.between(today - ASKED_FOR, today),
            ),
            ~taken_over,
        )
        .group_by(TerminalIdentity.id)
        .having(last_day < today, last_day >= TerminalIdentity.valid_from)
    )
    return [(number, day) for number, day in rows]


def _is_deleted(work: Work, number: TerminalIdentity) -> bool:
    """Whether the terminal deleted the number since it ended, or is about to, or just failed to."""
    if number.valid_until is None:
        return False
    ended = datetime.combine(number.valid_until, time.min, work.zone)
    commands = work.session.scalars(
        select(TerminalCommand).where(
            TerminalCommand.terminal_id == number.terminal_id,
            TerminalCommand.kind == CommandKind.DELETE_USER,
            TerminalCommand.asked_at >= ended,
        )
    )
    return any(
        command.arguments["pin"] == number.pin
        and (command.state is not CommandState.FAILED or command.asked_at > work.now - ASKED_AGAIN)
        for command in commands
    )

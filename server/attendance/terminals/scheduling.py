"""Terminals are read shortly before half days are decided, besides their agents' own schedule."""

from datetime import timedelta

from sqlalchemy import func, select

from server.attendance.judging.models import VerdictVersion
from server.attendance.terminals.command_models import CommandKind, TerminalCommand
from server.attendance.terminals.commands import ask_terminal
from server.attendance.terminals.rules import reading_due
from server.devices.models import Device, DeviceKind
from server.work import Work

# Room for a full log over a slow link, and for what its agent has in hand.
AHEAD = timedelta(minutes=3)


def read_before_deadlines(work: Work) -> None:
    """Ask each of the hall's terminals for its log once before each deadline of its timetables."""
    deadlines = work.session.scalars(
        select(VerdictVersion.due_at)
        .where(
            VerdictVersion.hall_id == work.hall_id,
            VerdictVersion.due_at > work.now,
            VerdictVersion.due_at <= work.now + AHEAD,
        )
        .distinct()
    )
    ahead = [deadline for deadline in deadlines if deadline is not None]
    if not ahead:
        return
    last_asked = (
        select(func.max(TerminalCommand.asked_at))
        .where(TerminalCommand.terminal_id == Device.id, TerminalCommand.kind == CommandKind.SYNC)
        .scalar_subquery()
    )
    terminals = work.session.execute(
        select(Device.id, last_asked).where(
            Device.hall_id == work.hall_id, Device.kind == DeviceKind.TERMINAL, Device.active
        )
    )
    for terminal_id, asked_at in terminals.all():
        if reading_due(ahead, asked_at, work.now, AHEAD):
            ask_terminal(work, terminal_id, CommandKind.SYNC)

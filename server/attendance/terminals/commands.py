"""Asking terminals to do something, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from server.attendance.terminals.command_models import (
    CommandKind,
    CommandState,
    TerminalCommand,
    TerminalUser,
)
from server.attendance.terminals.events import TerminalAnswered, TerminalAsked
from server.attendance.terminals.ingest import own_terminal
from server.attendance.terminals.log import locked_log
from server.attendance.terminals.users import KnownUser, note_change, note_users
from server.devices.models import Device, DeviceKind
from server.i18n import N_
from server.problems import Invalid, NotFound, Stale
from server.work import Work

# Longer than an agent lets the longest command run, so that a command whose lease has lapsed is in
# nobody's hands.
COMMAND_LEASE = timedelta(minutes=3)
LONGEST_PIN = 24
LONGEST_NAME = 24


class CommandLost(Stale):
    """The command was taken again by somebody else meanwhile."""

    code = "terminal-command-lost"
    title = N_("这条考勤机指令已由其他代理接手")


@dataclass(frozen=True, slots=True)
class CommandReport:
    """How far a command is; `users` is everybody on the terminal after it, None when not read.

    `attempt` is that of the command as it was taken, None where the terminal itself tells.
    """

    state: CommandState
    problem: str = ""
    result: Mapping[str, Any] | None = None
    users: Sequence[KnownUser] | None = None
    attempt: int | None = None


def find_terminal(work: Work, terminal_id: int) -> Device:
    """A terminal of this hall that is in use. Raises NotFound."""
    terminal = work.session.get(Device, terminal_id)
    known = terminal is not None and terminal.hall_id == work.hall_id and terminal.active
    if terminal is None or not known or terminal.kind is not DeviceKind.TERMINAL:
        raise NotFound(N_("没有这台考勤机"))
    return terminal


def ask_terminal(
    work: Work, terminal_id: int, kind: CommandKind, arguments: Mapping[str, Any] | None = None
) -> TerminalCommand:
    """Ask for something; asked again while it still waits, it is the same command.

    Raises NotFound.
    """
    find_terminal(work, terminal_id)
    wanted = dict(arguments or {})
    for waiting in work.session.scalars(_waiting(terminal_id).where(TerminalCommand.kind == kind)):
        if waiting.arguments == wanted:
            return waiting
    command = TerminalCommand(
        hall_id=work.hall_id,
        terminal_id=terminal_id,
        kind=kind,
        arguments=wanted,
        asked_at=work.now,
        asked_by=work.actor.label,
    )
    work.session.add(command)
    work.session.flush()
    work.audit(f"terminal.{kind.value}", f"device:{terminal_id}", **wanted)
    work.record(TerminalAsked(terminal_id=terminal_id, command_id=command.id))
    return command


def add_user(work: Work, terminal_id: int, pin: str, name: str) -> TerminalCommand:
    """Put a person on a terminal, to be enrolled there. Raises NotFound, Invalid."""
    wanted = {"pin": checked_pin(pin), "name": _fit_name(name.strip())}
    return ask_terminal(work, terminal_id, CommandKind.CREATE_USER, wanted)


def rename_user(work: Work, user_id: int, name: str) -> TerminalCommand:
    """Change the name that a terminal shows. Raises NotFound, Invalid."""
    return _ask_about(work, user_id, CommandKind.RENAME_USER, name=_fit_name(name.strip()))


def allow_user(work: Work, user_id: int, *, enabled: bool) -> TerminalCommand:
    """Let a person punch, or not. Raises NotFound."""
    return _ask_about(work, user_id, CommandKind.ENABLE_USER, enabled=enabled)


def remove_user(work: Work, user_id: int) -> TerminalCommand:
    """Take a person off a terminal with all that was enrolled. Raises NotFound."""
    return _ask_about(work, user_id, CommandKind.DELETE_USER)


def remove_pin(work: Work, terminal_id: int, pin: str) -> TerminalCommand:
    """Take whoever has a number off a terminal, e.g. when a cover (顶岗) ends. Raises NotFound."""
    return ask_terminal(work, terminal_id, CommandKind.DELETE_USER, {"pin": pin})


def terminals_asked(work: Work) -> list[int]:
    """The acting agent's terminals for which something waits."""
    asked = (
        select(TerminalCommand.terminal_id)
        .join(Device, Device.id == TerminalCommand.terminal_id)
        .where(Device.agent_id == work.actor.device_id, Device.active, _open(work))
        .distinct()
    )
    return sorted(work.session.scalars(asked))


def claim_command(work: Work, terminal_id: int) -> TerminalCommand | None:
    """Take the oldest command of a terminal into the agent's hands. Raises NotFound.

    One at a time: None also while another is in somebody's hands.
    """
    own_terminal(work, terminal_id)
    locked_log(work, terminal_id)
    in_hand = select(TerminalCommand.id).where(
        TerminalCommand.terminal_id == terminal_id,
        TerminalCommand.state == CommandState.TAKEN,
        TerminalCommand.lease_until >= work.now,
    )
    if work.session.scalar(in_hand.limit(1)) is not None:
        return None
    oldest = (
        select(TerminalCommand)
        .where(TerminalCommand.terminal_id == terminal_id, _open(work))
        .order_by(TerminalCommand.id)
        .limit(1)
    )
    command = work.session.scalar(oldest)
    if command is not None:
        command.state = CommandState.TAKEN
        command.attempt += 1
        command.lease_until = work.now + COMMAND_LEASE
    return command


def report_command(work: Work, command_id: int, report: CommandReport) -> None:
    """Note how far a command is. Raises NotFound, CommandLost."""
    command = work.session.get(TerminalCommand, command_id)
    if command is None:
        raise NotFound(N_("没有这条考勤机指令"))
    own_terminal(work, command.terminal_id)
    locked_log(work, command.terminal_id)
    work.session.refresh(command)
    _require_in_hand(command, report)
    command.state = report.state
    command.problem = report.problem
    command.result = dict(report.result or {})
    command.lease_until = work.now + COMMAND_LEASE
    if report.state in {CommandState.DONE, CommandState.FAILED}:
        command.ended_at = work.now
    if report.users is not None:
        note_users(work, command.terminal_id, report.users)
    elif report.state is CommandState.DONE:
        note_change(work, command)
    work.record(
        TerminalAnswered(
            terminal_id=command.terminal_id, command_id=command.id, state=report.state.value
        )
    )


def note_clock_set(work: Work, terminal_id: int, before_ms: int | None, after_ms: int) -> None:
    """A terminal's clock was put right by its agent. Raises NotFound."""
    own_terminal(work, terminal_id)
    locked_log(work, terminal_id).clock_offset_ms = after_ms
    work.audit("terminal.clock", f"device:{terminal_id}", before_ms=before_ms, after_ms=after_ms)


def _ask_about(work: Work, user_id: int, kind: CommandKind, **arguments: object) -> TerminalCommand:
    user = work.session.get(TerminalUser, user_id)
    if user is None:
        raise NotFound(N_("考勤机上没有这个人，请刷新名单"))
    whole = {"uid": user.uid, "pin": user.pin, **arguments}
    return ask_terminal(work, user.terminal_id, kind, whole)


def checked_pin(pin: str) -> str:
    """A number as terminals take it. Raises Invalid."""
    pin = pin.strip()
    if not (pin.isascii() and pin.isalnum() and len(pin) < LONGEST_PIN):
        raise Invalid(N_("考勤号请用数字或字母，最多 23 位"))
    return pin


def _require_in_hand(command: TerminalCommand, report: CommandReport) -> None:
    """Raises CommandLost for a report by an agent that lost the command or ended it before."""
    if report.attempt is None:
        return
    if command.state is not CommandState.TAKEN or report.attempt != command.attempt:
        raise CommandLost(N_("这条考勤机指令已由其他代理接手"))


def _fit_name(name: str) -> str:
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(N_("请填写姓名，最多 24 个字"))
    return name


def _waiting(terminal_id: int) -> Select[TerminalCommand]:
    return select(TerminalCommand).where(
        TerminalCommand.terminal_id == terminal_id, TerminalCommand.state == CommandState.WAITING
    )


def _open(work: Work) -> ColumnElement[bool]:
    """Waiting, or taken by an agent that was not heard of since."""
    lapsed = and_(
        TerminalCommand.state == CommandState.TAKEN, TerminalCommand.lease_until < work.now
    )
    return or_(TerminalCommand.state == CommandState.WAITING, lapsed)

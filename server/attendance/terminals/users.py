"""Who is on a terminal, as it tells: the whole list, single changes, who was enrolled."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from server.attendance.terminals.command_models import CommandKind, TerminalCommand, TerminalUser
from server.attendance.terminals.log import locked_log
from server.work import Work


@dataclass(frozen=True, slots=True)
class KnownUser:
    """Somebody on a terminal, as its agent read them; `uid` None where it tells no index.

    `enabled` None is: as it was.
    """

    uid: int | None
    pin: str
    name: str
    enabled: bool | None
    privilege: int


def note_users(work: Work, terminal_id: int, users: Sequence[KnownUser]) -> None:
    """Everybody on a terminal, as it tells now; who is not there any more is forgotten."""
    told = {user.pin for user in users}
    _forget(work, terminal_id, _rows(work, terminal_id).keys() - told)
    add_known(work, terminal_id, users)
    locked_log(work, terminal_id).users_listed_at = work.now


def add_known(work: Work, terminal_id: int, users: Iterable[KnownUser]) -> None:
    """Some of those on a terminal, as it tells now; the others stay as they are."""
    known = _rows(work, terminal_id)
    for user in users:
        row = known.get(user.pin)
        if row is None:
            row = known[user.pin] = TerminalUser(
                terminal_id=terminal_id, pin=user.pin, enabled=True
            )
            work.session.add(row)
        row.uid, row.name, row.privilege = user.uid, user.name, user.privilege
        if user.enabled is not None:
            row.enabled = user.enabled


def note_enrolled(work: Work, terminal_id: int, pins: Collection[str]) -> None:
    """A finger or face of these was enrolled now; one not told of before is known from now on."""
    known = _rows(work, terminal_id)
    missing = [KnownUser(None, pin, "", None, 0) for pin in pins if pin not in known]
    add_known(work, terminal_id, missing)
    for row in _rows(work, terminal_id).values():
        if row.pin in pins:
            row.enrolled_at = work.now


def note_change(work: Work, command: TerminalCommand) -> None:
    """A terminal that tells no list did what was asked about a person."""
    asked = command.arguments
    if command.kind is CommandKind.DELETE_USER:
        _forget(work, command.terminal_id, {asked["pin"]})
    elif command.kind in {CommandKind.CREATE_USER, CommandKind.RENAME_USER}:
        row = _rows(work, command.terminal_id).get(asked["pin"])
        privilege = 0 if row is None else row.privilege
        uid = None if row is None else row.uid
        renamed = KnownUser(uid, asked["pin"], asked["name"], None, privilege)
        add_known(work, command.terminal_id, [renamed])


def _rows(work: Work, terminal_id: int) -> dict[str, TerminalUser]:
    rows = work.session.scalars(select(TerminalUser).where(TerminalUser.terminal_id == terminal_id))
    return {row.pin: row for row in rows}


def _forget(work: Work, terminal_id: int, pins: Iterable[str]) -> None:
    work.session.execute(
        delete(TerminalUser).where(
            TerminalUser.terminal_id == terminal_id, TerminalUser.pin.in_(list(pins))
        )
    )

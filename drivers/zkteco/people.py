"""Who is enrolled on a terminal: list, create, rename, allow and delete, each read back.

A terminal gives an index that has become free to the next person, so a person is always meant by
index and PIN, and nothing is written where the two do not belong together any more.
"""

from struct import Struct

from zk import const

from drivers.zkteco.errors import (
    NotKeptError,
    PinMovedError,
    PinTakenError,
    UnknownUserError,
    UserListRejectedError,
)
from drivers.zkteco.link import Link
from drivers.zkteco.terminal import Terminal, Wire
from drivers.zkteco.users import (
    LARGE,
    SMALL,
    TerminalUser,
    UserLayout,
    UserListError,
    decode_user,
    decode_users,
    new_user,
    with_enabled,
    with_name,
)

_UID = Struct("<H")
_EMPTY_LIST = bytes(4)


def list_users(terminal: Terminal) -> list[TerminalUser]:
    """Everybody on the terminal. Raises a TerminalError."""
    with Link(terminal) as link:
        return _list(link)


def create_user(terminal: Terminal, pin: str, name: str) -> TerminalUser:
    """Add a person without rights, to be enrolled at the terminal; returns what it kept.

    One who is there under this name already stays as they are: it was asked before.
    Raises PinTakenError, UnfitPinError, UnfitNameError, NotKeptError.
    """
    with Link(terminal) as link:
        users = _list(link)
        there = next((user for user in users if user.pin == pin), None)
        if there is not None:
            if there.name != name:
                raise PinTakenError("somebody else has this number")
            return there
        used = {user.uid for user in users}
        uid = next(number for number in range(1, len(users) + 2) if number not in used)
        usual = SMALL if terminal.wire is Wire.UDP else LARGE
        layout = users[0].layout if users else usual
        return _write(link, layout, new_user(layout, uid, pin, name, terminal.encoding))


def rename_user(terminal: Terminal, uid: int, pin: str, name: str) -> TerminalUser:
    """Change a name and nothing else.

    Raises UnknownUserError, PinMovedError, UnfitNameError, NotKeptError.
    """
    with Link(terminal) as link:
        user = _find(link, uid, pin)
        renamed = with_name(user.raw, user.layout, name, terminal.encoding)
        return _write(link, user.layout, renamed)


def enable_user(terminal: Terminal, uid: int, pin: str, *, enabled: bool) -> TerminalUser:
    """Let a person punch, or not. Raises UnknownUserError, PinMovedError, NotKeptError."""
    with Link(terminal) as link:
        user = _find(link, uid, pin)
        return _write(link, user.layout, with_enabled(user.raw, enabled=enabled))


def delete_user(terminal: Terminal, pin: str, uid: int | None = None) -> None:
    """Remove a person with all that was enrolled; one who is gone already is no fault.

    With `uid` None it is whoever has the PIN. Raises PinMovedError, NotKeptError.
    """
    with Link(terminal) as link:
        found = next((user for user in _list(link) if _is_meant(user, pin, uid)), None)
        if found is None:
            return
        _require_pin(found, pin)
        link.command(const.CMD_DELETE_USER, _UID.pack(found.uid))
        link.command(const.CMD_REFRESHDATA)
        if any(user.uid == found.uid for user in _list(link)):
            raise NotKeptError(f"index {found.uid} is still there")


def _list(link: Link) -> list[TerminalUser]:
    count = link.sizes().users
    raw = link.read_buffer(const.CMD_USERTEMP_RRQ, const.FCT_USER) if count else _EMPTY_LIST
    try:
        return decode_users(raw, count, link.terminal.encoding)
    except UserListError as error:
        raise UserListRejectedError(str(error)) from error


def _find(link: Link, uid: int, pin: str) -> TerminalUser:
    for user in _list(link):
        if user.uid == uid:
            _require_pin(user, pin)
            return user
    raise UnknownUserError(f"index {uid}")


def _is_meant(user: TerminalUser, pin: str, uid: int | None) -> bool:
    return user.pin == pin if uid is None else user.uid == uid


def _require_pin(user: TerminalUser, pin: str) -> None:
    if user.pin != pin:
        raise PinMovedError(f"index {user.uid} belongs to another number")


def _write(link: Link, layout: UserLayout, record: bytes) -> TerminalUser:
    link.command(const.CMD_USER_WRQ, record)
    link.command(const.CMD_REFRESHDATA)
    wanted = decode_user(layout, record, link.terminal.encoding)
    kept = next((user for user in _list(link) if user.uid == wanted.uid), None)
    if kept is None or not kept.same_as(wanted):
        raise NotKeptError(f"index {wanted.uid}")
    return kept

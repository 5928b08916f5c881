"""People on a terminal: the records of 28 and of 72 bytes.

A record is changed in place, so that what this program has no name for (passwords, time zones,
groups) stays as the terminal has it.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from struct import Struct

from drivers.zkteco.errors import UnfitNameError, UnfitPinError

_LENGTH = Struct("<I")
_DISABLED = 1


class Privilege(IntEnum):
    """What a person may do in the terminal's menus."""

    USER = 0
    ENROLLER = 2
    MANAGER = 6
    ADMINISTRATOR = 14


@dataclass(frozen=True, slots=True)
class UserLayout:
    """Offsets and lengths, in bytes, of what this program reads and writes in a user record."""

    size: int
    password: slice
    name: slice
    card: slice
    pin: slice
    pin_is_text: bool


SMALL = UserLayout(28, slice(3, 8), slice(8, 16), slice(16, 20), slice(24, 28), pin_is_text=False)
LARGE = UserLayout(72, slice(3, 11), slice(11, 35), slice(35, 39), slice(48, 72), pin_is_text=True)
_HEAD = Struct("<HB")


@dataclass(frozen=True, slots=True)
class TerminalUser:
    """A person as one terminal knows them; `raw` may hold a password and is never logged."""

    uid: int
    pin: str
    name: str
    privilege: int
    enabled: bool
    has_password: bool
    card: int
    layout: UserLayout
    raw: bytes = field(repr=False)

    def same_as(self, other: "TerminalUser") -> bool:
        """Whether all that this program ever writes is the same; terminals add things of theirs."""
        return (self.uid, self.pin, self.name, self.privilege, self.enabled) == (
            (other.uid, other.pin, other.name, other.privilege, other.enabled)
        )


class UserListError(ValueError):
    """A buffer that is no list of users."""


def decode_users(raw: bytes, count: int, encoding: str) -> list[TerminalUser]:
    """The users in a buffer of the terminal, which says that it has `count`.

    Raises UserListError when the buffer's length fits neither layout.
    """
    body = raw[_LENGTH.size :]
    announced = _LENGTH.unpack_from(raw)[0] if len(raw) >= _LENGTH.size else -1
    if announced != len(body):
        raise UserListError(f"{len(body)} bytes of {announced}")
    if not body and not count:
        return []
    for layout in (SMALL, LARGE):
        if layout.size * count == len(body):
            starts = range(0, len(body), layout.size)
            return [decode_user(layout, body[at : at + layout.size], encoding) for at in starts]
    raise UserListError(f"{len(body)} bytes, {count} users")


def new_user(layout: UserLayout, uid: int, pin: str, name: str, encoding: str) -> bytes:
    """The record of a person without rights, card and password.

    Raises UnfitPinError and UnfitNameError.
    """
    blank = bytearray(layout.size)
    _HEAD.pack_into(blank, 0, uid, Privilege.USER)
    blank[layout.pin] = _encode_pin(layout, pin)
    return with_name(bytes(blank), layout, name, encoding)


def with_name(raw: bytes, layout: UserLayout, name: str, encoding: str) -> bytes:
    """The same record under another name. Raises UnfitNameError rather than cutting one short."""
    room = layout.name.stop - layout.name.start
    try:
        encoded = name.encode(encoding)
    except UnicodeEncodeError as error:
        raise UnfitNameError(f"{encoding} has no character for {name[error.start]!r}") from error
    if not encoded or len(encoded) > room or b"\0" in encoded:
        raise UnfitNameError(f"{len(encoded)} bytes in {encoding}, room for 1 to {room}")
    return _replace(raw, layout.name, encoded.ljust(room, b"\0"))


def with_enabled(raw: bytes, *, enabled: bool) -> bytes:
    """The same record, allowed to punch or not."""
    uid, privilege = _HEAD.unpack_from(raw)
    privilege = privilege & ~_DISABLED if enabled else privilege | _DISABLED
    return _HEAD.pack(uid, privilege) + raw[_HEAD.size :]


def decode_user(layout: UserLayout, raw: bytes, encoding: str) -> TerminalUser:
    """One record of `layout.size` bytes; names that `encoding` cannot read stay visible."""
    uid, privilege = _HEAD.unpack_from(raw)
    pin = raw[layout.pin]
    return TerminalUser(
        uid=uid,
        pin=_text(pin, "ascii") if layout.pin_is_text else str(int.from_bytes(pin, "little")),
        name=_text(raw[layout.name], encoding),
        privilege=privilege & ~_DISABLED,
        enabled=not privilege & _DISABLED,
        has_password=bool(raw[layout.password].rstrip(b"\0")),
        card=int.from_bytes(raw[layout.card], "little"),
        layout=layout,
        raw=raw,
    )


def _text(field: bytes, encoding: str) -> str:
    return field.partition(b"\0")[0].decode(encoding, "backslashreplace").strip()


def _encode_pin(layout: UserLayout, pin: str) -> bytes:
    room = layout.pin.stop - layout.pin.start
    if not (pin.isascii() and pin.isalnum()):
        raise UnfitPinError("it is not made of digits and letters")
    if layout.pin_is_text:
        if len(pin) >= room:
            raise UnfitPinError(f"{len(pin)} characters, room for {room - 1}")
        return pin.encode("ascii").ljust(room, b"\0")
    if not pin.isdigit() or pin != str(int(pin)) or int(pin) >= 1 << 8 * room:
        raise UnfitPinError(f"it is no plain number of at most {room} bytes")
    return int(pin).to_bytes(room, "little")


def _replace(raw: bytes, field: slice, value: bytes) -> bytes:
    return raw[: field.start] + value + raw[field.stop :]

"""What a terminal uploads by itself (PUSH, also called ADMS): tables of text lines.

Fingerprint, face and palm templates that stand in such lines are cut off before anything looks at
them: only that a person was enrolled is kept.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from drivers.zkteco.punch_text import LONGEST_PIN, Columns, UnreadLine, read_punches, unread
from drivers.zkteco.records import PunchRecord
from drivers.zkteco.timecode import decode_time, pack_text_time

# State comes before verify here, the other way round than in the binary record.
_ATTLOG = Columns(state=2, verify=3, workcode=4, least=4)
_TEMPLATES = frozenset((b"FP", b"FACE", b"FACEINFO", b"BIODATA", b"BIOPHOTO", b"USERPIC", b"FVEIN"))
_OPLOG_FIELDS = 3
_LONGEST_KIND = 20
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class PushedUser:
    """A person whose data was entered or changed at the terminal; the password is left out."""

    pin: str
    name: str
    privilege: int
    card: str


@dataclass(frozen=True, slots=True)
class EnrolmentSeen:
    """A template of `kind` (FP, FACE …) was enrolled for `pin`; the template itself is not kept."""

    pin: str
    kind: str


@dataclass(frozen=True, slots=True)
class MenuAction:
    """Somebody worked in the terminal's menus: `action` is the terminal's code for what."""

    action: int
    operator: str
    at: datetime | None


Operation = PushedUser | EnrolmentSeen | MenuAction | UnreadLine


def decode_attlog(body: bytes, zone: tzinfo) -> list[PunchRecord | UnreadLine]:
    """The lines of table ATTLOG, with 4 to 10 fields. Never raises.

    Equal lines are counted within this upload only: the same punch pushed again is the same.
    """
    return read_punches(body.splitlines(), _ATTLOG, zone)


def decode_operlog(body: bytes, zone: tzinfo, encoding: str) -> list[Operation]:
    """The lines of table OPERLOG; `encoding` is that of names. Never raises."""
    return [_operation(line, zone, encoding) for line in body.splitlines() if line.strip()]


def decode_people(body: bytes, encoding: str) -> list[PushedUser]:
    """A terminal's answer to a query for its people: lines with the word USER in front or without.

    What is no person is passed over. Never raises.
    """
    found = (_user(_after_kind(line), encoding) for line in body.splitlines())
    return [user for user in found if user is not None]


def _after_kind(line: bytes) -> bytes:
    kind, _, rest = line.partition(b" ")
    return rest if kind.upper() == b"USER" else line


def _operation(line: bytes, zone: tzinfo, encoding: str) -> Operation:
    kind, _, rest = line.partition(b" ")
    if kind in _TEMPLATES:
        pin = _named(rest.partition(b"\t")[0]).get("pin", "")
        known = 0 < len(pin) <= LONGEST_PIN
        return (
            EnrolmentSeen(pin, kind.decode("ascii")) if known else UnreadLine(kind.decode("ascii"))
        )
    if kind == b"USER":
        return _user(rest, encoding) or UnreadLine("USER")
    if kind == b"OPLOG":
        return _action(rest, zone) or unread(line)
    return unread(kind[:_LONGEST_KIND])  # of an unknown kind the rest may be a template


def _user(rest: bytes, encoding: str) -> PushedUser | None:
    fields = _named(rest, encoding)
    pin = fields.get("pin", "")
    privilege = fields.get("pri") or fields.get("privilege") or "0"
    is_pin = pin.isascii() and pin.isalnum() and len(pin) <= LONGEST_PIN
    if not is_pin or not (privilege.isascii() and privilege.isdecimal()):
        return None
    card = fields.get("card") or fields.get("cardno") or ""
    return PushedUser(pin, fields.get("name", "")[:_LONGEST_NAME], int(privilege[:3]), card)


def _action(rest: bytes, zone: tzinfo) -> MenuAction | None:
    fields = [field.strip() for field in rest.decode("ascii", "replace").split("\t")]
    if len(fields) < _OPLOG_FIELDS or not (fields[0].isascii() and fields[0].isdecimal()):
        return None
    code = pack_text_time(fields[2])
    at = None if code is None else decode_time(code, zone)
    return MenuAction(int(fields[0][:9]), fields[1], at)


def _named(rest: bytes, encoding: str = "ascii") -> dict[str, str]:
    """`Key=value` fields parted by tabs, keys in lower case."""
    parts = (part.partition(b"=") for part in rest.split(b"\t"))
    return {
        key.strip().decode("ascii", "replace").lower(): value.decode(
            encoding, "backslashreplace"
        ).strip()
        for key, _, value in parts
    }

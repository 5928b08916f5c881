"""Punches written as lines of text, which is how a USB export and a push upload carry them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from drivers.zkteco.records import PunchRecord
from drivers.zkteco.timecode import decode_time, pack_text_time

LONGEST_PIN = 24
_LONGEST_NUMBER = 9  # digits


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a kind of line has its fields (tab-separated, from 0; PIN and time come first)."""

    state: int
    verify: int
    workcode: int
    least: int
    """Fewest fields of a line that is taken for a punch."""


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that is none of the known kinds; kept for a person, cut where it is long."""

    text: str


def read_punches(
    lines: Iterable[bytes], columns: Columns, zone: tzinfo
) -> list[PunchRecord | UnreadLine]:
    """Each line as a punch, or as unread; empty lines are left out. Never raises."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: list[PunchRecord | UnreadLine] = []
    for line in lines:
        if not line.strip():
            continue
        values = _values(line, columns)
        if values is None:
            found.append(unread(line))
            continue
        pin, code, verify, state, workcode = values
        found.append(
            PunchRecord(
                uid=None,
                pin=pin,
                raw_time=code,
                terminal_time=decode_time(code, zone),
                verify=verify,
                state=state,
                workcode=workcode,
                occurrence=seen[values[:4]],
                raw=line,
            )
        )
        seen[values[:4]] += 1
    return found


def unread(line: bytes) -> UnreadLine:
    """A line to show to a person: bytes that are no text stay visible, and 200 are enough."""
    return UnreadLine(line[:200].decode("utf-8", "backslashreplace"))


def _values(line: bytes, columns: Columns) -> tuple[str, int, int, int, int] | None:
    fields = [field.strip() for field in line.decode("ascii", "replace").split("\t")]
    if len(fields) < columns.least or not _is_pin(fields[0]):
        return None
    code = pack_text_time(fields[1])
    state, verify = _number(fields[columns.state]), _number(fields[columns.verify])
    if code is None or state is None or verify is None:
        return None
    workcode = _number(fields[columns.workcode]) if len(fields) > columns.workcode else None
    return fields[0], code, verify, state, workcode or 0


def _is_pin(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= LONGEST_PIN


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if fits else None

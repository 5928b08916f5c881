"""What in a terminal's log is new since the last sync, and what may have been lost in between.

A log only grows at its end. A full one drops its oldest records, 1 to 999 at once; somebody may
clear it; a terminal may be swapped. So the log is recognised by its content, never by time: by a
hash of all that was there, else by the last records of it. What cannot be recognised is offered
whole, to be stored where it is not stored yet, under an alarm that names the time in question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from hashlib import blake2b, sha256

from drivers.zkteco.codec import LogBody
from drivers.zkteco.layouts import Layout, in_columns, size_of
from drivers.zkteco.timecode import decode_time

TAIL = 32
"""Last records that are remembered one by one."""
MOST_DROPPED = 999
"""Oldest records that a full log gives up at once."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How a log was when it was last stored; save it in the transaction of the records.

    `prefix` is a SHA-256 of the whole body, `tail` short hashes of the last records, oldest
    first, `last_time` the packed time of the last one, also when it was cleared since (0 before
    the first).
    """

    layout: Layout
    count: int
    prefix: str
    tail: tuple[str, ...]
    last_time: int


class FindingKind(StrEnum):
    """What happened to a log between two syncs."""

    WRAPPED = "wrapped"
    """It was full and dropped old records, all of which are stored: nothing is lost."""
    GAP = "gap"
    """It goes on, but not from where it was: records were dropped before they were read."""
    CLEARED = "cleared"
    """It was cleared by somebody else; what was punched before that and not read is lost."""
    REWRITTEN = "rewritten"
    """Records that were stored are no longer what they were."""
    LAYOUT_CHANGED = "layout_changed"
    """Records have another layout (new firmware, another terminal)."""
    AMBIGUOUS = "ambiguous"
    """Equal records allow of more than one reading."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An event in a log's life, with the times between which punches may be missing.

    None stands for an open end. Both are by the terminal's clock.
    """

    kind: FindingKind
    since: datetime | None = None
    until: datetime | None = None
    dropped: int = 0
    """Stored records that the log has given up (WRAPPED only)."""

    @property
    def alarm(self) -> bool:
        """Whether a person must look at it."""
        return self.kind is not FindingKind.WRAPPED


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Records from index `first` on are new.

    When `certain`, none of them was in the log at the last sync: one that equals a stored punch
    is a further punch, unless that one was only hinted at by a live event. When not, those that
    are stored already (same key and occurrence) are the same ones.
    """

    first: int
    certain: bool
    cursor: Cursor
    finding: Finding | None = None


def cursor_of(log: LogBody, last_time: int = 0) -> Cursor:
    """The cursor to save once all of `log` is stored; `last_time` is that of an empty log."""
    size = size_of(log.layout)
    last = log.body[-size:]
    return Cursor(
        layout=log.layout,
        count=log.count,
        prefix=_whole(log.body),
        tail=tuple(_hashes(log.body[-size * TAIL :], size)),
        last_time=max(_times(log.layout, last), default=last_time),
    )


def reconcile(
    cursor: Cursor | None,
    log: LogBody,
    *,
    capacity: int,
    read_at: datetime | None,
    zone: tzinfo,
    most_dropped: int = MOST_DROPPED,
) -> Reconciliation:
    """Find what is new in `log` since `cursor` (None before the first sync).

    `capacity` is the number of records the terminal has room for, 0 if unknown; `read_at` its
    clock now.
    """
    if cursor is None:
        return Reconciliation(0, certain=False, cursor=cursor_of(log))
    new = cursor_of(log, cursor.last_time)
    may_have_wrapped = log.count > most_dropped and log.count >= capacity - most_dropped
    kind, first = _place(cursor, log, may_have_wrapped=may_have_wrapped)
    if kind is None:
        return Reconciliation(first, certain=True, cursor=new)
    if kind is FindingKind.WRAPPED:
        finding = Finding(kind, dropped=cursor.count - first)
        return Reconciliation(first, certain=True, cursor=new, finding=finding)
    finding = _missing(kind, cursor, log, read_at, zone)
    return Reconciliation(first, certain=cursor.count == 0, cursor=new, finding=finding)


def _place(
    cursor: Cursor, log: LogBody, *, may_have_wrapped: bool
) -> tuple[FindingKind | None, int]:
    """What happened to the log, and the index of the first record that may be new."""
    if cursor.count == 0:
        return (FindingKind.GAP if may_have_wrapped else None), 0
    if log.count and cursor.layout is not log.layout:
        return FindingKind.LAYOUT_CHANGED, 0
    known = log.body[: cursor.count * size_of(log.layout)]
    if log.count < cursor.count or _whole(known) != cursor.prefix:
        return _place_by_tail(cursor, log, may_have_wrapped=may_have_wrapped)
    if may_have_wrapped and _is_one_moment(log.layout, known):
        return FindingKind.AMBIGUOUS, 0
    return None, cursor.count


def _place_by_tail(
    cursor: Cursor, log: LogBody, *, may_have_wrapped: bool
) -> tuple[FindingKind, int]:
    size = size_of(log.layout)
    ends = _ends_of_tail(cursor.tail, _hashes(log.body, size))
    if not ends or not may_have_wrapped:
        return (FindingKind.CLEARED if log.count < cursor.count else FindingKind.GAP), 0
    end = ends[0]
    matched = log.body[max(end - len(cursor.tail), 0) * size : end * size]
    if len(ends) > 1 or _is_one_moment(log.layout, matched):
        return FindingKind.AMBIGUOUS, 0
    return (FindingKind.REWRITTEN, 0) if end >= cursor.count else (FindingKind.WRAPPED, end)


def _missing(
    kind: FindingKind, cursor: Cursor, log: LogBody, read_at: datetime | None, zone: tzinfo
) -> Finding:
    """An alarm with the times between which punches may be missing."""
    since = decode_time(cursor.last_time, zone)
    if kind is FindingKind.REWRITTEN:
        return Finding(kind, None, since)
    if kind is FindingKind.AMBIGUOUS:
        return Finding(kind, since, since)  # only further punches in the last second look alike
    oldest = _times(log.layout, log.body[: size_of(log.layout)])
    until = decode_time(oldest[0], zone) if oldest else None
    if since is None or until is None or until < since:
        until = read_at
    return Finding(kind, since, until)


def _is_one_moment(layout: Layout, body: bytes) -> bool:
    """Whether all records bear the same second.

    As time goes on, records that do not cannot come a second time, so they prove where they stand.
    """
    return len(set(_times(layout, body))) == 1


def _times(layout: Layout, body: bytes) -> Sequence[int]:
    return in_columns(layout, body).times


def _ends_of_tail(tail: tuple[str, ...], hashes: list[str]) -> list[int]:
    """Indices behind which the remembered last records stand, or as many as the log still has."""
    ends = [index + 1 for index, value in enumerate(hashes) if value == tail[-1]]
    return [
        end
        for end in ends
        if hashes[max(end - len(tail), 0) : end] == list(tail[-min(end, len(tail)) :])
    ]


def _whole(body: bytes) -> str:
    return sha256(body).hexdigest()


def _hashes(body: bytes, size: int) -> list[str]:
    return [
        blake2b(body[at : at + size], digest_size=8).hexdigest() for at in range(0, len(body), size)
    ]

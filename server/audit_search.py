"""The audit trail as an administrator searches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, select

from server.audit import AuditEntry
from server.devices.models import Device
from server.people.models import Account
from server.work import Work

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """What is looked for: days (both included), the actor's label, an action, a subject."""

    first: date | None = None
    last: date | None = None
    actor: str = ""
    action: str = ""
    subject: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An entry; `at` is in the hall's zone, `actor` a name where one is known."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries, newest first, of one page out of `pages`; `found` in all."""

    lines: Sequence[AuditLine]
    found: int
    page: int
    pages: int


def search_audit(work: Work, query: AuditQuery) -> AuditPage:
    """One page of the entries that fit."""
    fitting = _fitting(work, query)
    found = work.session.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    pages = max(-(-found // PAGE_SIZE), 1)
    page = min(max(query.page, 1), pages)
    rows = work.session.scalars(
        fitting.order_by(AuditEntry.id.desc()).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    )
    names = dict(actors(work))
    return AuditPage([_line(work, row, names) for row in rows], found, page, pages)


def actors(work: Work) -> list[tuple[str, str]]:
    """Everybody who may have acted: label and name."""
    accounts = select(Account.id, Account.username).where(Account.hall_id == work.hall_id)
    devices = select(Device.id, Device.name).where(Device.hall_id == work.hall_id)
    return [
        *((f"account:{row.id}", row.username) for row in work.session.execute(accounts)),
        *((f"device:{row.id}", row.name) for row in work.session.execute(devices)),
    ]


def actions(work: Work) -> Sequence[str]:
    """Every action that was ever noted."""
    rows = select(AuditEntry.action).where(AuditEntry.hall_id == work.hall_id).distinct()
    return sorted(work.session.scalars(rows))


def _fitting(work: Work, query: AuditQuery) -> Select[AuditEntry]:
    rows = select(AuditEntry).where(AuditEntry.hall_id == work.hall_id)
    if query.first is not None:
        rows = rows.where(AuditEntry.at >= _midnight(work, query.first))
    if query.last is not None and query.last < date.max:
        rows = rows.where(AuditEntry.at < _midnight(work, query.last + timedelta(days=1)))
    if query.actor:
        rows = rows.where(AuditEntry.actor == query.actor)
    if query.action:
        rows = rows.where(AuditEntry.action == query.action)
    if query.subject:
        rows = rows.where(AuditEntry.subject == query.subject)
    return rows


def _midnight(work: Work, day: date) -> datetime:
    return datetime.combine(day, time(), work.zone)


def _line(work: Work, row: AuditEntry, names: dict[str, str]) -> AuditLine:
    return AuditLine(
        id=row.id,
        at=row.at.astimezone(work.zone),
        actor=names.get(row.actor, row.actor),
        action=row.action,
        subject=row.subject,
        details=row.details,
    )

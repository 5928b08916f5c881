"""The audit chain: every change that a person makes, each entry sealed over the one before."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.catalogue.models import Hall
from server.database import Base, Identified


class AuditEntry(Identified, Base):
    """Who did what to what, when; `seal` is SHA-256 over the entry and the previous seal."""

    __tablename__ = "audit_entries"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
    seal: Mapped[str]


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An entry before it is sealed."""

    actor: str
    action: str
    subject: str
    details: dict[str, Any]


def seal(previous: str, at: datetime, record: AuditRecord) -> str:
    """The seal of an entry, from the seal before it (empty for the first)."""
    body = json.dumps(
        [previous, at.isoformat(), record.actor, record.action, record.subject, record.details],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()


def broken_links(session: Session, hall: Hall) -> list[int]:
    """Ids of the entries whose seal does not follow from the one before; empty when all is well.

    A missing last entry shows as id 0: the hall's own head no longer matches the chain's end.
    """
    broken: list[int] = []
    previous = ""
    rows = select(AuditEntry).where(AuditEntry.hall_id == hall.id).order_by(AuditEntry.id)
    for entry in session.scalars(rows):
        record = AuditRecord(entry.actor, entry.action, entry.subject, entry.details)
        if entry.seal != seal(previous, entry.at, record):
            broken.append(entry.id)
        previous = entry.seal
    return [*broken, 0] if previous != hall.audit_hash else broken

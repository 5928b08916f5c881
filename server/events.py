"""Domain events: what happened, in one unbroken sequence per hall, written with what happened."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified


@dataclass(frozen=True, slots=True)
class DomainEvent:
    """Something that happened. `topics` are the kinds of screen that should look again."""

    topics: ClassVar[frozenset[str]] = frozenset()

    def payload(self) -> dict[str, Any]:
        """The event's fields as stored."""
        return asdict(self)


class EventRow(Identified, Base):
    """The outbox: a committed event, numbered without gaps within its hall."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("hall_id", "seq"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    seq: Mapped[int]
    kind: Mapped[str]
    topics: Mapped[list[Any]]
    payload: Mapped[dict[str, Any]]
    happened_at: Mapped[datetime]

"""What happens to the hall's own description."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent


@dataclass(frozen=True, slots=True)
class HallChanged(DomainEvent):
    """The hall, its services, queues, counters or rules were changed: every screen looks again."""

    topics: ClassVar[frozenset[str]] = frozenset(
        {"agents", "counters", "display", "kiosk", "supervision"}
    )

    subject: str

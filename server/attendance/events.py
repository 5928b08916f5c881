"""What happens in attendance."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent

SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class PunchesReceived(DomainEvent):
    """New punches came from a terminal."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    terminal_id: int
    stored: int

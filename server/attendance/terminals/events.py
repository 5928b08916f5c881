"""What happens to terminals' logs."""

from dataclasses import dataclass
from typing import ClassVar

from server.attendance.events import SUPERVISION
from server.events import DomainEvent


@dataclass(frozen=True, slots=True)
class TerminalFound(DomainEvent):
    """Something about a terminal's log that is worth a look: a gap, a wrap, a read set aside."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    terminal_id: int
    kind: str

"""What happens to terminals' logs."""

from dataclasses import dataclass
from typing import ClassVar

from server.attendance.events import SUPERVISION
from server.devices.events import AGENTS
from server.events import DomainEvent


@dataclass(frozen=True, slots=True)
class TerminalFound(DomainEvent):
    """Something about a terminal's log that is worth a look: a gap, a wrap, a read set aside."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    terminal_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class TerminalAsked(DomainEvent):
    """Somebody asked a terminal to do something; its agent is to look now."""

    topics: ClassVar[frozenset[str]] = frozenset({AGENTS, SUPERVISION})

    terminal_id: int
    command_id: int


@dataclass(frozen=True, slots=True)
class TerminalAnswered(DomainEvent):
    """A command went on, was done, or failed."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    terminal_id: int
    command_id: int
    state: str

"""What happens to print jobs and to the paper in the printers."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent

AGENTS = "agents"
KIOSK = "kiosk"
SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class PrintJobQueued(DomainEvent):
    """A receipt waits for its printer's agent."""

    topics: ClassVar[frozenset[str]] = frozenset({AGENTS})

    job_id: int
    printer_id: int


@dataclass(frozen=True, slots=True)
class PrintJobChanged(DomainEvent):
    """A print job went on."""

    topics: ClassVar[frozenset[str]] = frozenset({KIOSK, SUPERVISION})

    job_id: int
    state: str


@dataclass(frozen=True, slots=True)
class PrinterChanged(DomainEvent):
    """A printer has a new roll of paper."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    printer_id: int

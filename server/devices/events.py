"""What happens to devices."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent

AGENTS = "agents"
KIOSK = "kiosk"
SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class DeviceHealthChanged(DomainEvent):
    """A device was lost, recovered, or needs a person.

    Kiosks say that their printer has no paper; agents let a printer stand in for another.
    """

    topics: ClassVar[frozenset[str]] = frozenset({AGENTS, KIOSK, SUPERVISION})

    device_id: int
    state: str


@dataclass(frozen=True, slots=True)
class DevicesChanged(DomainEvent):
    """A device was added, changed or removed; an agent is to look for devices, or found some."""

    topics: ClassVar[frozenset[str]] = frozenset({AGENTS, KIOSK, SUPERVISION})

    device_id: int

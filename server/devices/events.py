"""What happens to devices."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent

SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class DeviceHealthChanged(DomainEvent):
    """A device was lost, recovered, or needs a person."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    device_id: int
    state: str

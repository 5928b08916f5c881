"""What happens to tickets and counters."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent

COUNTERS = "counters"
DISPLAY = "display"
KIOSK = "kiosk"
SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class TicketIssued(DomainEvent):
    """A citizen has a number."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY, KIOSK})

    ticket_id: int
    queue_id: int


@dataclass(frozen=True, slots=True)
class TicketCalled(DomainEvent):
    """A ticket was called, or called again, to a counter."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY, KIOSK})

    ticket_id: int
    counter_id: int
    call_id: int


@dataclass(frozen=True, slots=True)
class TicketMoved(DomainEvent):
    """A called ticket went on: service began, ended, or the citizen did not come."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY})

    ticket_id: int
    counter_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CounterStaffed(DomainEvent):
    """A clerk took a counter, or left it."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY})

    counter_id: int
    open: bool


@dataclass(frozen=True, slots=True)
class TicketRated(DomainEvent):
    """A citizen rated; who reads this learns of it, not of the grade."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS})

    ticket_id: int
    counter_id: int


@dataclass(frozen=True, slots=True)
class CallTakenBack(DomainEvent):
    """A call, finish or no-show was undone: screens and voice forget it."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY, KIOSK})

    ticket_id: int
    counter_id: int
    action: str


@dataclass(frozen=True, slots=True)
class TicketQueued(DomainEvent):
    """A ticket waits again: transferred, returned or held over; or it has left the queue."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY, KIOSK})

    ticket_id: int
    queue_id: int
    state: str


@dataclass(frozen=True, slots=True)
class CounterPaused(DomainEvent):
    """A counter is closed for now, or open again."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY})

    counter_id: int
    paused: bool


@dataclass(frozen=True, slots=True)
class DayBegun(DomainEvent):
    """A new business day."""

    topics: ClassVar[frozenset[str]] = frozenset({COUNTERS, DISPLAY, KIOSK, SUPERVISION})

    date: str


@dataclass(frozen=True, slots=True)
class ClockHeld(DomainEvent):
    """The server's clock jumped over midnight; a person has to confirm the new day."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    date: str


@dataclass(frozen=True, slots=True)
class ComplaintMade(DomainEvent):
    """A citizen gave a bad rating; it has to be dealt with."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    rating_id: int


@dataclass(frozen=True, slots=True)
class AlarmRaised(DomainEvent):
    """A clerk asks for help, or somebody came: told to the supervision alone, never to the hall."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    alarm_id: int
    counter_id: int
    answered: bool

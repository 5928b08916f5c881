"""What happens in attendance."""

from dataclasses import dataclass
from typing import ClassVar

from server.events import DomainEvent

SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True)
class PunchesReceived(DomainEvent):
    """New punches came from a terminal; their row numbers are higher than `after`."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    terminal_id: int
    stored: int
    after: int


@dataclass(frozen=True, slots=True)
class VerdictsChanged(DomainEvent):
    """Half days were judged, or judged otherwise than before."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    half_days: int


@dataclass(frozen=True, slots=True)
class NoticeTold(DomainEvent):
    """Somebody was told something."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    notice_id: int


@dataclass(frozen=True, slots=True)
class HandSigned(DomainEvent):
    """A cover signed by hand, or the desk clerk confirmed it."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    signing_id: int


@dataclass(frozen=True, slots=True)
class ResultsPublished(DomainEvent):
    """Results were frozen and published."""

    topics: ClassVar[frozenset[str]] = frozenset({SUPERVISION})

    publication_id: int

"""Who is next, and how a number looks: pure rules of the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class CallRule(StrEnum):
    """The rule by which a ticket was called."""

    ARRIVAL = "arrival"  # the longest-waiting of the queues that this counter serves
    RECALL = "recall"  # the same ticket once more


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A waiting ticket as the policy sees it; `arrival` is a sequence, never a clock."""

    ticket_id: int
    queue_id: int
    arrival: int


def next_in_line(waiting: Iterable[WaitingTicket]) -> WaitingTicket | None:
    """The ticket to call next: the earliest arrival; None when nobody waits."""
    return min(waiting, key=lambda ticket: ticket.arrival, default=None)


def ticket_label(prefix: str, number: int, width: int) -> str:
    """A number as it is printed and spoken, e.g. `A001`; it grows beyond `width` when it must."""
    return f"{prefix}{number:0{width}d}"

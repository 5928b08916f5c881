"""What a hall ought to do, said once more in plain words: the other side of the state machine."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from server.problems import Conflict
from server.queueing.calling import ActionNotAllowed, NobodyWaiting, NoTicketInHand
from server.queueing.staffing import CounterTaken, NotAtCounter, TicketInHand
from server.queueing.states import ACTIVE_STATES, TRANSITIONS, TicketAction, TicketState

Refusal = type[Conflict] | None


@dataclass(slots=True)
class HallModel:
    """Counters and clerks by number, tickets by row number. `serves` maps counters to prefixes."""

    serves: dict[int, str]
    states: dict[int, TicketState] = field(default_factory=dict)
    lines: dict[tuple[date, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    present: dict[int, int] = field(default_factory=dict)  # counter → clerk
    in_hand: dict[int, int] = field(default_factory=dict)  # counter → ticket

    def taken(self, ticket: int, day: date, prefix: str) -> None:
        """A ticket waits."""
        self.states[ticket] = TicketState.WAITING
        self.lines[day, prefix].append(ticket)

    def refusal_of_opening(self, clerk: int, counter: int) -> Refusal:
        """Why a clerk cannot take a counter."""
        left = self._place_of(clerk)
        if left not in {None, counter} and left in self.in_hand:
            return TicketInHand
        return CounterTaken if self.present.get(counter, clerk) != clerk else None

    def opened(self, clerk: int, counter: int) -> None:
        """A clerk is at a counter now, and nowhere else."""
        left = self._place_of(clerk)
        if left is not None:
            del self.present[left]
        self.present[counter] = clerk

    def refusal_of_closing(self, clerk: int, counter: int) -> Refusal:
        """Why a clerk cannot leave a counter."""
        if self.present.get(counter) != clerk:
            return NotAtCounter
        return TicketInHand if counter in self.in_hand else None

    def refusal_of_next(self, clerk: int, counter: int, day: date) -> Refusal:
        """Why a clerk cannot call anybody."""
        refusal = self.refusal_of_closing(clerk, counter)
        if refusal is not None:
            return refusal
        return None if self._line(counter, day) else NobodyWaiting

    def called(self, counter: int, day: date) -> int:
        """The ticket that must have been called: the earliest of today's lines."""
        ticket = min(self._line(counter, day))
        for line in self.lines.values():
            if ticket in line:
                line.remove(ticket)
        self.states[ticket] = TicketState.CALLED
        self.in_hand[counter] = ticket
        return ticket

    def refusal_of_press(self, clerk: int, counter: int, action: TicketAction) -> Refusal:
        """Why a clerk cannot take the ticket in hand on."""
        if self.present.get(counter) != clerk:
            return NotAtCounter
        if counter not in self.in_hand:
            return NoTicketInHand
        state = self.states[self.in_hand[counter]]
        return None if (state, action) in TRANSITIONS else ActionNotAllowed

    def pressed(self, counter: int, action: TicketAction) -> None:
        """The ticket in hand went on by the table."""
        ticket = self.in_hand[counter]
        self.states[ticket] = TRANSITIONS[self.states[ticket], action]
        if self.states[ticket] not in ACTIVE_STATES:
            del self.in_hand[counter]

    def _place_of(self, clerk: int) -> int | None:
        return next((counter for counter, who in self.present.items() if who == clerk), None)

    def _line(self, counter: int, day: date) -> list[int]:
        return [ticket for prefix in self.serves[counter] for ticket in self.lines[day, prefix]]

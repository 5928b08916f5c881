"""What a hall ought to do, said once more in plain words: the other side of the state machine."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from server.problems import Conflict
from server.queueing.calling import NobodyWaiting
from server.queueing.lanes import Lane
from server.queueing.returning import NoMoreReturns
from server.queueing.staffing import CounterTaken, NotAtCounter, TicketInHand
from server.queueing.states import ACTIVE_STATES, TRANSITIONS, TicketAction, TicketState
from server.queueing.turns import ActionNotAllowed, NoTicketInHand
from server.queueing.undoing import NothingToUndo

Refusal = type[Conflict] | None
S, A = TicketState, TicketAction

SHARES = {Lane.GREEN: 1, Lane.PRIORITY: 1, Lane.APPOINTMENT: 1, Lane.ORDINARY: 2}
UNDOABLE = (A.CALL, A.FINISH, A.MARK_NO_SHOW)
UNDO_FOR = timedelta(seconds=10)
PLACES_BACK, MOST_RETURNS, ROOM = 3, 2, 1024


@dataclass(frozen=True, slots=True)
class ModelTicket:
    """A ticket as the model has it; `touched` counts what happened to it."""

    day: date
    queue: str
    lane: Lane
    place: int
    state: TicketState = S.WAITING
    returns: int = 0
    touched: int = 0


@dataclass(frozen=True, slots=True)
class Pressed:
    """An undoable press: the ticket before and after it, and the counter's round before it."""

    ticket: int
    clerk: int
    at: datetime
    before: ModelTicket
    touched: int
    left: dict[Lane, int]


@dataclass(slots=True)
class HallModel:
    """Counters and clerks by number, tickets by row number. `serves` maps counters to prefixes."""

    serves: dict[int, str]
    day: date
    tickets: dict[int, ModelTicket] = field(default_factory=dict)
    present: dict[int, int] = field(default_factory=dict)  # counter → clerk
    in_hand: dict[int, int] = field(default_factory=dict)  # counter → ticket
    held: dict[int, int] = field(default_factory=dict)  # ticket on hold → counter
    rounds: dict[int, dict[Lane, int]] = field(default_factory=lambda: defaultdict(dict))
    pressed_at: dict[int, list[Pressed]] = field(default_factory=lambda: defaultdict(list))

    @property
    def states(self) -> dict[int, TicketState]:
        """The state of each ticket."""
        return {number: ticket.state for number, ticket in self.tickets.items()}

    def taken(self, ticket: int, prefix: str, lane: Lane) -> None:
        """A ticket waits."""
        self.tickets[ticket] = ModelTicket(self.day, prefix, lane, place=ticket * ROOM)

    def day_begins(self, day: date) -> None:
        """Whoever waits from before has walked out; rounds begin anew."""
        if day <= self.day:
            return
        self.day = day
        self.rounds.clear()
        for number, ticket in self.tickets.items():
            if ticket.state in {S.WAITING, S.ON_HOLD}:
                self._change(number, state=S.WALKED_OUT)
                self.held.pop(number, None)

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

    def refusal_of_next(self, clerk: int, counter: int) -> Refusal:
        """Why a clerk cannot call anybody."""
        refusal = self.refusal_of_closing(clerk, counter)
        if refusal is not None:
            return refusal
        return None if self._line(self.serves[counter]) else NobodyWaiting

    def called(self, counter: int, now: datetime) -> int:
        """The ticket that must have been called: the first of the lane whose turn it is."""
        line = self._line(self.serves[counter])
        lanes = {self.tickets[ticket].lane for ticket in line}
        before = dict(self.rounds[counter])
        left = dict(before)
        if not any(left.get(lane) for lane in lanes):
            left = dict(SHARES)
        turn = max(
            (lane for lane in Lane if lane in lanes), key=lambda one: left.get(one, 0) / SHARES[one]
        )
        ticket = next(one for one in line if self.tickets[one].lane is turn)
        self.rounds[counter] = {**left, turn: left[turn] - 1}
        self._call(ticket, counter, now, self.tickets[ticket], before)
        return ticket

    def refusal_of_number(self, clerk: int, counter: int) -> Refusal:
        """Why a clerk cannot call a ticket by its number."""
        return self.refusal_of_closing(clerk, counter)

    def called_by_number(self, counter: int, ticket: int, now: datetime) -> None:
        """A ticket came out of turn, from the line or from those who were missed."""
        before = self.tickets[ticket]
        if before.state is S.NO_SHOW:
            self.returned(ticket)
        self._call(ticket, counter, now, before, dict(self.rounds[counter]))

    def refusal_of_press(self, clerk: int, counter: int, action: TicketAction) -> Refusal:
        """Why a clerk cannot take the ticket in hand on."""
        if self.present.get(counter) != clerk:
            return NotAtCounter
        if counter not in self.in_hand:
            return NoTicketInHand
        state = self.tickets[self.in_hand[counter]].state
        return None if (state, action) in TRANSITIONS else ActionNotAllowed

    def pressed(self, counter: int, action: TicketAction, now: datetime) -> None:
        """The ticket in hand went on by the table."""
        number = self.in_hand[counter]
        before = self.tickets[number]
        state = TRANSITIONS[before.state, action]
        self._change(number, state=state)
        if state not in ACTIVE_STATES:
            del self.in_hand[counter]
        if state is S.ON_HOLD:
            self.held[number] = counter
        if action in UNDOABLE:
            self._keep(number, counter, now, before, dict(self.rounds[counter]))

    def transferred(self, counter: int, prefix: str) -> None:
        """The ticket in hand waits in another queue, where it stood in this one."""
        self._change(self.in_hand.pop(counter), state=S.WAITING, queue=prefix)

    def resumed(self, counter: int, ticket: int) -> None:
        """A ticket on hold is in hand again."""
        self._change(ticket, state=S.SERVING)
        del self.held[ticket]
        self.in_hand[counter] = ticket

    def refusal_of_return(self, ticket: int) -> Refusal:
        """Why a citizen cannot come back into the line."""
        row = self.tickets[ticket]
        if row.state is S.WAITING:
            return None
        if row.state is not S.NO_SHOW:
            return ActionNotAllowed
        late = row.day != self.day or row.returns >= MOST_RETURNS
        return NoMoreReturns if late else None

    def returned(self, ticket: int) -> None:
        """A missed ticket waits behind the first three of its lane."""
        row = self.tickets[ticket]
        if row.state is S.WAITING:
            return
        line = [one for one in self._line(row.queue) if self.tickets[one].lane is row.lane]
        last = line[:PLACES_BACK][-1:]
        behind = max([row.place, *(self.tickets[one].place + 1 for one in last)])
        self._change(ticket, state=S.WAITING, place=behind, returns=row.returns + 1)

    def refusal_of_leaving(self, ticket: int) -> Refusal:
        """Why a citizen cannot give a ticket up."""
        state = self.tickets[ticket].state
        known = state is S.WALKED_OUT or (state, A.WALK_OUT) in TRANSITIONS
        return None if known else ActionNotAllowed

    def left(self, ticket: int) -> None:
        """A citizen is gone."""
        if self.tickets[ticket].state is not S.WALKED_OUT:
            self._change(ticket, state=S.WALKED_OUT)
            self.held.pop(ticket, None)

    def refusal_of_undo(self, clerk: int, counter: int, now: datetime) -> Refusal:
        """Why nothing can be taken back at a counter."""
        if self.present.get(counter) != clerk:
            return NotAtCounter
        if not self.pressed_at[counter]:
            return NothingToUndo
        last = self.pressed_at[counter][-1]
        row = self.tickets[last.ticket]
        unchanged = row.touched == last.touched and row.day == self.day
        free = self.in_hand.get(counter, last.ticket) == last.ticket
        in_time = max(timedelta(0), now - last.at) < UNDO_FOR
        fine = unchanged and free and in_time and last.clerk == clerk
        return None if fine else NothingToUndo

    def undone(self, counter: int) -> None:
        """Everything is as before the press."""
        last = self.pressed_at[counter].pop()
        self.tickets[last.ticket] = replace(last.before, touched=last.touched + 1)
        self.rounds[counter] = last.left
        if last.before.state in ACTIVE_STATES:
            self.in_hand[counter] = last.ticket
        else:
            self.in_hand.pop(counter, None)

    def _call(
        self, ticket: int, counter: int, now: datetime, before: ModelTicket, left: dict[Lane, int]
    ) -> None:
        self._change(ticket, state=S.CALLED)
        self.in_hand[counter] = ticket
        self._keep(ticket, counter, now, before, left)

    def _keep(
        self, ticket: int, counter: int, now: datetime, before: ModelTicket, left: dict[Lane, int]
    ) -> None:
        clerk, touched = self.present[counter], self.tickets[ticket].touched
        self.pressed_at[counter].append(Pressed(ticket, clerk, now, before, touched, left))

    def _change(self, ticket: int, **changes: object) -> None:
        row = self.tickets[ticket]
        self.tickets[ticket] = replace(row, touched=row.touched + 1, **changes)  # type: ignore[arg-type]

    def _place_of(self, clerk: int) -> int | None:
        return next((counter for counter, who in self.present.items() if who == clerk), None)

    def _line(self, prefixes: str) -> list[int]:
        waiting = [
            (row.place, number)
            for number, row in self.tickets.items()
            if row.state is S.WAITING and row.queue in prefixes
        ]
        return [number for _place, number in sorted(waiting)]

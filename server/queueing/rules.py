"""Who is next, and how a number looks: pure rules of the queue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.queueing.lanes import Lane

FIRST_CHOICE = 1


class CallRule(StrEnum):
    """The rule by which a ticket was called."""

    ARRIVAL = "arrival"  # the longest-waiting of the queues that this counter serves
    SHARES = "shares"  # it was this lane's turn
    WEIGHTS = "weights"  # the longest wait, weighted by lane
    RESERVED = "reserved"  # it waits for this counter or this clerk
    OVERFLOW = "overflow"  # not this counter's first choice, but it had to wait too long
    EARLY = "early"  # an appointment before its time: nobody else was waiting
    NUMBER = "number"  # called by number, with a reason
    RECALL = "recall"  # the same ticket once more


class Mixing(StrEnum):
    """How the lanes are mixed."""

    SHARES = "shares"  # N of one lane, then M of the other
    WEIGHTS = "weights"  # time waited × weight of the lane


@dataclass(frozen=True, slots=True)
class Policy:
    """How lanes are mixed. A share is at least 1, a weight above 0: nobody waits for ever."""

    mixing: Mixing
    shares: Mapping[Lane, int]
    weights: Mapping[Lane, float]


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A waiting ticket as the policy sees it.

    `arrival` is its place in its lane (a sequence, never a clock); `waited` and `due_in` (until an
    appointment may be called) are seconds; `reserved`: for this counter or clerk alone.
    """

    ticket_id: int
    queue_id: int
    arrival: int
    lane: Lane = Lane.ORDINARY
    waited: int = 0
    due_in: int = 0
    reserved: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """A queue's place in a counter's work: rank 1 is the first choice.

    Higher ranks are helped when nobody of a lower rank waits, or somebody in them has waited for
    `overflow_after` seconds.
    """

    rank: int = FIRST_CHOICE
    overflow_after: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call, the rule that chose it, and what the rule looked at.

    `heads` are the tickets that it was compared with; `left` is what is left of the counter's
    round after this call.
    """

    ticket: WaitingTicket
    rule: CallRule
    heads: Sequence[WaitingTicket]
    left: Mapping[Lane, int]


def choose(
    waiting: Iterable[WaitingTicket],
    left: Mapping[Lane, int],
    policy: Policy,
    work: Mapping[int, Assignment],
) -> Choice | None:
    """The ticket to call next, None when nobody waits.

    With shares, a counter calls in rounds: each lane as often as its share, as long as somebody
    waits in it. `left` is what is left of the counter's round (empty: a new one begins); `work` is
    the counter's assignment by queue. How often a ticket is overtaken: `overtaking_bound`.
    """
    heads, early = _heads(waiting)
    if not heads:
        first = min(early, key=_due_first, default=None)
        return Choice(first, CallRule.EARLY, early, left) if first is not None else None
    by_lane = _heads_by_lane(_of_this_counter(heads, work))
    if policy.mixing is Mixing.WEIGHTS:
        chosen = max(by_lane.values(), key=lambda one: _weighted(one, policy))
    else:
        left = _round(by_lane, left, policy.shares)
        chosen = by_lane[_lane_in_turn(by_lane, left, policy.shares)]
        left = {**left, chosen.lane: left[chosen.lane] - 1}
    rule = _rule(chosen, len(by_lane), policy, work)
    return Choice(chosen, rule, tuple(by_lane.values()), left)


def overtaking_bound(shares: Mapping[Lane, int], lane: Lane, ahead: int, counters: int) -> int:
    """How many tickets of other lanes are called at most before a ticket of this lane.

    `ahead` wait before it in its own lane of the queues that `counters` counters share as their
    first choice. In a round the others get their shares at most once, whoever comes, and a round
    does not end while the lane still has something left of its own.
    """
    own = shares[lane]
    others = sum(shares.values()) - own
    return others * (2 * counters + -(-ahead // own))


def return_place(own: int, line: Sequence[int], places: int) -> int:
    """Where a ticket that comes back stands: behind the first `places` of its lane, at most.

    `line` are the places of those who wait now, in order; never further ahead than it was.
    """
    if not line:
        return own
    return max(own, line[min(places, len(line)) - 1] + 1)


class DayStep(StrEnum):
    """What becomes of the business date."""

    STAY = "stay"
    ROLL = "roll"
    HOLD = "hold"  # the clock jumped: a person has to say whether it is right


def day_step(current: date, by_clock: date, silence: timedelta, longest: timedelta) -> DayStep:
    """Whether a new business day begins.

    `silence` is the time since the running server last looked at its clock. It looks often, so a
    long silence is a clock that was set. A business date never goes back.
    """
    if by_clock <= current:
        return DayStep.STAY
    return DayStep.HOLD if silence > longest else DayStep.ROLL


def ticket_label(prefix: str, number: int, width: int) -> str:
    """A number as it is printed and spoken, e.g. `A001`; it grows beyond `width` when it must."""
    return f"{prefix}{number:0{width}d}"


def carried_label(label: str, day: date) -> str:
    """The label of a ticket that outlives its day, e.g. `A001-14`: today's A001 is another."""
    return label if "-" in label else f"{label}-{day.day:02d}"


def _due_first(ticket: WaitingTicket) -> tuple[int, int]:
    return ticket.due_in, ticket.arrival


def _heads(
    waiting: Iterable[WaitingTicket],
) -> tuple[Sequence[WaitingTicket], Sequence[WaitingTicket]]:
    """The first of each line that may be called, and the appointments whose time is to come."""
    heads: dict[tuple[int, Lane, bool], WaitingTicket] = {}
    early: list[WaitingTicket] = []
    for ticket in waiting:
        if ticket.due_in > 0:
            early.append(ticket)
            continue
        line = (ticket.queue_id, ticket.lane, ticket.reserved)
        head = heads.get(line)
        if head is None or ticket.arrival < head.arrival:
            heads[line] = ticket
    return list(heads.values()), early


def _of_this_counter(
    heads: Sequence[WaitingTicket], work: Mapping[int, Assignment]
) -> Sequence[WaitingTicket]:
    """Those of the best rank that has anybody, and those of other ranks who waited too long."""
    best = min(_rank(ticket, work) for ticket in heads)
    return [
        ticket
        for ticket in heads
        if _rank(ticket, work) == best or ticket.waited >= work[ticket.queue_id].overflow_after
    ]


def _rank(ticket: WaitingTicket, work: Mapping[int, Assignment]) -> int:
    return FIRST_CHOICE if ticket.reserved else work[ticket.queue_id].rank


def _heads_by_lane(heads: Sequence[WaitingTicket]) -> dict[Lane, WaitingTicket]:
    by_lane: dict[Lane, WaitingTicket] = {}
    for ticket in sorted(heads, key=lambda one: one.arrival):
        by_lane.setdefault(ticket.lane, ticket)
    return by_lane


def _weighted(ticket: WaitingTicket, policy: Policy) -> tuple[float, int]:
    return ticket.waited * policy.weights[ticket.lane], -ticket.arrival


def _round(
    lanes: Iterable[Lane], left: Mapping[Lane, int], shares: Mapping[Lane, int]
) -> Mapping[Lane, int]:
    """What is left of the round; a new one when none of these lanes has anything left."""
    whole = {lane: left.get(lane, 0) for lane in Lane}
    return whole if any(whole[lane] > 0 for lane in lanes) else dict(shares)


def _lane_in_turn(
    lanes: Iterable[Lane], left: Mapping[Lane, int], shares: Mapping[Lane, int]
) -> Lane:
    """The lane of which the largest part of its share is left."""
    present = set(lanes)
    return max(
        (lane for lane in Lane if lane in present), key=lambda lane: left[lane] / shares[lane]
    )


def _rule(
    chosen: WaitingTicket, lanes: int, policy: Policy, work: Mapping[int, Assignment]
) -> CallRule:
    if chosen.reserved:
        return CallRule.RESERVED
    if work[chosen.queue_id].rank > FIRST_CHOICE:
        return CallRule.OVERFLOW
    if lanes > 1:
        return CallRule(policy.mixing.value)
    return CallRule.ARRIVAL

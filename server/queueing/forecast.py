"""How long one will wait: the line rehearsed against the open counters. Pure, and always the same.

No dice are thrown: each rehearsal walks through the experienced service times in another order.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

SECONDS_PER_MINUTE = 60
MOST_PEOPLE = 120
"""A longer line is rehearsed in groups, each standing for several people."""

# Fractions that fill the interval evenly, whatever their number: golden ratio and its square.
PERSON_STEP, REHEARSAL_STEP = 0.618_033_988_75, 0.381_966_011_25
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """A counter that serves these queues, and the seconds until it is free."""

    queues: frozenset[int]
    free_in: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A wait between `low` and `high` minutes, eight times out of ten."""

    low: int
    high: int

    def holds(self, waited_seconds: int) -> bool:
        """Whether a real wait was what had been said."""
        return self.low * SECONDS_PER_MINUTE <= waited_seconds <= self.high * SECONDS_PER_MINUTE


def forecast(
    ahead: Mapping[int, int],
    mine: int,
    counters: Sequence[OpenCounter],
    times: Mapping[int, Sequence[int]],
    *,
    rehearsals: int,
    step: int,
) -> Estimate | None:
    """The wait of somebody in queue `mine`; None when no open counter serves it.

    `ahead` counts who stands before by queue; `times` are experienced seconds by queue. The range
    is told in steps of `step` minutes.
    """
    if not any(mine in counter.queues for counter in counters):
        return None
    line, group = _line(ahead, counters)
    sorted_times = {queue: sorted(seconds) for queue, seconds in times.items()}
    waits = sorted(
        _rehearse(line, group, mine, counters=counters, times=sorted_times, number=number)
        for number in range(rehearsals)
    )
    low = waits[int(LOW * (len(waits) - 1))]
    high = waits[round(HIGH * (len(waits) - 1))]
    unit = step * SECONDS_PER_MINUTE
    rounded = int(low // unit) * step
    return Estimate(rounded, max(-int(-high // unit) * step, rounded + step))


def _line(ahead: Mapping[int, int], counters: Sequence[OpenCounter]) -> tuple[Sequence[int], int]:
    """The queues of those ahead in a mixed order, and how many people each one stands for."""
    served = frozenset().union(*(counter.queues for counter in counters))
    people = {queue: count for queue, count in ahead.items() if queue in served and count > 0}
    group = -(-sum(people.values()) // MOST_PEOPLE) or 1
    columns = [[queue] * -(-count // group) for queue, count in sorted(people.items())]
    longest = max((len(column) for column in columns), default=0)
    spread = [_spread(column, longest) for column in columns]
    return [queue for row in zip_longest(*spread) for queue in row if queue is not None], group


def _spread(column: Sequence[int], length: int) -> Sequence[int | None]:
    """A short queue's people spread evenly along the longest one."""
    places: list[int | None] = [None] * length
    for number, queue in enumerate(column):
        places[number * length // len(column)] = queue
    return places


def _rehearse(
    line: Sequence[int],
    group: int,
    mine: int,
    *,
    counters: Sequence[OpenCounter],
    times: Mapping[int, Sequence[int]],
    number: int,
) -> float:
    """Seconds until somebody behind the line is called, with service times in one order."""
    kinds: dict[frozenset[int], list[float]] = defaultdict(list)
    for counter in counters:
        heapq.heappush(kinds[counter.queues], float(counter.free_in))
    shift = number * REHEARSAL_STEP
    for person, queue in enumerate(line):
        able = [free for queues, free in kinds.items() if queue in queues]
        first = min(able, key=lambda free: free[0])
        part = (shift + (person + 1) * PERSON_STEP) % 1.0
        seconds = times[queue][int(part * len(times[queue]))]
        heapq.heapreplace(first, first[0] + seconds * group)
    return min(free[0] for queues, free in kinds.items() if mine in queues)

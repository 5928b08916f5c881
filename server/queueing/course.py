"""The course of a business day, minute by minute: who waited, who was served, what was avoidable.

A wait is avoidable in a minute in which a counter that serves its queue was open and had nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from pydantic import BaseModel
from sqlalchemy import select

from server.catalogue.models import Counter as CounterPlace
from server.catalogue.models import CounterQueue
from server.queueing.models import CounterDuty, Pause, Period, Ticket
from server.queueing.states import ACTIVE_STATES, TicketState
from server.work import Work

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until `end`, not including it: in a queue, or at a counter."""

    start: datetime
    end: datetime
    place: int


class Hour(BaseModel):
    """An hour of the day: the most who waited at once, and the minutes of avoidable waits."""

    at: datetime
    most_waiting: int
    avoidable_minutes: int


class Course(BaseModel):
    """A day from its first minute on; the lists have one number for each minute."""

    day: date
    first: datetime
    waiting: list[int]
    served: list[int]
    avoidable: list[int]
    hours: list[Hour]

    @property
    def last(self) -> datetime:
        """The last minute of the lists."""
        return self.first + (len(self.waiting) - 1) * MINUTE


def course_of(work: Work, day: date) -> Course | None:
    """The course of a business day until now; None when nobody took a number."""
    waits, active = _stays(work, day)
    if not waits:
        return None
    first = min(span.start for span in waits).replace(second=0, microsecond=0)
    minutes = ceil((max(span.end for span in [*waits, *active]) - first) / MINUTE) + 1
    waiting = by_minute(waits, first, minutes)
    busy = by_minute(active, first, minutes)
    duties = by_minute(_duties(work, first, first + minutes * MINUTE), first, minutes)
    pauses = by_minute(_pauses(work, first, first + minutes * MINUTE), first, minutes)
    serves = _assignments(work)
    avoidable = [
        avoidable_waits(waiting[at], (duties[at] - pauses[at] - busy[at]).keys(), serves)
        for at in range(minutes)
    ]
    counts = [counted.total() for counted in waiting]
    return Course(
        day=day,
        first=first.astimezone(work.zone),
        waiting=counts,
        served=[counted.total() for counted in busy],
        avoidable=avoidable,
        hours=_hours(first.astimezone(work.zone), counts, avoidable),
    )


def by_minute(spans: Iterable[Span], first: datetime, minutes: int) -> list[Counter[int]]:
    """How many spans cover each of the minutes from `first` on, by their place."""
    counted: list[Counter[int]] = [Counter() for _ in range(minutes)]
    for span in spans:
        begin = max(0, ceil((span.start - first) / MINUTE))
        end = min(minutes, ceil((span.end - first) / MINUTE))
        for at in range(begin, end):
            counted[at][span.place] += 1
    return counted


def avoidable_waits(
    waiting: Mapping[int, int], idle: Collection[int], serves: Mapping[int, Collection[int]]
) -> int:
    """How many of those who wait, by queue, an idle counter could have called in this minute.

    `serves`: the queues of each counter. Who serves the fewest queues is asked first.
    """
    left = dict(waiting)
    relieved = 0
    for counter in sorted(idle, key=lambda one: (len(serves.get(one, ())), one)):
        queue = next((one for one in serves.get(counter, ()) if left.get(one, 0) > 0), None)
        if queue is not None:
            left[queue] -= 1
            relieved += 1
    return relieved


def _hours(first: datetime, waiting: Sequence[int], avoidable: Sequence[int]) -> list[Hour]:
    minutes: dict[datetime, list[int]] = defaultdict(list)
    for at in range(len(waiting)):
        minutes[(first + at * MINUTE).replace(minute=0)].append(at)
    return [
        Hour(
            at=hour,
            most_waiting=max(waiting[at] for at in within),
            avoidable_minutes=sum(avoidable[at] for at in within),
        )
        for hour, within in minutes.items()
    ]


def _stays(work: Work, day: date) -> tuple[list[Span], list[Span]]:
    """The waits by queue, and what was in hand by counter; both end now if they have no end."""
    rows = work.session.execute(
        select(Ticket.queue_id, Period.state, Period.counter_id, Period.started_at, Period.ended_at)
        .join(Ticket, Ticket.id == Period.ticket_id)
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date == day,
            Period.state.in_({TicketState.WAITING, *ACTIVE_STATES}),
        )
    )
    waits, active = [], []
    for queue_id, state, counter_id, started_at, ended_at in rows:
        end = ended_at or max(started_at, work.now)
        if state is TicketState.WAITING:
            waits.append(Span(started_at, end, queue_id))
        elif counter_id is not None:
            active.append(Span(started_at, end, counter_id))
    return waits, active


def _duties(work: Work, first: datetime, last: datetime) -> list[Span]:
    rows = work.session.execute(
        select(CounterDuty.counter_id, CounterDuty.taken_at, CounterDuty.left_at)
        .join(CounterPlace, CounterPlace.id == CounterDuty.counter_id)
        .where(
            CounterPlace.hall_id == work.hall_id,
            CounterDuty.taken_at < last,
            CounterDuty.left_at.is_(None) | (CounterDuty.left_at > first),
        )
    )
    return [Span(start, end or last, counter_id) for counter_id, start, end in rows]


def _pauses(work: Work, first: datetime, last: datetime) -> list[Span]:
    rows = work.session.execute(
        select(Pause.counter_id, Pause.started_at, Pause.ended_at)
        .join(CounterPlace, CounterPlace.id == Pause.counter_id)
        .where(
            CounterPlace.hall_id == work.hall_id,
            Pause.started_at < last,
            Pause.ended_at.is_(None) | (Pause.ended_at > first),
        )
    )
    return [Span(start, end or last, counter_id) for counter_id, start, end in rows]


def _assignments(work: Work) -> Mapping[int, list[int]]:
    serves: dict[int, list[int]] = defaultdict(list)
    rows = work.session.execute(
        select(CounterQueue.counter_id, CounterQueue.queue_id)
        .join(CounterPlace, CounterPlace.id == CounterQueue.counter_id)
        .where(CounterPlace.hall_id == work.hall_id)
        .order_by(CounterQueue.counter_id, CounterQueue.rank, CounterQueue.queue_id)
    )
    for counter_id, queue_id in rows:
        serves[counter_id].append(queue_id)
    return serves

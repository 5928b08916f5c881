"""What citizens are told about their wait, and how often it was right."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import BaseModel
from sqlalchemy import ColumnElement, Integer, bindparam, func, select

from server.catalogue.models import SERVED_AT, Counter, CounterQueue, Queue, Service
from server.catalogue.views import closing_time
from server.queueing.arriving import opening_soon
from server.queueing.forecast import SECONDS_PER_MINUTE, Estimate, OpenCounter, forecast
from server.queueing.models import (
    IS_ACTIVE,
    IS_WAITING,
    Call,
    CounterDuty,
    Pause,
    Period,
    ServiceTime,
    Ticket,
)
from server.queueing.settings import QueueSettings, queue_settings
from server.work import Work

_WAITING = (
    select(Ticket.queue_id, func.count())
    .where(Ticket.hall_id == bindparam("hall_id"), IS_WAITING)
    .group_by(Ticket.queue_id)
)
_OPEN_COUNTERS = (
    select(CounterQueue.counter_id, CounterQueue.queue_id)
    .join(Counter, Counter.id == CounterQueue.counter_id)
    .join(CounterDuty, CounterDuty.counter_id == Counter.id)
    .outerjoin(Pause, (Pause.counter_id == Counter.id) & Pause.ended_at.is_(None))
    .where(
        Counter.hall_id == bindparam("hall_id"),
        CounterDuty.left_at.is_(None),
        Pause.id.is_(None),
        SERVED_AT,
    )
)
_IN_HAND = (
    select(Period.counter_id, Ticket.queue_id, Period.started_at)
    .join(Ticket, Ticket.id == Period.ticket_id)
    .where(
        Ticket.counter_id.in_(bindparam("counters", expanding=True)),
        IS_ACTIVE,
        Period.ended_at.is_(None),
    )
)
_EXPERIENCE = (
    select(ServiceTime.hour, ServiceTime.seconds)
    .where(ServiceTime.queue_id == bindparam("queue_id"))
    .order_by(ServiceTime.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_USUAL_MINUTES = (
    select(Queue.id, func.avg(Service.usual_minutes))
    .outerjoin(Service, Service.queue_id == Queue.id)
    .where(
        Queue.hall_id == bindparam("hall_id"),
        Queue.id.in_(bindparam("queues", expanding=True)),
    )
    .group_by(Queue.id)
)


class EstimateView(BaseModel):
    """A wait as it is told: between `low` and `high` minutes."""

    low: int
    high: int

    @classmethod
    def of(cls, estimate: Estimate | None) -> "EstimateView | None":
        """The same for a page; None stays None."""
        return cls(low=estimate.low, high=estimate.high) if estimate is not None else None


class Accuracy(BaseModel):
    """How often a day's estimates held, of how many; `percent` is None when there were none."""

    day: date
    told: int
    right: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """The hall as it is now, for estimates of several queues at one instant."""

    counters: tuple[OpenCounter, ...]
    times: Mapping[int, tuple[int, ...]]
    waiting: Mapping[int, int]
    settings: QueueSettings

    def of_queue(self, queue_id: int, ahead: Mapping[int, int] | None = None) -> Estimate | None:
        """The wait of somebody who comes to a queue now, or who has `ahead` before them."""
        return forecast(
            self.waiting if ahead is None else ahead,
            queue_id,
            self.counters,
            self.times,
            rehearsals=self.settings.rehearsals,
            step=self.settings.estimate_step_minutes,
        )


def outlook(work: Work, queue_id: int | None = None) -> Outlook:
    """Counters, experience and lines at this work's instant; only what one queue depends on."""
    settings = queue_settings(work)
    serves, soon = open_counters(work), opening_soon(work)
    if queue_id is not None:
        serves = {one: queues for one, queues in serves.items() if queue_id in queues}
        soon = [counter for counter in soon if queue_id in counter.queues]
    queues = frozenset().union(*serves.values(), *(counter.queues for counter in soon))
    times = _experience(work, settings, queues)
    busy = _busy(work, times, frozenset(serves))
    counters = [OpenCounter(frozenset(queues), busy.get(one, 0)) for one, queues in serves.items()]
    return Outlook((*counters, *soon), times, _waiting(work), settings)


def estimate_of(work: Work, ticket: Ticket, seen: Outlook | None = None) -> Estimate | None:
    """The wait that is still before a waiting ticket."""
    seen = outlook(work, ticket.queue_id) if seen is None else seen
    ahead = _waiting(work, Ticket.place < ticket.place)
    return seen.of_queue(ticket.queue_id, ahead)


def closes_before(work: Work, estimate: Estimate | None) -> bool:
    """Whether the hall closes before somebody with this wait is likely called (今日可能办不完)."""
    if estimate is None:
        return False
    closing = closing_time(work)
    return closing is not None and work.now + timedelta(minutes=estimate.high) > closing


def accuracy(work: Work, day: date) -> Accuracy:
    """How often the waits told on a day held, up to the first call."""
    first_calls = (
        select(Call.ticket_id, func.min(Call.id).label("call_id"))
        .where(Call.hall_id == work.hall_id, Call.business_date == day)
        .where(Call.taken_back_at.is_(None))
        .group_by(Call.ticket_id)
        .subquery()
    )
    rows = work.session.execute(
        select(Ticket.estimate_low, Ticket.estimate_high, Ticket.issued_at, Call.called_at)
        .join(first_calls, first_calls.c.ticket_id == Ticket.id)
        .join(Call, Call.id == first_calls.c.call_id)
        .where(Ticket.estimate_low.is_not(None), Ticket.due_at.is_(None))
    ).all()
    held = [
        Estimate(row.estimate_low, row.estimate_high).holds(
            int((row.called_at - row.issued_at).total_seconds())
        )
        for row in rows
    ]
    percent = round(100 * sum(held) / len(held)) if held else None
    return Accuracy(day=day, told=len(held), right=sum(held), percent=percent)


def _waiting(work: Work, *conditions: ColumnElement[bool]) -> dict[int, int]:
    rows = work.session.execute(_WAITING.where(*conditions), {"hall_id": work.hall_id})
    return dict(rows.all())


def open_counters(work: Work) -> dict[int, set[int]]:
    """The queues of each counter with a clerk that is not closed for now, at this hour."""
    serves: dict[int, set[int]] = defaultdict(set)
    for counter_id, queue_id in work.ask(
        _OPEN_COUNTERS, hall_id=work.hall_id, moment=work.now.astimezone(work.zone).time()
    ):
        serves[counter_id].add(queue_id)
    return serves


def _busy(
    work: Work, times: Mapping[int, tuple[int, ...]], counters: frozenset[int]
) -> dict[int, int]:
    """Seconds until the ticket in hand is likely done, by counter; a minute at least."""
    left: dict[int, int] = {}
    for counter_id, queue_id, started_at in work.ask(_IN_HAND, counters=list(counters)):
        seconds = sorted(times.get(queue_id, (SECONDS_PER_MINUTE,)))
        spent = int((work.now - started_at).total_seconds())
        if counter_id is not None:
            left[counter_id] = max(SECONDS_PER_MINUTE, seconds[len(seconds) // 2] - max(0, spent))
    return left


def _experience(
    work: Work, settings: QueueSettings, queues: frozenset[int]
) -> dict[int, tuple[int, ...]]:
    """Experienced seconds by queue: of this hour of the day if there are enough, else of all."""
    hour = work.now.astimezone(work.zone).hour
    usual = _usual_seconds(work, settings, queues)
    return {
        queue_id: _times_of(work, queue_id, hour, settings) or (seconds,)
        for queue_id, seconds in usual.items()
    }


def _times_of(work: Work, queue_id: int, hour: int, settings: QueueSettings) -> tuple[int, ...]:
    most = settings.experience_tickets
    rows = work.ask(_EXPERIENCE, queue_id=queue_id, most=most).all()
    near = tuple(row.seconds for row in rows if abs(row.hour - hour) <= 1)
    if len(near) >= settings.least_experience:
        return near
    if len(rows) >= settings.least_experience:
        return tuple(row.seconds for row in rows)
    return ()


def _usual_seconds(work: Work, settings: QueueSettings, queues: frozenset[int]) -> dict[int, int]:
    """What the catalogue says a queue's services take, on average."""
    rows = work.ask(_USUAL_MINUTES, hall_id=work.hall_id, queues=list(queues))
    return {
        queue_id: int((minutes or settings.usual_service_minutes) * SECONDS_PER_MINUTE)
        for queue_id, minutes in rows
    }

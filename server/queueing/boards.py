"""What the small displays at counters show: many counters at once, in four queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from server.catalogue.models import Counter, CounterQueue
from server.i18n import N_
from server.problems import NotFound
from server.queueing.days import today
from server.queueing.models import IS_ACTIVE, Ticket
from server.queueing.states import TicketState
from server.queueing.views import waiting_counts
from server.work import Work


@dataclass(frozen=True, slots=True)
class CounterBoard:
    """A counter in short: the ticket in hand ('' for none) and how many wait for it."""

    counter_id: int
    version: int
    ticket: str
    waiting: int


def counter_boards(work: Work, counter_ids: Collection[int]) -> dict[int, CounterBoard]:
    """Boards of those of the counters that the hall has, by counter."""
    versions = work.session.execute(
        select(Counter.id, Counter.version).where(
            Counter.id.in_(counter_ids), Counter.hall_id == work.hall_id
        )
    )
    in_hand = dict(
        work.session.execute(
            select(Ticket.counter_id, Ticket.label).where(
                Ticket.counter_id.in_(counter_ids), IS_ACTIVE
            )
        ).all()
    )
    waiting = _waiting(work, counter_ids)
    return {
        counter_id: CounterBoard(
            counter_id, version, in_hand.get(counter_id, ""), waiting[counter_id]
        )
        for counter_id, version in versions
    }


def label_of_number(work: Work, counter_id: int, number: int) -> str:
    """The label of the waiting or missed ticket with this number in the counter's queues.

    Raises NotFound when there is none, or more than one: panels have digits and no letters.
    """
    served = select(CounterQueue.queue_id).where(CounterQueue.counter_id == counter_id)
    labels = work.session.scalars(
        select(Ticket.label).where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date == today(work),
            Ticket.queue_id.in_(served),
            Ticket.number == number,
            Ticket.state.in_((TicketState.WAITING, TicketState.NO_SHOW)),
        )
    ).all()
    if len(labels) != 1:
        raise NotFound(N_("没有这个号码在等候，或有几个队列都有这个号码，请在窗口页面呼叫"))
    return labels[0]


def _waiting(work: Work, counter_ids: Collection[int]) -> dict[int, int]:
    per_queue = {count.queue_id: count.waiting for count in waiting_counts(work)}
    served = work.session.execute(
        select(CounterQueue.counter_id, CounterQueue.queue_id).where(
            CounterQueue.counter_id.in_(counter_ids)
        )
    )
    waiting: dict[int, int] = defaultdict(int)
    for counter_id, queue_id in served:
        waiting[counter_id] += per_queue.get(queue_id, 0)
    return waiting

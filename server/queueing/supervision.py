"""The hall as its manager sees it now: queues, counters, and what needs somebody."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import func, select

from server.i18n import N_
from server.queueing.alarms import open_alarms
from server.queueing.days import today
from server.queueing.estimates import Accuracy, accuracy, open_counters
from server.queueing.models import IS_ACTIVE, IS_WAITING, Pause, Period, QueueDay, Ticket
from server.queueing.ratings import open_complaints
from server.queueing.settings import QueueSettings, queue_settings
from server.queueing.views import CounterListing, counter_listing, waiting_counts
from server.work import Work

SECONDS_PER_MINUTE = 60

WAITS_LONG = N_("{name} 有人已等候 {minutes} 分钟")
MANY_WAIT = N_("{name} 有 {count} 人等候，平均每个开放窗口超过规定人数")
NOBODY_SERVES = N_("{name} 有 {count} 人等候，但没有开放的窗口")
SERVICE_LONG = N_("{counter} 号窗口的 {label} 已办理 {minutes} 分钟")
CLOCK_HELD = N_("服务器日期跳到了 {date}，请核对时间后确认新的营业日")


class QueueNow(BaseModel):
    """A queue: how many wait, and the longest wait in minutes."""

    queue_id: int
    prefix: str
    name: str
    name_en: str
    waiting: int
    longest_minutes: int


class CounterNow(BaseModel):
    """A counter: who is there, what is in hand and for how many minutes, or why it is closed."""

    counter_id: int
    number: int
    name: str
    name_en: str
    clerk: str | None
    open: bool
    pause: str
    ticket: str
    state: str
    minutes: int


class Alert(BaseModel):
    """Something that passed a threshold: a sentence and what fills its places."""

    sentence: str
    parameters: dict[str, str]


class AlarmNow(BaseModel):
    """A clerk who asks for help."""

    id: int
    number: int
    raised_at: datetime


class HallNow(BaseModel):
    """All of it."""

    now: datetime
    queues: list[QueueNow]
    counters: list[CounterNow]
    warnings: list[Alert]
    alarms: list[AlarmNow]
    complaints: int
    accuracy: Accuracy


def hall_now(work: Work) -> HallNow:
    """The hall at this work's instant."""
    settings = queue_settings(work)
    queues, counters = _queues(work), _counters(work, settings)
    return HallNow(
        now=work.now.astimezone(work.zone),
        queues=queues,
        counters=counters,
        warnings=[
            *_clock(work),
            *_of_queues(queues, _serving(work), settings),
            *_of_counters(counters, settings),
        ],
        alarms=[
            AlarmNow(
                id=alarm.id,
                number=counter.number,
                raised_at=alarm.raised_at.astimezone(work.zone),
            )
            for alarm, counter in open_alarms(work)
        ],
        complaints=len(open_complaints(work)),
        accuracy=accuracy(work, today(work)),
    )


def _queues(work: Work) -> list[QueueNow]:
    oldest = dict(
        work.session.execute(
            select(Ticket.queue_id, func.min(Ticket.waits_since))
            .where(Ticket.hall_id == work.hall_id, IS_WAITING)
            .group_by(Ticket.queue_id)
        ).all()
    )
    return [
        QueueNow(
            **count.model_dump(),
            longest_minutes=_minutes(oldest.get(count.queue_id), work.now),
        )
        for count in waiting_counts(work)
    ]


def _counters(work: Work, settings: QueueSettings) -> list[CounterNow]:
    in_hand = {
        row.counter_id: row
        for row in work.session.execute(
            select(Period.counter_id, Ticket.label, Ticket.state, Period.started_at)
            .join(Ticket, Ticket.id == Period.ticket_id)
            .where(
                Ticket.hall_id == work.hall_id,
                IS_ACTIVE,
                Period.ended_at.is_(None),
            )
        )
    }
    pauses = dict(
        work.session.execute(
            select(Pause.counter_id, Pause.reason).where(Pause.ended_at.is_(None))
        ).all()
    )
    return [
        _counter(listing, in_hand.get(listing.counter_id), pauses, settings, work.now)
        for listing in counter_listing(work)
    ]


def _counter(
    listing: CounterListing,
    row: object,
    pauses: dict[int, str],
    settings: QueueSettings,
    now: datetime,
) -> CounterNow:
    reason = pauses.get(listing.counter_id, "")
    return CounterNow(
        **listing.model_dump(exclude={"mine"}),
        pause=settings.pause_reasons.get(reason, reason),
        ticket=getattr(row, "label", ""),
        state=getattr(row, "state", ""),
        minutes=_minutes(getattr(row, "started_at", None), now),
    )


def _clock(work: Work) -> list[Alert]:
    day = work.session.get(QueueDay, work.hall_id)
    if day is None or day.held_date is None:
        return []
    return [_warning(CLOCK_HELD, date=day.held_date.isoformat())]


def _serving(work: Work) -> Counter[int]:
    """How many open counters serve each queue now."""
    return Counter(queue_id for queues in open_counters(work).values() for queue_id in queues)


def _of_queues(
    queues: list[QueueNow], serving: Mapping[int, int], settings: QueueSettings
) -> list[Alert]:
    found: list[Alert] = []
    for queue in queues:
        if queue.longest_minutes >= settings.warn_wait_minutes:
            found.append(_warning(WAITS_LONG, name=queue.name, minutes=queue.longest_minutes))
        counters = serving.get(queue.queue_id, 0)
        if queue.waiting and not counters:
            found.append(_warning(NOBODY_SERVES, name=queue.name, count=queue.waiting))
        elif queue.waiting > settings.warn_waiting_per_counter * counters:
            found.append(_warning(MANY_WAIT, name=queue.name, count=queue.waiting))
    return found


def _of_counters(counters: list[CounterNow], settings: QueueSettings) -> list[Alert]:
    return [
        _warning(SERVICE_LONG, counter=one.number, label=one.ticket, minutes=one.minutes)
        for one in counters
        if one.ticket and one.minutes >= settings.warn_service_minutes
    ]


def _warning(sentence: str, **parameters: object) -> Alert:
    words = {name: str(value) for name, value in parameters.items()}
    return Alert(sentence=sentence, parameters=words)


def _minutes(since: datetime | None, now: datetime) -> int:
    if since is None:
        return 0
    return max(0, int((now - since).total_seconds()) // SECONDS_PER_MINUTE)

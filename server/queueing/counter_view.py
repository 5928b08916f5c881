"""A counter as its clerk sees it: the ticket in hand, who waits, the day's numbers."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import bindparam, func, select

from server.catalogue.models import Queue, Service
from server.people.village_agents import agent_words
from server.queueing.alarms import open_alarm
from server.queueing.days import today
from server.queueing.explaining import Sentence, why_called
from server.queueing.holders import holder_words
from server.queueing.lanes import Priority
from server.queueing.line import assignments, reserved_tickets
from server.queueing.models import IS_WAITING, ServiceTime, Ticket, Transfer
from server.queueing.pauses import current_pause
from server.queueing.settings import queue_settings
from server.queueing.staffing import active_ticket, duty_at, find_counter
from server.queueing.states import TicketAction, TicketState, allowed_actions
from server.queueing.undoing import undoable
from server.queueing.views import QueueCount, clerk_name
from server.work import Work

SECONDS_PER_MINUTE = 60

# Of the partial index of what waits for no counter or clerk in particular.
_OPEN_TO_ALL = (
    select(func.count())
    .where(
        Ticket.queue_id == Queue.id,
        IS_WAITING,
        Ticket.target_counter_id.is_(None),
        Ticket.target_account_id.is_(None),
    )
    .scalar_subquery()
)
_QUEUES = (
    select(Queue.id, Queue.prefix, Queue.name, Queue.name_en, _OPEN_TO_ALL)
    .where(Queue.id.in_(bindparam("queue_ids", expanding=True)))
    .order_by(Queue.prefix)
)
_AT_COUNTER_TODAY = (Ticket.counter_id == bindparam("counter_id")) & (
    Ticket.business_date == bindparam("day")
)
_ENDED_TODAY = (
    select(Ticket.state, func.count())
    .where(_AT_COUNTER_TODAY, Ticket.state.in_((TicketState.SERVED, TicketState.NO_SHOW)))
    .group_by(Ticket.state)
)
_MEAN_SECONDS = (
    select(func.avg(ServiceTime.seconds))
    .join(Ticket, Ticket.id == ServiceTime.ticket_id)
    .where(_AT_COUNTER_TODAY, Ticket.state == TicketState.SERVED)
)
_ON_HOLD = (
    select(Ticket.id, Ticket.label, Service.name, Service.name_en)
    .join(Service, Service.id == Ticket.service_id)
    .where(_AT_COUNTER_TODAY, Ticket.state == TicketState.ON_HOLD)
    .order_by(Ticket.id)
)
_LAST_NOTE = (
    select(Transfer.note)
    .where(Transfer.ticket_id == bindparam("ticket_id"))
    .order_by(Transfer.id.desc())
    .limit(1)
)


class TicketInHandView(BaseModel):
    """The ticket at a counter, and what may be done with it.

    `holder` is who laid a card on the reader for it, masked, told only once it is called; `agent`
    is who comes for somebody else, masked. Both are empty for those who come without.
    """

    id: int
    label: str
    service: str
    service_en: str
    state: TicketState
    calls: int
    called_at: datetime
    actions: list[str]
    priority: Priority
    cases: int
    note: str
    holder: str
    agent: str
    why: Sentence | None


class HeldTicket(BaseModel):
    """A ticket on hold at a counter."""

    id: int
    label: str
    service: str
    service_en: str


class UndoView(BaseModel):
    """The press that can still be taken back, until when, of how many seconds in all."""

    action: TicketAction
    label: str
    until: datetime
    seconds: int


class PauseView(BaseModel):
    """Why a counter is closed for now, in the hall's words, and since when."""

    reason: str
    words: str
    since: datetime


class PauseReason(BaseModel):
    """A reason to choose from."""

    reason: str
    words: str


class CounterSnapshot(BaseModel):
    """Everything that a clerk's page shows; `version` must come back with the next press.

    `reserved` tickets wait for this counter or clerk alone and are not among those of the queues;
    `service_minutes` is the mean of today's.
    """

    counter_id: int
    number: int
    name: str
    name_en: str
    version: int
    open: bool
    mine: bool
    clerk: str | None
    ticket: TicketInHandView | None
    waiting: list[QueueCount]
    reserved: int
    waiting_total: int
    served_today: int
    no_shows_today: int
    service_minutes: float | None
    paused: PauseView | None
    pause_reasons: list[PauseReason]
    auto_next: bool
    on_hold: list[HeldTicket]
    undo: UndoView | None
    alarm_open: bool


def counter_snapshot(work: Work, counter_id: int) -> CounterSnapshot:
    """A counter as its clerk sees it. Raises NotFound."""
    counter = find_counter(work, counter_id)
    duty = duty_at(work, counter_id)
    mine = duty is not None and duty.account_id == work.actor.account_id
    ticket = active_ticket(work, counter_id) if mine else None
    waiting = _open_to_all(work, counter_id)
    ended = _ended_today(work, counter_id)
    reserved = len(reserved_tickets(work, counter_id, duty.account_id if duty else None))
    return CounterSnapshot(
        counter_id=counter.id,
        number=counter.number,
        name=counter.name,
        name_en=counter.name_en,
        version=counter.version,
        open=duty is not None,
        mine=mine,
        clerk=clerk_name(duty),
        ticket=_in_hand(work, ticket) if ticket else None,
        waiting=waiting,
        reserved=reserved,
        waiting_total=reserved + sum(queue.waiting for queue in waiting),
        served_today=ended.get(TicketState.SERVED, 0),
        no_shows_today=ended.get(TicketState.NO_SHOW, 0),
        service_minutes=_service_minutes(work, counter_id),
        paused=_paused(work, counter_id),
        pause_reasons=[
            PauseReason(reason=reason, words=words)
            for reason, words in queue_settings(work).pause_reasons.items()
        ],
        auto_next=counter.auto_next,
        on_hold=_held(work, counter_id) if mine else [],
        undo=_undo(work, counter_id) if mine else None,
        alarm_open=mine and open_alarm(work, counter_id) is not None,
    )


def _open_to_all(work: Work, counter_id: int) -> list[QueueCount]:
    """The queues that the counter serves at this hour, without what waits for others alone."""
    queue_ids = list(assignments(work, counter_id, queue_settings(work)))
    return [
        QueueCount(queue_id=queue_id, prefix=prefix, name=name, name_en=name_en, waiting=waiting)
        for queue_id, prefix, name, name_en, waiting in work.ask(_QUEUES, queue_ids=queue_ids)
    ]


def _ended_today(work: Work, counter_id: int) -> dict[TicketState, int]:
    rows = work.ask(_ENDED_TODAY, counter_id=counter_id, day=today(work))
    return {TicketState(state): count for state, count in rows}


def _service_minutes(work: Work, counter_id: int) -> float | None:
    mean = work.ask(_MEAN_SECONDS, counter_id=counter_id, day=today(work)).scalar_one()
    return round(float(mean) / SECONDS_PER_MINUTE, 1) if mean is not None else None


def _in_hand(work: Work, ticket: Ticket) -> TicketInHandView:
    assert ticket.called_at is not None  # noqa: S101 - an active ticket was called
    note = work.ask(_LAST_NOTE, ticket_id=ticket.id).scalar_one_or_none()
    return TicketInHandView(
        id=ticket.id,
        label=ticket.label,
        service=ticket.service.name,
        service_en=ticket.service.name_en,
        state=ticket.state,
        calls=ticket.calls,
        called_at=ticket.called_at,
        actions=_actions(work, ticket),
        priority=ticket.priority,
        cases=ticket.cases,
        note=note or "",
        holder=holder_words(work, ticket.id),
        agent=agent_words(work, ticket.agent_id),
        why=why_called(work, ticket),
    )


def _actions(work: Work, ticket: Ticket) -> list[str]:
    """What the table allows and the hall's settings do not forbid for now."""
    early = ticket.calls < queue_settings(work).calls_before_no_show
    return [
        action.value
        for action in allowed_actions(ticket.state)
        if not (early and action is TicketAction.MARK_NO_SHOW)
    ]


def _paused(work: Work, counter_id: int) -> PauseView | None:
    row = current_pause(work, counter_id)
    if row is None:
        return None
    words = queue_settings(work).pause_reasons.get(row.reason, row.reason)
    return PauseView(reason=row.reason, words=words, since=row.started_at)


def _held(work: Work, counter_id: int) -> list[HeldTicket]:
    return [
        HeldTicket(id=ticket_id, label=label, service=name, service_en=name_en)
        for ticket_id, label, name, name_en in work.ask(
            _ON_HOLD, counter_id=counter_id, day=today(work)
        )
    ]


def _undo(work: Work, counter_id: int) -> UndoView | None:
    press = undoable(work, counter_id)
    if press is None:
        return None
    label = work.session.get_one(Ticket, press.ticket_id).label
    settings = queue_settings(work)
    return UndoView(
        action=press.action,
        label=label,
        until=press.pressed_at + settings.undo_for,
        seconds=settings.undo_seconds,
    )

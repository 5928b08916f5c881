"""A counter as its clerk sees it: the ticket in hand, who waits, the day's numbers."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from server.queueing.alarms import open_alarm
from server.queueing.days import today
from server.queueing.explaining import Sentence, why_called
from server.queueing.lanes import Priority
from server.queueing.line import assignments, reserved_tickets
from server.queueing.models import ServiceTime, Ticket, Transfer
from server.queueing.pauses import current_pause
from server.queueing.settings import queue_settings
from server.queueing.staffing import active_ticket, duty_at, find_counter
from server.queueing.states import TicketAction, TicketState, allowed_actions
from server.queueing.undoing import undoable
from server.queueing.views import QueueCount, clerk_name, waiting_counts
from server.work import Work

SECONDS_PER_MINUTE = 60


class TicketInHandView(BaseModel):
    """The ticket at a counter, and what may be done with it."""

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
        served_today=_count_today(work, counter_id, TicketState.SERVED),
        no_shows_today=_count_today(work, counter_id, TicketState.NO_SHOW),
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
    return waiting_counts(
        work, queue_ids, Ticket.target_counter_id.is_(None), Ticket.target_account_id.is_(None)
    )


def _service_minutes(work: Work, counter_id: int) -> float | None:
    mean = work.session.scalar(
        select(func.avg(ServiceTime.seconds))
        .join(Ticket, Ticket.id == ServiceTime.ticket_id)
        .where(
            Ticket.counter_id == counter_id,
            Ticket.business_date == today(work),
            Ticket.state == TicketState.SERVED,
        )
    )
    return round(float(mean) / SECONDS_PER_MINUTE, 1) if mean is not None else None


def _count_today(work: Work, counter_id: int, state: TicketState) -> int:
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.counter_id == counter_id,
                Ticket.business_date == today(work),
                Ticket.state == state,
            )
        )
        or 0
    )


def _in_hand(work: Work, ticket: Ticket) -> TicketInHandView:
    assert ticket.called_at is not None  # noqa: S101 - an active ticket was called
    note = work.session.scalar(
        select(Transfer.note)
        .where(Transfer.ticket_id == ticket.id)
        .order_by(Transfer.id.desc())
        .limit(1)
    )
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
    rows = work.session.scalars(
        select(Ticket)
        .where(
            Ticket.counter_id == counter_id,
            Ticket.business_date == today(work),
            Ticket.state == TicketState.ON_HOLD,
        )
        .order_by(Ticket.id)
        .options(joinedload(Ticket.service))
    )
    return [
        HeldTicket(
            id=row.id, label=row.label, service=row.service.name, service_en=row.service.name_en
        )
        for row in rows
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

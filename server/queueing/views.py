"""What counters, screens and citizens see of the queue."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from server.catalogue.models import Counter, CounterQueue, Queue
from server.i18n import N_
from server.people.masking import mask_name
from server.problems import NotFound
from server.queueing.days import today
from server.queueing.estimates import EstimateView, estimate_of
from server.queueing.lanes import Priority
from server.queueing.models import IS_LIVE, IS_WAITING, Call, CounterDuty, Ticket, Transfer
from server.queueing.pauses import current_pause
from server.queueing.ratings import may_rate
from server.queueing.returning import may_return
from server.queueing.settings import queue_settings
from server.queueing.staffing import active_ticket, duty_at, find_counter
from server.queueing.states import (
    TicketAction,
    TicketState,
    allowed_actions,
    next_state,
)
from server.queueing.undoing import undoable
from server.work import Work


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


class HeldTicket(BaseModel):
    """A ticket on hold at a counter."""

    id: int
    label: str
    service: str
    service_en: str


class UndoView(BaseModel):
    """The press that can still be taken back, until when."""

    action: TicketAction
    label: str
    until: datetime


class PauseView(BaseModel):
    """Why a counter is closed for now, in the hall's words, and since when."""

    reason: str
    words: str
    since: datetime


class PauseReason(BaseModel):
    """A reason to choose from."""

    reason: str
    words: str


class QueueCount(BaseModel):
    """How many tickets wait in a queue."""

    queue_id: int
    prefix: str
    name: str
    name_en: str
    waiting: int


class CounterSnapshot(BaseModel):
    """Everything that a clerk's page shows; `version` must come back with the next press."""

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
    waiting_total: int
    served_today: int
    no_shows_today: int
    paused: PauseView | None
    pause_reasons: list[PauseReason]
    auto_next: bool
    on_hold: list[HeldTicket]
    undo: UndoView | None


class CounterListing(BaseModel):
    """A counter as a clerk chooses one."""

    counter_id: int
    number: int
    name: str
    name_en: str
    open: bool
    mine: bool
    clerk: str | None


class CallView(BaseModel):
    """One call as a screen shows and speaks it."""

    id: int
    label: str
    counter_number: int
    counter_name: str
    counter_name_en: str
    called_at: datetime
    repeat: bool


class TicketView(BaseModel):
    """A citizen's own ticket: no personal data."""

    label: str
    state: TicketState
    service: str
    service_en: str
    ahead: int
    estimate: EstimateView | None
    may_return: bool
    may_leave: bool
    may_rate: bool
    counter_number: int | None
    counter_name: str | None
    counter_name_en: str | None
    issued_at: datetime


def waiting_counts(work: Work, queue_ids: list[int] | None = None) -> list[QueueCount]:
    """Waiting tickets of today per queue, by prefix; of all queues or of those named."""
    waiting = (
        select(Ticket.queue_id, func.count().label("waiting"))
        .where(
            Ticket.hall_id == work.hall_id,
            IS_WAITING,
        )
        .group_by(Ticket.queue_id)
        .subquery()
    )
    query = (
        select(Queue, func.coalesce(waiting.c.waiting, 0))
        .outerjoin(waiting, waiting.c.queue_id == Queue.id)
        .where(Queue.hall_id == work.hall_id)
        .order_by(Queue.prefix)
    )
    if queue_ids is not None:
        query = query.where(Queue.id.in_(queue_ids))
    return [
        QueueCount(
            queue_id=queue.id,
            prefix=queue.prefix,
            name=queue.name,
            name_en=queue.name_en,
            waiting=count,
        )
        for queue, count in work.session.execute(query)
    ]


def counter_snapshot(work: Work, counter_id: int) -> CounterSnapshot:
    """A counter as its clerk sees it. Raises NotFound."""
    counter = find_counter(work, counter_id)
    duty = duty_at(work, counter_id)
    queue_ids = list(
        work.session.scalars(
            select(CounterQueue.queue_id).where(CounterQueue.counter_id == counter_id)
        )
    )
    waiting = waiting_counts(work, queue_ids)
    mine = duty is not None and duty.account_id == work.actor.account_id
    ticket = active_ticket(work, counter_id) if mine else None
    return CounterSnapshot(
        counter_id=counter.id,
        number=counter.number,
        name=counter.name,
        name_en=counter.name_en,
        version=counter.version,
        open=duty is not None,
        mine=mine,
        clerk=_clerk(duty),
        ticket=_in_hand(work, ticket) if ticket else None,
        waiting=waiting,
        waiting_total=sum(queue.waiting for queue in waiting),
        served_today=_count_today(work, counter_id, TicketState.SERVED),
        no_shows_today=_count_today(work, counter_id, TicketState.NO_SHOW),
        paused=_paused(work, counter_id),
        pause_reasons=[
            PauseReason(reason=reason, words=words)
            for reason, words in queue_settings(work).pause_reasons.items()
        ],
        auto_next=counter.auto_next,
        on_hold=_held(work, counter_id) if mine else [],
        undo=_undo(work, counter_id) if mine else None,
    )


def counter_listing(work: Work) -> list[CounterListing]:
    """All counters in use, and who is there."""
    rows = work.session.execute(
        select(Counter, CounterDuty)
        .outerjoin(
            CounterDuty,
            (CounterDuty.counter_id == Counter.id) & CounterDuty.left_at.is_(None),
        )
        .options(joinedload(CounterDuty.account))
        .where(Counter.hall_id == work.hall_id, Counter.active)
        .order_by(Counter.number)
    )
    return [
        CounterListing(
            counter_id=counter.id,
            number=counter.number,
            name=counter.name,
            name_en=counter.name_en,
            open=duty is not None,
            mine=duty is not None and duty.account_id == work.actor.account_id,
            clerk=_clerk(duty),
        )
        for counter, duty in rows
    ]


def recent_calls(work: Work, limit: int) -> list[CallView]:
    """Today's latest calls, newest first."""
    rows = work.session.scalars(
        select(Call)
        .where(
            Call.hall_id == work.hall_id,
            Call.business_date == today(work),
            Call.taken_back_at.is_(None),
        )
        .order_by(Call.id.desc())
        .limit(limit)
        .options(joinedload(Call.ticket), joinedload(Call.counter))
    )
    return [_call(call) for call in rows]


def call_view(work: Work, call_id: int) -> CallView:
    """One call. Raises NotFound."""
    call = work.session.get(Call, call_id)
    if call is None or call.hall_id != work.hall_id:
        raise NotFound(N_("没有这次呼叫"))
    return _call(call)


@dataclass(frozen=True, slots=True)
class TicketAddress:
    """The ticket that a secret address leads to."""

    hall_id: int
    ticket_id: int


def ticket_address(session: Session, secret: str) -> TicketAddress | None:
    """The ticket known by its secret address."""
    row = session.execute(
        select(Ticket.hall_id, Ticket.id).where(Ticket.secret == secret)
    ).one_or_none()
    return TicketAddress(*row) if row is not None else None


def hall_of_ticket(session: Session, secret: str) -> int | None:
    """The hall of a ticket known by its secret address."""
    address = ticket_address(session, secret)
    return address.hall_id if address is not None else None


def tickets_by_label(work: Work, label: str) -> list[Ticket]:
    """Tickets of today with this label, and live ones of earlier days; the latest first."""
    return list(
        work.session.scalars(
            select(Ticket)
            .where(
                Ticket.hall_id == work.hall_id,
                Ticket.label == label.strip().upper(),
                (Ticket.business_date == today(work)) | IS_LIVE,
            )
            .order_by(Ticket.id.desc())
        )
    )


def ticket_by_secret(work: Work, secret: str) -> TicketView:
    """The ticket that a citizen's page shows, known to exist by `hall_of_ticket`."""
    ticket = work.session.scalars(
        select(Ticket)
        .where(Ticket.secret == secret, Ticket.hall_id == work.hall_id)
        .options(joinedload(Ticket.service), joinedload(Ticket.counter))
    ).one()
    waits = ticket.state is TicketState.WAITING
    return TicketView(
        label=ticket.label,
        state=ticket.state,
        service=ticket.service.name,
        service_en=ticket.service.name_en,
        ahead=_ahead_of(work, ticket) if waits else 0,
        estimate=EstimateView.of(estimate_of(work, ticket)) if waits else None,
        may_return=may_return(work, ticket),
        may_leave=next_state(ticket.state, TicketAction.WALK_OUT) is not None,
        may_rate=may_rate(work, ticket),
        counter_number=ticket.counter.number if ticket.counter else None,
        counter_name=ticket.counter.name if ticket.counter else None,
        counter_name_en=ticket.counter.name_en if ticket.counter else None,
        issued_at=ticket.issued_at.astimezone(work.zone),
    )


def _ahead_of(work: Work, ticket: Ticket) -> int:
    """How many stand before a ticket in its lane; other lanes take turns with it."""
    before = (Ticket.place < ticket.place) | (
        (Ticket.place == ticket.place) & (Ticket.id < ticket.id)
    )
    return (
        work.session.scalar(
            select(func.count())
            .select_from(Ticket)
            .where(
                Ticket.queue_id == ticket.queue_id,
                Ticket.lane == ticket.lane,
                IS_WAITING,
                before,
            )
        )
        or 0
    )


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


def _clerk(duty: CounterDuty | None) -> str | None:
    if duty is None:
        return None
    person = duty.account.person
    return mask_name(person.name) if person else duty.account.username


def _call(call: Call) -> CallView:
    return CallView(
        id=call.id,
        label=call.ticket.label,
        counter_number=call.counter.number,
        counter_name=call.counter.name,
        counter_name_en=call.counter.name_en,
        called_at=call.called_at,
        repeat=call.repeat,
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
    until = press.pressed_at + queue_settings(work).undo_for
    return UndoView(action=press.action, label=label, until=until)

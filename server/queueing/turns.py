"""What every press at a counter begins and ends with: the counter's turn, the ticket's step."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from server.catalogue.models import Counter
from server.i18n import N_
from server.problems import Conflict, NotFound, Stale
from server.queueing.models import CounterDuty, Period, ServiceTime, Ticket
from server.queueing.staffing import active_ticket, find_counter, require_duty
from server.queueing.states import LIVE_STATES, TicketAction, TicketState, next_state
from server.work import Work

_CLAIM = (
    update(Counter)
    .where(Counter.id == bindparam("counter_id"), Counter.version == bindparam("expected"))
    .values(version=Counter.version + 1)
    .returning(Counter.version)
)
_OPEN_PERIOD = select(Period).where(
    Period.ticket_id == bindparam("ticket_id"), Period.ended_at.is_(None)
)


class NoTicketInHand(Conflict):
    """No ticket is at this counter."""

    code = "no-ticket-in-hand"
    title = N_("当前没有办理的号")


class ActionNotAllowed(Conflict):
    """The ticket's state does not take this action."""

    code = "action-not-allowed"
    title = N_("现在不能这样操作")


def claim_turn(work: Work, counter_id: int, expected_version: int) -> CounterDuty:
    """Lock the counter for this press, if the page that pressed saw its latest state.

    Raises NotFound, NotAtCounter, Stale.
    """
    duty = require_duty(work, counter_id)
    claim = work.ask(_CLAIM, counter_id=counter_id, expected=expected_version)
    claimed = claim.scalar_one_or_none()
    work.session.refresh(find_counter(work, counter_id))
    if claimed is None:
        raise Stale(N_("窗口状态刚有变化，请看清当前号码后再操作"))
    return duty


def find_ticket(work: Work, ticket_id: int) -> Ticket:
    """A ticket of this hall, locked for a change. Raises NotFound."""
    ticket = work.session.scalar(
        select(Ticket)
        .where(Ticket.id == ticket_id, Ticket.hall_id == work.hall_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if ticket is None:
        raise NotFound(N_("没有找到这张号票，请核对号码"))
    return ticket


def require_ticket(work: Work, counter_id: int) -> Ticket:
    """The ticket in hand. Raises NoTicketInHand."""
    ticket = active_ticket(work, counter_id)
    if ticket is None:
        raise NoTicketInHand(N_("请先叫号"))
    return ticket


def step(work: Work, ticket: Ticket, action: TicketAction, **details: object) -> None:
    """Apply an action to a ticket by the table of transitions. Raises ActionNotAllowed."""
    state = next_state(ticket.state, action)
    if state is None:
        raise ActionNotAllowed(N_("这个号的当前状态不能这样操作"))
    ticket.state = state
    ticket.version += 1
    work.audit(f"ticket.{action}", f"ticket:{ticket.id}", label=ticket.label, **details)


def enter_period(work: Work, ticket: Ticket) -> None:
    """Close the ticket's open period, and open the one of its new state while it is live."""
    left = open_period(work, ticket)
    # A clock that was set back must neither give a negative wait nor let periods overlap.
    left.ended_at = max(left.started_at, work.now)
    if left.state is TicketState.SERVING and ticket.state is not TicketState.ON_HOLD:
        _remember_time(work, ticket, left)
    work.session.flush()
    if ticket.state in LIVE_STATES:
        begin_period(work, ticket, left.ended_at)


def begin_period(work: Work, ticket: Ticket, at: datetime) -> None:
    """Open the period of a ticket's state."""
    work.session.add(
        Period(
            ticket_id=ticket.id,
            state=ticket.state,
            counter_id=ticket.counter_id,
            account_id=work.actor.account_id,
            started_at=at,
        )
    )


def open_period(work: Work, ticket: Ticket) -> Period:
    """The open period of a live ticket."""
    return work.session.scalars(_OPEN_PERIOD, {"ticket_id": ticket.id}).one()


def _remember_time(work: Work, ticket: Ticket, served: Period) -> None:
    """What this service took is experience for those who wait for the next one."""
    assert served.ended_at is not None  # noqa: S101 - it has just been closed
    work.session.add(
        ServiceTime(
            queue_id=ticket.queue_id,
            service_id=ticket.service_id,
            ticket_id=ticket.id,
            hour=served.started_at.astimezone(work.zone).hour,
            seconds=int((served.ended_at - served.started_at).total_seconds()),
        )
    )

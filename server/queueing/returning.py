"""Leaving the queue and coming back: walking out (弃号), returning (回队), cancelling (作废)."""

from sqlalchemy import select

from server.i18n import N_
from server.problems import Conflict
from server.queueing.days import today
from server.queueing.events import TicketQueued
from server.queueing.models import IS_WAITING, Period, Ticket
from server.queueing.rules import return_place
from server.queueing.settings import queue_settings
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import begin_period, enter_period, find_ticket, step
from server.work import Work


class NoMoreReturns(Conflict):
    """The ticket was missed too often, or on another day."""

    code = "no-more-returns"
    title = N_("不能再回队")


def rejoin(work: Work, ticket_id: int) -> Ticket:
    """A missed ticket waits again, some places back; one that waits already stays where it is.

    Raises NotFound, NoMoreReturns, ActionNotAllowed.
    """
    ticket = find_ticket(work, ticket_id)
    if ticket.state is not TicketState.WAITING:
        put_back_in_line(work, ticket)
        work.record(
            TicketQueued(ticket_id=ticket.id, queue_id=ticket.queue_id, state=ticket.state.value)
        )
    return ticket


def may_return(work: Work, ticket: Ticket) -> bool:
    """Whether a missed ticket can come back into the line."""
    few = ticket.returns < queue_settings(work).most_returns
    return ticket.state is TicketState.NO_SHOW and few and ticket.business_date == today(work)


def put_back_in_line(work: Work, ticket: Ticket) -> None:
    """The return itself. Raises NoMoreReturns, ActionNotAllowed."""
    settings = queue_settings(work)
    if ticket.state is TicketState.NO_SHOW and not may_return(work, ticket):
        raise NoMoreReturns(N_("对不起，这张号票不能再回队，请到导办台重新取号"))
    step(work, ticket, TicketAction.RETURN)
    line = work.session.execute(
        select(Ticket.place, Ticket.waits_since)
        .where(
            Ticket.queue_id == ticket.queue_id,
            Ticket.lane == ticket.lane,
            Ticket.id != ticket.id,
            IS_WAITING,
        )
        .order_by(Ticket.place, Ticket.id)
        .limit(settings.return_places)
    ).all()
    ticket.place = return_place(ticket.place, [row.place for row in line], settings.return_places)
    if line:
        ticket.waits_since = max(ticket.waits_since, line[-1].waits_since)
    ticket.returns += 1
    ticket.calls = 0
    ticket.counter_id = None
    _close_absence(work, ticket)


def walk_out(work: Work, ticket_id: int) -> Ticket:
    """The citizen has left; leaving again changes nothing. Raises NotFound, ActionNotAllowed."""
    return _leave(work, ticket_id, TicketAction.WALK_OUT, TicketState.WALKED_OUT)


def cancel(work: Work, ticket_id: int) -> Ticket:
    """A ticket that was taken by mistake. Raises NotFound, ActionNotAllowed."""
    return _leave(work, ticket_id, TicketAction.CANCEL, TicketState.CANCELLED)


def _leave(work: Work, ticket_id: int, action: TicketAction, gone: TicketState) -> Ticket:
    ticket = find_ticket(work, ticket_id)
    if ticket.state is gone:
        return ticket
    missed = ticket.state is TicketState.NO_SHOW
    step(work, ticket, action)
    if not missed:
        enter_period(work, ticket)
    work.record(
        TicketQueued(ticket_id=ticket.id, queue_id=ticket.queue_id, state=ticket.state.value)
    )
    return ticket


def _close_absence(work: Work, ticket: Ticket) -> None:
    """The time away becomes a period of its own, so that the periods still sum to the stay."""
    last = work.session.scalars(
        select(Period).where(Period.ticket_id == ticket.id).order_by(Period.id.desc()).limit(1)
    ).one()
    assert last.ended_at is not None  # noqa: S101 - a missed ticket has no open period
    back = max(last.ended_at, work.now)
    work.session.add(
        Period(
            ticket_id=ticket.id,
            state=TicketState.NO_SHOW,
            started_at=last.ended_at,
            ended_at=back,
        )
    )
    work.session.flush()
    begin_period(work, ticket, back)

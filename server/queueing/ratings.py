"""A citizen rates the service just received, once per ticket."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from server.catalogue.views import working_day_after
from server.i18n import N_
from server.problems import Conflict, NotFound
from server.queueing.days import today
from server.queueing.events import ComplaintMade, TicketRated
from server.queueing.grades import BAD, Grade
from server.queueing.models import Call, Rating, Ticket
from server.queueing.settings import queue_settings
from server.queueing.staffing import active_ticket, find_counter
from server.queueing.states import TicketState
from server.work import Work


class NothingToRate(Conflict):
    """Nobody has been served at this counter, or not with this ticket."""

    code = "nothing-to-rate"
    title = N_("没有可以评价的办理")


class AlreadyRated(Conflict):
    """The ticket has its rating."""

    code = "already-rated"
    title = N_("已经评价过")


def ask_for_rating(work: Work, counter_id: int) -> Ticket:
    """The ticket that is to be rated now: the one in hand, else today's last served here.

    Raises NotFound, NothingToRate, AlreadyRated.
    """
    find_counter(work, counter_id)
    return _unrated(work, active_ticket(work, counter_id) or _last_served(work, counter_id))


def rate(work: Work, counter_id: int, grade: Grade, ticket_id: int | None = None) -> Rating:
    """Store what the citizen pressed, for the ticket that was asked about.

    Nobody asked: the ticket that is being served here, else today's last. A ticket that is only
    called belongs to somebody who has not been served yet. Raises as `ask_for_rating` does.
    """
    find_counter(work, counter_id)
    if ticket_id is None:
        in_hand = active_ticket(work, counter_id)
        serving = in_hand is not None and in_hand.state is TicketState.SERVING
        ticket = in_hand if serving else _last_served(work, counter_id)
    else:
        ticket = work.session.get(Ticket, ticket_id)
        if ticket is not None and ticket.counter_id != counter_id:
            ticket = None
    ticket = _unrated(work, ticket)
    return _store(work, ticket, counter_id, grade, "")


def rate_ticket(work: Work, ticket_id: int, grade: Grade, reason: str = "") -> Rating:
    """Store what a citizen says on the ticket's own page, within the days that the hall allows.

    Raises NothingToRate, AlreadyRated.
    """
    ticket = work.session.get(Ticket, ticket_id)
    if ticket is None or ticket.hall_id != work.hall_id or ticket.counter_id is None:
        raise NothingToRate(N_("这张号票还没有办理，办结后即可评价"))
    if not may_rate(work, ticket):
        _unrated(work, ticket)
        raise NothingToRate(N_("这张号票现在不能评价"))
    return _store(work, ticket, ticket.counter_id, grade, reason)


def may_rate(work: Work, ticket: Ticket) -> bool:
    """Whether a ticket was served of late and has no rating yet."""
    last_day = ticket.business_date + timedelta(days=queue_settings(work).rating_days)
    served = ticket.state is TicketState.SERVED and ticket.counter_id is not None
    rated = select(Rating.id).where(Rating.ticket_id == ticket.id)
    return served and today(work) <= last_day and work.session.scalar(rated) is None


def open_complaints(work: Work) -> list[Rating]:
    """Bad ratings that nobody has dealt with yet, the most urgent first."""
    return list(
        work.session.scalars(
            select(Rating)
            .where(
                Rating.hall_id == work.hall_id,
                Rating.due_on.is_not(None),
                Rating.handled_at.is_(None),
            )
            .order_by(Rating.due_on, Rating.id)
            .options(joinedload(Rating.ticket).joinedload(Ticket.service))
        )
    )


def settle_complaint(work: Work, rating_id: int, outcome: str) -> Rating:
    """The supervisor says how a bad rating was dealt with. Raises NotFound, Conflict."""
    rating = work.session.get(Rating, rating_id)
    if rating is None or rating.hall_id != work.hall_id or rating.due_on is None:
        raise NotFound(N_("没有找到这条差评"))
    if rating.handled_at is not None:
        raise Conflict(N_("这条差评已经处理过"))
    rating.handled_at, rating.handled_by = work.now, work.actor.account_id
    rating.outcome = outcome
    work.audit("rating.settle", f"rating:{rating.id}", outcome=outcome)
    return rating


def _store(work: Work, ticket: Ticket, counter_id: int, grade: Grade, reason: str) -> Rating:
    due = None
    if grade in BAD:
        days = queue_settings(work).complaint_working_days
        due = working_day_after(work, today(work), days)
    rating = Rating(
        hall_id=work.hall_id,
        ticket_id=ticket.id,
        counter_id=counter_id,
        grade=grade,
        rated_at=work.now,
        reason=reason,
        due_on=due,
    )
    try:
        with work.session.begin_nested():
            work.session.add(rating)
    except IntegrityError as error:
        raise _already_rated() from error
    work.record(TicketRated(ticket_id=ticket.id, counter_id=counter_id))
    if due is not None:
        work.record(ComplaintMade(rating_id=rating.id))
    return rating


def _unrated(work: Work, ticket: Ticket | None) -> Ticket:
    if ticket is None:
        raise NothingToRate(N_("这个窗口今天还没有办理过可以评价的业务"))
    if work.session.scalar(select(Rating.id).where(Rating.ticket_id == ticket.id)) is not None:
        raise _already_rated()
    return ticket


def _already_rated() -> AlreadyRated:
    return AlreadyRated(N_("这张号票已经评价过，谢谢"))


def _last_served(work: Work, counter_id: int) -> Ticket | None:
    return work.session.scalar(
        select(Ticket)
        .join(Call, Call.ticket_id == Ticket.id)
        .where(
            Call.counter_id == counter_id,
            Call.business_date == today(work),
            Ticket.state == TicketState.SERVED,
        )
        .order_by(Call.id.desc())
        .limit(1)
    )

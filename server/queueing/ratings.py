"""A citizen rates the service just received, once per ticket."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from server.i18n import N_
from server.problems import Conflict
from server.queueing.days import today
from server.queueing.events import TicketRated
from server.queueing.grades import Grade
from server.queueing.models import Call, Rating, Ticket
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
    rating = Rating(
        hall_id=work.hall_id,
        ticket_id=ticket.id,
        counter_id=counter_id,
        grade=grade,
        rated_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(rating)
    except IntegrityError as error:
        raise _already_rated() from error
    work.record(TicketRated(ticket_id=ticket.id, counter_id=counter_id))
    return rating


def _unrated(work: Work, ticket: Ticket | None) -> Ticket:
    if ticket is None:
        raise NothingToRate(N_("这个窗口今天还没有办理过可以评价的业务"))
    if work.session.scalar(select(Rating.id).where(Rating.ticket_id == ticket.id)) is not None:
        raise _already_rated()
    return ticket


def _already_rated() -> AlreadyRated:
    return AlreadyRated(N_("这张号票已经评价过,谢谢"))


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

"""The queue's business day: begun once, whoever notices first, also after a night switched off."""

from datetime import date, datetime, time

from sqlalchemy import case, literal, select, update

from server.i18n import N_
from server.idempotency import dialect_insert
from server.problems import Conflict
from server.queueing.events import ClockHeld, DayBegun
from server.queueing.models import IS_LIVE, Period, QueueDay, Ticket
from server.queueing.rules import DayStep, carried_label, day_step
from server.queueing.settings import Rollover, queue_settings
from server.queueing.states import TicketState
from server.work import Work

LEFT_OVER = (TicketState.WAITING, TicketState.ON_HOLD)


class NothingToConfirm(Conflict):
    """The clock has not jumped."""

    code = "nothing-to-confirm"
    title = N_("没有需要确认的日期")


def today(work: Work) -> date:
    """The business date on which the queue is; it never goes back."""
    row = _known(work)
    return row.business_date if row is not None else work.business_date


def open_day(work: Work) -> date:
    """The business date for something new; begins the day if midnight has passed.

    While the clock has jumped and nobody has confirmed it, the day stays as it was.
    """
    day = _row(work)
    silence = work.now - day.seen_at
    longest = queue_settings(work).longest_silence
    step = day_step(day.business_date, work.business_date, silence, longest)
    if step is DayStep.ROLL:
        _begin(work, day, work.business_date)
    elif step is DayStep.HOLD:
        _hold(work, day)
    return day.business_date


def begin_day(work: Work) -> date:
    """As `open_day`, when the server starts: however long it was off, its clock is believed."""
    day = _row(work)
    if work.business_date > day.business_date:
        _begin(work, day, work.business_date)
    day.seen_at = work.now
    return day.business_date


def look_at_clock(work: Work) -> None:
    """Done by the running server every few seconds, so that a jump of the clock shows."""
    open_day(work)
    day = _row(work)
    if work.business_date <= day.business_date:
        day.held_date = None
        day.seen_at = work.now


def confirm_day(work: Work) -> date:
    """A person says that the clock is right and the new day may begin. Raises NothingToConfirm."""
    day = _row(work)
    if day.held_date is None or work.business_date <= day.business_date:
        raise NothingToConfirm(N_("营业日没有需要确认的变化"))
    _begin(work, day, work.business_date)
    day.seen_at = work.now
    work.audit("day.confirm", f"hall:{work.hall_id}", date=day.business_date.isoformat())
    return day.business_date


def _known(work: Work) -> QueueDay | None:
    """The day's row, if there is one."""
    return work.session.get(QueueDay, work.hall_id)


def _row(work: Work) -> QueueDay:
    row = _known(work)
    if row is None:
        work.session.execute(
            dialect_insert(work.session)(QueueDay)
            .values(hall_id=work.hall_id, business_date=work.business_date, seen_at=work.now)
            .on_conflict_do_nothing()
        )
        row = _known(work)
        assert row is not None  # noqa: S101 - it has just been made
    return row


def _hold(work: Work, day: QueueDay) -> None:
    if day.held_date != work.business_date:
        day.held_date = work.business_date
        work.record(ClockHeld(date=work.business_date.isoformat()))


def _begin(work: Work, day: QueueDay, new: date) -> None:
    """Begin the day, unless somebody else just did; then see what they made of it."""
    won = work.session.execute(
        update(QueueDay)
        .where(QueueDay.hall_id == work.hall_id, QueueDay.business_date < new)
        .values(business_date=new, held_date=None)
        .returning(QueueDay.hall_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    work.session.refresh(day)
    if won is None:
        return
    closed = 0
    if queue_settings(work).rollover is Rollover.CLOSE:
        closed = _close_left_over(work, new)
    carried = _mark_survivors(work, new)
    work.record(DayBegun(date=new.isoformat()))
    work.audit(
        "day.begin", f"hall:{work.hall_id}", date=new.isoformat(), closed=closed, carried=carried
    )


def _close_left_over(work: Work, new: date) -> int:
    """Whoever still waits from earlier days has walked out, by midnight at the latest."""
    left_over = select(Ticket.id).where(
        Ticket.hall_id == work.hall_id,
        Ticket.business_date < new,
        Ticket.state.in_(LEFT_OVER),
    )
    instant = min(work.now, datetime.combine(new, time.min, work.zone))
    midnight = literal(instant, Period.ended_at.type)
    ids = list(work.session.scalars(left_over))
    work.session.execute(
        update(Period)
        .where(Period.ticket_id.in_(left_over), Period.ended_at.is_(None))
        .values(ended_at=case((Period.started_at > midnight, Period.started_at), else_=midnight))
        .execution_options(synchronize_session=False)
    )
    work.session.execute(
        update(Ticket)
        .where(Ticket.hall_id == work.hall_id, Ticket.id.in_(ids), Ticket.state.in_(LEFT_OVER))
        .values(state=TicketState.WALKED_OUT, version=Ticket.version + 1)
        .execution_options(synchronize_session="fetch")
    )
    return len(ids)


def _mark_survivors(work: Work, new: date) -> int:
    """Tickets that outlive their day get its date into their label: today's number is another."""
    survivors = work.session.scalars(
        select(Ticket).where(
            Ticket.hall_id == work.hall_id,
            Ticket.business_date < new,
            IS_LIVE,
        )
    ).all()
    for ticket in survivors:
        ticket.label = carried_label(ticket.label, ticket.business_date)
    work.session.flush()
    return len(survivors)

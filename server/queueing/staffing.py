"""A clerk takes a counter and leaves it."""

from sqlalchemy import bindparam, literal_column, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from server.catalogue.models import Counter
from server.i18n import N_
from server.problems import Conflict, NotFound
from server.queueing.events import CounterStaffed
from server.queueing.models import IS_ACTIVE, CounterDuty, Pause, Ticket
from server.work import Work


class CounterTaken(Conflict):
    """Another clerk is at this counter."""

    code = "counter-taken"
    title = N_("窗口已有人")


class NotAtCounter(Conflict):
    """The clerk is not at this counter."""

    code = "not-at-counter"
    title = N_("您不在这个窗口")


class TicketInHand(Conflict):
    """There is a ticket at the counter that must be finished first."""

    code = "ticket-in-hand"
    title = N_("还有未办完的号")


_DUTY_AT = (
    select(CounterDuty)
    .where(CounterDuty.counter_id == bindparam("counter_id"), CounterDuty.left_at.is_(None))
    .options(joinedload(CounterDuty.account))
)
_DUTY_OF = select(CounterDuty).where(
    CounterDuty.account_id == bindparam("account_id"), CounterDuty.left_at.is_(None)
)
_ACTIVE = (
    select(Ticket)
    .where(Ticket.counter_id == bindparam("counter_id"), IS_ACTIVE)
    .options(joinedload(Ticket.service), joinedload(Ticket.queue))
    .execution_options(populate_existing=True)
)


def find_counter(work: Work, counter_id: int) -> Counter:
    """A counter of this hall. Raises NotFound."""
    counter = work.session.get(Counter, counter_id)
    if counter is None or counter.hall_id != work.hall_id or not counter.active:
        raise NotFound(N_("没有这个窗口，请返回窗口列表重新选择"))
    return counter


def duty_at(work: Work, counter_id: int) -> CounterDuty | None:
    """Who is at a counter now."""
    return work.session.scalar(_DUTY_AT, {"counter_id": counter_id})


def own_duty(work: Work) -> CounterDuty | None:
    """The counter duty that the acting account has now."""
    return work.session.scalar(_DUTY_OF, {"account_id": work.actor.account_id})


def active_ticket(work: Work, counter_id: int) -> Ticket | None:
    """The ticket that is called to or served at a counter."""
    return work.session.scalar(_ACTIVE, {"counter_id": counter_id})


def open_counter(work: Work, counter_id: int) -> Counter:
    """Take a counter; taking one's own again changes nothing.

    A clerk who sits at another counter leaves it by this, if no ticket is in hand there.
    Raises NotFound, CounterTaken, TicketInHand.
    """
    counter = find_counter(work, counter_id)
    own = own_duty(work)
    if own is not None and own.counter_id == counter_id:
        return counter
    if own is not None:
        _lock(work, counter_id, own.counter_id)
        close_counter(work, own.counter_id)
    duty = CounterDuty(counter_id=counter_id, account_id=work.actor.account_id, taken_at=work.now)
    try:
        with work.session.begin_nested():
            work.session.add(duty)
    except IntegrityError as error:
        raise CounterTaken(N_("这个窗口已有其他人员，请选择别的窗口")) from error
    bump(work, counter_id)
    work.record(CounterStaffed(counter_id=counter_id, open=True))
    work.audit("counter.open", f"counter:{counter_id}")
    return counter


def close_counter(work: Work, counter_id: int) -> None:
    """Leave a counter. Raises NotAtCounter, TicketInHand."""
    duty = require_duty(work, counter_id)
    bump(work, counter_id)  # first: a press at this counter ends before us or finds us gone
    if active_ticket(work, counter_id) is not None:
        raise TicketInHand(N_("请先办结或标记过号，再离开窗口"))
    end_duty(work, duty, "counter.close")


def end_duty(work: Work, duty: CounterDuty, action: str) -> None:
    """Let a clerk leave a counter that has no ticket in hand; the audit calls it `action`."""
    counter_id = duty.counter_id
    duty.left_at = work.now
    work.session.execute(
        update(Pause)
        .where(Pause.counter_id == counter_id, Pause.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    _release_reserved(work, counter_id, duty.account_id)
    work.session.flush()
    work.record(CounterStaffed(counter_id=counter_id, open=False))
    work.audit(action, f"counter:{counter_id}", clerk=f"account:{duty.account_id}")


def require_duty(work: Work, counter_id: int) -> CounterDuty:
    """The acting clerk's duty at this counter. Raises NotFound, NotAtCounter."""
    find_counter(work, counter_id)
    duty = own_duty(work)
    if duty is None or duty.counter_id != counter_id:
        raise NotAtCounter(N_("请先选择并打开这个窗口"))
    return duty


def is_on_duty(work: Work, account_id: int) -> bool:
    """Whether somebody is at a counter now."""
    duty = select(CounterDuty.id).where(
        CounterDuty.account_id == account_id, CounterDuty.left_at.is_(None)
    )
    return work.session.scalar(duty) is not None


def _release_reserved(work: Work, counter_id: int, account_id: int) -> None:
    """Whoever waits for this counter or clerk alone must not wait for an empty place."""
    work.session.execute(
        update(Ticket)
        .where(
            Ticket.hall_id == work.hall_id,
            Ticket.state == literal_column("'waiting'"),
            (Ticket.target_counter_id == counter_id) | (Ticket.target_account_id == account_id),
        )
        .values(target_counter_id=None, target_account_id=None, version=Ticket.version + 1)
        .execution_options(synchronize_session=False)
    )


def _lock(work: Work, *counter_ids: int) -> None:
    """Lock counters, the lowest number first: two clerks who change places must not deadlock."""
    work.session.execute(
        select(Counter.id)
        .where(Counter.id.in_(counter_ids))
        .order_by(Counter.id)
        .with_for_update(key_share=True)
    )


def bump(work: Work, counter_id: int) -> None:
    """Make a counter's pages stale, and keep presses there out until this transaction ends."""
    work.session.execute(
        update(Counter)
        .where(Counter.id == counter_id)
        .values(version=Counter.version + 1)
        .execution_options(synchronize_session="fetch")
    )


def set_auto_next(work: Work, counter_id: int, on: bool) -> None:
    """Whether the next ticket is called by itself. Raises NotFound, NotAtCounter."""
    require_duty(work, counter_id)
    bump(work, counter_id)
    find_counter(work, counter_id).auto_next = on
    work.audit("counter.auto_next", f"counter:{counter_id}", on=on)

"""Counters are taken out of use and into use again."""

from sqlalchemy import select

from server.catalogue.counters import COUNTER
from server.catalogue.events import HallChanged
from server.i18n import N_
from server.problems import Conflict
from server.queueing.models import Ticket
from server.queueing.staffing import duty_at
from server.queueing.states import TicketState
from server.work import Work


def use_counter(work: Work, counter_id: int, *, used: bool) -> None:
    """Take a counter into use or out of it; done again it changes nothing.

    Raises NotFound, Conflict while a clerk is there or a ticket waits for this counter alone.
    """
    counter = COUNTER.find(work, counter_id)
    if counter.active is used:
        return
    if not used:
        _check_idle(work, counter_id)
    counter.active = used
    work.audit("counter.use" if used else "counter.retire", f"counter:{counter.id}")
    work.record(HallChanged(f"counter:{counter.id}"))


def _check_idle(work: Work, counter_id: int) -> None:
    if duty_at(work, counter_id) is not None:
        raise Conflict(N_("这个窗口现在有工作人员，请先关闭窗口"))
    waiting = select(Ticket.id).where(
        Ticket.target_counter_id == counter_id,
        Ticket.state.in_((TicketState.WAITING, TicketState.ON_HOLD)),
    )
    if work.session.scalar(waiting.limit(1)) is not None:
        raise Conflict(N_("还有号票在等这个窗口，请先办完"))

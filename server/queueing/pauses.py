"""A counter that is closed for now (暂停服务), with the reason."""

from sqlalchemy import select

from server.i18n import N_
from server.problems import Conflict, Invalid
from server.queueing.events import CounterPaused
from server.queueing.models import Pause
from server.queueing.settings import queue_settings
from server.queueing.staffing import TicketInHand, active_ticket
from server.queueing.turns import claim_turn
from server.work import Work


class CounterIsPaused(Conflict):
    """The counter is closed for now."""

    code = "counter-paused"
    title = N_("窗口暂停服务中")


def pause(work: Work, counter_id: int, expected_version: int, reason: str) -> Pause:
    """Close the counter for now; pausing again only gives the new reason.

    Raises NotFound, NotAtCounter, Stale, TicketInHand, Invalid for a reason the hall does not know.
    """
    claim_turn(work, counter_id, expected_version)
    if reason not in queue_settings(work).pause_reasons:
        raise Invalid(N_("请选择暂停服务的理由"))
    if active_ticket(work, counter_id) is not None:
        raise TicketInHand(N_("请先办结当前的号，再暂停服务"))
    end_pause(work, counter_id)
    row = Pause(
        counter_id=counter_id,
        account_id=work.actor.account_id,
        reason=reason,
        started_at=work.now,
    )
    work.session.add(row)
    work.record(CounterPaused(counter_id=counter_id, paused=True))
    work.audit("counter.pause", f"counter:{counter_id}", reason=reason)
    return row


def resume_service(work: Work, counter_id: int, expected_version: int) -> None:
    """Open the counter again; an open one stays as it is. Raises NotFound, NotAtCounter, Stale."""
    claim_turn(work, counter_id, expected_version)
    if end_pause(work, counter_id):
        work.record(CounterPaused(counter_id=counter_id, paused=False))
        work.audit("counter.resume", f"counter:{counter_id}")


def end_pause(work: Work, counter_id: int) -> bool:
    """End the open pause, if there is one."""
    row = current_pause(work, counter_id)
    if row is None:
        return False
    row.ended_at = max(row.started_at, work.now)
    work.session.flush()
    return True


def current_pause(work: Work, counter_id: int) -> Pause | None:
    """The pause that a counter is in."""
    return work.session.scalar(
        select(Pause).where(Pause.counter_id == counter_id, Pause.ended_at.is_(None))
    )


def require_open(work: Work, counter_id: int) -> None:
    """Raises CounterIsPaused."""
    if current_pause(work, counter_id) is not None:
        raise CounterIsPaused(N_("请先恢复服务，再叫号"))

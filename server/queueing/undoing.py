"""Ten seconds in which a call, a finish or a no-show can be taken back, exactly."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from server.i18n import N_
from server.problems import Conflict
from server.queueing.days import today
from server.queueing.events import CallTakenBack
from server.queueing.models import Call, Period, Press, ServiceTime, Step, Ticket
from server.queueing.pauses import current_pause
from server.queueing.settings import queue_settings
from server.queueing.staffing import active_ticket
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import claim_turn, find_ticket
from server.work import Work

UNDOABLE = frozenset({TicketAction.CALL, TicketAction.FINISH, TicketAction.MARK_NO_SHOW})
INSTANTS = ("called_at", "waits_since")
RESTORED = ("counter_id", "calls", "place", "returns", "cases")


def _highest(
    column: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> ScalarSelect[int]:
    return select(func.max(column)).where(*conditions).scalar_subquery()


_TICKET: BindParameter[int] = bindparam("ticket_id")
_LAST_ROWS = (
    select(
        Period.id.label("period"),
        Period.ended_at.label("period_ended_at"),
        _highest(Call.id, Call.ticket_id == _TICKET).label("call"),
        _highest(Step.id, Step.ticket_id == _TICKET, Step.finished_at.is_not(None)).label("step"),
        _highest(ServiceTime.id, ServiceTime.ticket_id == _TICKET).label("time"),
    )
    .where(Period.ticket_id == _TICKET)
    .order_by(Period.id.desc())
    .limit(1)
)


class NothingToUndo(Conflict):
    """The last press cannot be taken back any more."""

    code = "nothing-to-undo"
    title = N_("不能撤销")


def remember(work: Work, ticket: Ticket) -> dict[str, Any]:
    """What a press is about to change: the ticket, its last period, its step."""
    last = work.ask(_LAST_ROWS, ticket_id=ticket.id).one()
    return {
        "state": ticket.state.value,
        "period": last.period,
        "period_ended_at": _text(last.period_ended_at),
        "last_call": last.call or 0,
        "last_step": last.step or 0,
        "last_time": last.time or 0,
        **{name: getattr(ticket, name) for name in RESTORED},
        **{name: _text(getattr(ticket, name)) for name in INSTANTS},
    }


def keep(work: Work, ticket: Ticket, action: TicketAction, before: Mapping[str, Any]) -> None:
    """Keep what was before a press at the ticket's counter, to be put back by `undo`."""
    work.session.add(
        Press(
            counter_id=ticket.counter_id,
            ticket_id=ticket.id,
            account_id=work.actor.account_id,
            action=action,
            pressed_at=work.now,
            ticket_version=ticket.version,
            before=dict(before),
        )
    )


def undo(work: Work, counter_id: int, expected_version: int) -> Ticket:
    """Take back the counter's last call, finish or no-show as if it had never been pressed.

    Raises NotFound, NotAtCounter, Stale, NothingToUndo.
    """
    claim_turn(work, counter_id, expected_version)
    press = undoable(work, counter_id)
    if press is None:
        raise NothingToUndo(N_("刚才的操作已不能撤销；如有需要，请按号码呼叫"))
    ticket = find_ticket(work, press.ticket_id)
    if ticket.version != press.ticket_version:
        raise NothingToUndo(N_("这个号已有新的变化，不能撤销"))
    _put_back(work, ticket, press.before)
    press.undone_at = work.now
    work.record(
        CallTakenBack(ticket_id=ticket.id, counter_id=counter_id, action=press.action.value)
    )
    work.audit("ticket.undo", f"ticket:{ticket.id}", label=ticket.label, undone=press.action.value)
    return ticket


def undoable(work: Work, counter_id: int) -> Press | None:
    """The press at a counter that its clerk can still take back."""
    press = work.session.scalar(
        select(Press)
        .where(Press.counter_id == counter_id, Press.undone_at.is_(None))
        .order_by(Press.id.desc())
        .limit(1)
    )
    if press is None or press.account_id != work.actor.account_id:
        return None
    if max(timedelta(0), work.now - press.pressed_at) >= queue_settings(work).undo_for:
        return None
    ticket = work.session.get_one(Ticket, press.ticket_id)
    unchanged = ticket.version == press.ticket_version and ticket.business_date == today(work)
    in_hand = active_ticket(work, counter_id)
    free = current_pause(work, counter_id) is None and (in_hand is None or in_hand.id == ticket.id)
    return press if unchanged and free else None


def _put_back(work: Work, ticket: Ticket, before: Mapping[str, Any]) -> None:
    work.session.execute(
        delete(Period).where(Period.ticket_id == ticket.id, Period.id > before["period"])
    )
    work.session.get_one(Period, before["period"]).ended_at = _instant(before["period_ended_at"])
    work.session.execute(
        update(Step)
        .where(Step.ticket_id == ticket.id, Step.id > before["last_step"])
        .values(finished_at=None)
    )
    work.session.execute(
        delete(ServiceTime).where(
            ServiceTime.ticket_id == ticket.id, ServiceTime.id > before["last_time"]
        )
    )
    work.session.execute(
        update(Call)
        .where(Call.ticket_id == ticket.id, Call.id > before["last_call"])
        .values(taken_back_at=work.now)
    )
    ticket.state = TicketState(before["state"])
    ticket.version += 1
    for name in RESTORED:
        setattr(ticket, name, before[name])
    for name in INSTANTS:
        setattr(ticket, name, _instant(before[name]))
    work.session.flush()


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None

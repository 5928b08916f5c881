"""A ticket's life: its states, the actions on it, and the one table of what leads where."""

from collections.abc import Mapping
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"  # 等候
    CALLED = "called"  # 已呼叫
    SERVING = "serving"  # 办理中
    ON_HOLD = "on_hold"  # 挂起
    SERVED = "served"  # 办结
    NO_SHOW = "no_show"  # 过号
    WALKED_OUT = "walked_out"  # 弃号
    CANCELLED = "cancelled"  # 作废


class TicketAction(StrEnum):
    """What a clerk, the guidance desk or the citizen does to a ticket."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MARK_NO_SHOW = "mark_no_show"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"  # the next step of the visit, under the same number
    RETURN = "return"
    WALK_OUT = "walk_out"
    CANCEL = "cancel"


TRANSITIONS: Mapping[tuple[TicketState, TicketAction], TicketState] = {
    (TicketState.WAITING, TicketAction.CALL): TicketState.CALLED,
    (TicketState.WAITING, TicketAction.TRANSFER): TicketState.WAITING,
    (TicketState.WAITING, TicketAction.WALK_OUT): TicketState.WALKED_OUT,
    (TicketState.WAITING, TicketAction.CANCEL): TicketState.CANCELLED,
    (TicketState.CALLED, TicketAction.RECALL): TicketState.CALLED,
    (TicketState.CALLED, TicketAction.START): TicketState.SERVING,
    (TicketState.CALLED, TicketAction.FINISH): TicketState.SERVED,
    (TicketState.CALLED, TicketAction.MARK_NO_SHOW): TicketState.NO_SHOW,
    (TicketState.CALLED, TicketAction.TRANSFER): TicketState.WAITING,
    (TicketState.SERVING, TicketAction.FINISH): TicketState.SERVED,
    (TicketState.SERVING, TicketAction.HOLD): TicketState.ON_HOLD,
    (TicketState.SERVING, TicketAction.TRANSFER): TicketState.WAITING,
    (TicketState.ON_HOLD, TicketAction.RESUME): TicketState.SERVING,
    (TicketState.ON_HOLD, TicketAction.WALK_OUT): TicketState.WALKED_OUT,
    (TicketState.NO_SHOW, TicketAction.RETURN): TicketState.WAITING,
    (TicketState.NO_SHOW, TicketAction.WALK_OUT): TicketState.WALKED_OUT,
}

ACTIVE_STATES = frozenset({TicketState.CALLED, TicketState.SERVING})
LIVE_STATES = ACTIVE_STATES | {TicketState.WAITING, TicketState.ON_HOLD}
"""The citizen is in the hall: one period is open, and no other live ticket has the same label."""


def next_state(state: TicketState, action: TicketAction) -> TicketState | None:
    """The state that an action leads to, or None when it is not allowed there."""
    return TRANSITIONS.get((state, action))


def allowed_actions(state: TicketState) -> tuple[TicketAction, ...]:
    """The actions that a ticket in this state takes, in the order of the table."""
    return tuple(action for (source, action) in TRANSITIONS if source is state)

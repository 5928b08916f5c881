"""A ticket's life: its states, the actions on it, and the one table of what leads where."""

from collections.abc import Mapping
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"  # 等候
    CALLED = "called"  # 已呼叫
    SERVING = "serving"  # 办理中
    SERVED = "served"  # 办结
    NO_SHOW = "no_show"  # 过号


class TicketAction(StrEnum):
    """What a clerk does to a ticket."""

    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    MARK_NO_SHOW = "mark_no_show"


TRANSITIONS: Mapping[tuple[TicketState, TicketAction], TicketState] = {
    (TicketState.WAITING, TicketAction.CALL): TicketState.CALLED,
    (TicketState.CALLED, TicketAction.RECALL): TicketState.CALLED,
    (TicketState.CALLED, TicketAction.START): TicketState.SERVING,
    (TicketState.CALLED, TicketAction.FINISH): TicketState.SERVED,
    (TicketState.CALLED, TicketAction.MARK_NO_SHOW): TicketState.NO_SHOW,
    (TicketState.SERVING, TicketAction.FINISH): TicketState.SERVED,
}

ACTIVE_STATES = frozenset({TicketState.CALLED, TicketState.SERVING})


def next_state(state: TicketState, action: TicketAction) -> TicketState | None:
    """The state that an action leads to, or None when it is not allowed there."""
    return TRANSITIONS.get((state, action))


def allowed_actions(state: TicketState) -> tuple[TicketAction, ...]:
    """The actions that a ticket in this state takes, in the order of the table."""
    return tuple(action for (source, action) in TRANSITIONS if source is state)

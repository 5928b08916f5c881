"""The states of a leave and every move between them."""

from collections.abc import Mapping
from enum import StrEnum


class LeaveState(StrEnum):
    """How far a leave has come."""

    REQUESTED = "requested"  # 待批
    GRANTED = "granted"  # 已准假
    REFUSED = "refused"  # 未批准
    CANCELLED = "cancelled"  # 已撤销
    RETURNED = "returned"  # 已提前销假


class LeaveAction(StrEnum):
    """What moves it."""

    GRANT = "grant"
    REFUSE = "refuse"
    CANCEL = "cancel"
    COME_BACK = "come_back"


TRANSITIONS: Mapping[tuple[LeaveState, LeaveAction], LeaveState] = {
    (LeaveState.REQUESTED, LeaveAction.GRANT): LeaveState.GRANTED,
    (LeaveState.REQUESTED, LeaveAction.REFUSE): LeaveState.REFUSED,
    (LeaveState.REQUESTED, LeaveAction.CANCEL): LeaveState.CANCELLED,
    (LeaveState.GRANTED, LeaveAction.CANCEL): LeaveState.CANCELLED,
    (LeaveState.GRANTED, LeaveAction.COME_BACK): LeaveState.RETURNED,
}

COUNTING = frozenset({LeaveState.GRANTED, LeaveState.RETURNED})
"""Leaves that excuse an absence."""


def after(state: LeaveState, action: LeaveAction) -> LeaveState | None:
    """The state that an action leads to; None where it does not fit."""
    return TRANSITIONS.get((state, action))

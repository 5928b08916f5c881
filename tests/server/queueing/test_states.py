import pytest

from server.queueing.states import (
    ACTIVE_STATES,
    LIVE_STATES,
    TRANSITIONS,
    TicketAction,
    TicketState,
    allowed_actions,
    next_state,
)

S, A = TicketState, TicketAction
EVERYTHING = [(state, action) for state in TicketState for action in TicketAction]
MOVES = [
    (S.WAITING, A.CALL, S.CALLED),
    (S.WAITING, A.TRANSFER, S.WAITING),
    (S.WAITING, A.WALK_OUT, S.WALKED_OUT),
    (S.WAITING, A.CANCEL, S.CANCELLED),
    (S.CALLED, A.RECALL, S.CALLED),
    (S.CALLED, A.START, S.SERVING),
    (S.CALLED, A.FINISH, S.SERVED),
    (S.CALLED, A.MARK_NO_SHOW, S.NO_SHOW),
    (S.CALLED, A.TRANSFER, S.WAITING),
    (S.SERVING, A.FINISH, S.SERVED),
    (S.SERVING, A.HOLD, S.ON_HOLD),
    (S.SERVING, A.TRANSFER, S.WAITING),
    (S.ON_HOLD, A.RESUME, S.SERVING),
    (S.ON_HOLD, A.WALK_OUT, S.WALKED_OUT),
    (S.NO_SHOW, A.RETURN, S.WAITING),
    (S.NO_SHOW, A.WALK_OUT, S.WALKED_OUT),
]


@pytest.mark.parametrize(("state", "action", "leads_to"), MOVES)
def test_a_ticket_moves_by_the_table(
    state: TicketState, action: TicketAction, leads_to: TicketState
) -> None:
    assert next_state(state, action) is leads_to


def test_there_are_no_other_moves() -> None:
    allowed = sum(next_state(state, action) is not None for state, action in EVERYTHING)
    assert allowed == len(TRANSITIONS) == len(MOVES)


@pytest.mark.parametrize("state", [S.SERVED, S.WALKED_OUT, S.CANCELLED])
def test_an_ended_ticket_takes_no_action(state: TicketState) -> None:
    assert allowed_actions(state) == ()


def test_a_missed_ticket_returns_or_leaves() -> None:
    assert allowed_actions(S.NO_SHOW) == (A.RETURN, A.WALK_OUT)


def test_a_clerk_is_offered_what_the_table_allows() -> None:
    assert allowed_actions(S.CALLED) == (A.RECALL, A.START, A.FINISH, A.MARK_NO_SHOW, A.TRANSFER)
    assert allowed_actions(S.SERVING) == (A.FINISH, A.HOLD, A.TRANSFER)


def test_a_ticket_is_at_a_counter_from_its_call_to_its_end() -> None:
    assert {S.CALLED, S.SERVING} == ACTIVE_STATES


def test_a_live_ticket_is_one_that_leads_somewhere_while_its_citizen_is_here() -> None:
    assert {S.WAITING, S.CALLED, S.SERVING, S.ON_HOLD} == LIVE_STATES

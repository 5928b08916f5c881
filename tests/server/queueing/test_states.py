import pytest

from server.queueing.states import (
    ACTIVE_STATES,
    TRANSITIONS,
    TicketAction,
    TicketState,
    allowed_actions,
    next_state,
)

S, A = TicketState, TicketAction
EVERYTHING = [(state, action) for state in TicketState for action in TicketAction]


@pytest.mark.parametrize(
    ("state", "action", "leads_to"),
    [
        (S.WAITING, A.CALL, S.CALLED),
        (S.CALLED, A.RECALL, S.CALLED),
        (S.CALLED, A.START, S.SERVING),
        (S.CALLED, A.FINISH, S.SERVED),
        (S.CALLED, A.MARK_NO_SHOW, S.NO_SHOW),
        (S.SERVING, A.FINISH, S.SERVED),
    ],
)
def test_a_ticket_moves_by_the_table(
    state: TicketState, action: TicketAction, leads_to: TicketState
) -> None:
    assert next_state(state, action) is leads_to


def test_there_are_no_other_moves() -> None:
    assert sum(next_state(state, action) is not None for state, action in EVERYTHING) == 6
    assert len(TRANSITIONS) == 6


@pytest.mark.parametrize("state", [S.SERVED, S.NO_SHOW])
def test_an_ended_ticket_takes_no_action(state: TicketState) -> None:
    assert allowed_actions(state) == ()


def test_a_clerk_is_offered_what_the_table_allows() -> None:
    assert allowed_actions(S.CALLED) == (A.RECALL, A.START, A.FINISH, A.MARK_NO_SHOW)
    assert allowed_actions(S.SERVING) == (A.FINISH,)


def test_a_ticket_is_at_a_counter_from_its_call_to_its_end() -> None:
    assert {S.CALLED, S.SERVING} == ACTIVE_STATES

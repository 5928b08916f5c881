"""What is asked of a terminal is done by one agent at a time, and told by the one that has it."""

from datetime import timedelta

import pytest

from server.attendance.terminals.command_models import CommandKind, CommandState, TerminalCommand
from server.attendance.terminals.commands import (
    COMMAND_LEASE,
    CommandLost,
    CommandReport,
    ask_terminal,
    claim_command,
    report_command,
)
from server.database import Database
from server.devices.models import DeviceKind
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.crowd import together
from tests.builders.hall import a_hall

AGENT, TERMINAL = "agent", "terminal"
SECOND = timedelta(seconds=1)
SYNC, LIST = CommandKind.SYNC, CommandKind.LIST_USERS
Taken = tuple[CommandKind, int]


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """A terminal of which two things are asked."""
    hall = (
        a_hall()
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.TERMINAL, TERMINAL)
        .build(database, clock)
    )
    with hall.work(AGENT) as work:
        for kind in (SYNC, LIST):
            ask_terminal(work, hall.devices[TERMINAL], kind)
    return hall


def claim(hall: BuiltHall) -> Taken | None:
    """What an agent takes into its hands: the command, and which attempt it is."""
    with hall.work(AGENT) as work:
        command = claim_command(work, hall.devices[TERMINAL])
        return None if command is None else (command.kind, command.attempt)


def tell(hall: BuiltHall, taken: Taken | None, state: CommandState) -> None:
    assert taken is not None
    kind, attempt = taken
    with hall.work(AGENT) as work:
        command = work.session.query(TerminalCommand).filter_by(kind=kind).one()
        report_command(work, command.id, CommandReport(state, attempt=attempt))


def states(hall: BuiltHall) -> list[CommandState]:
    with hall.session() as session:
        return [row.state for row in session.query(TerminalCommand).order_by(TerminalCommand.id)]


def test_two_agents_that_reach_for_it_at_once_get_one_command(hall: BuiltHall) -> None:
    taken = together(2, lambda _agent: claim(hall))
    assert sorted(taken, key=bool) == [None, (SYNC, 1)]


def test_the_next_is_given_out_when_the_first_has_ended(hall: BuiltHall) -> None:
    first = claim(hall)
    assert claim(hall) is None
    tell(hall, first, CommandState.DONE)
    assert claim(hall) == (LIST, 1)


def test_a_command_whose_agent_died_is_taken_again(hall: BuiltHall, clock: HandClock) -> None:
    claim(hall)
    clock.set(clock() + COMMAND_LEASE + SECOND)
    assert claim(hall) == (SYNC, 2)


def test_an_agent_that_tells_how_far_it_is_keeps_its_command(
    hall: BuiltHall, clock: HandClock
) -> None:
    first = claim(hall)
    clock.set(clock() + COMMAND_LEASE - SECOND)
    tell(hall, first, CommandState.TAKEN)
    clock.set(clock() + COMMAND_LEASE - SECOND)
    assert claim(hall) is None


def test_who_lost_the_command_cannot_tell_its_end(hall: BuiltHall, clock: HandClock) -> None:
    lost = claim(hall)
    clock.set(clock() + COMMAND_LEASE + SECOND)
    tell(hall, claim(hall), CommandState.DONE)
    with pytest.raises(CommandLost):
        tell(hall, lost, CommandState.FAILED)
    assert states(hall) == [CommandState.DONE, CommandState.WAITING]

"""Terminals are asked for their log before each half day is decided."""

from datetime import date, timedelta

from server.attendance.standing_run import run_every_hall
from server.attendance.terminals.command_models import CommandKind, CommandState, TerminalCommand
from tests.server.attendance.kept_hall import MONDAY, KeptHall


def standing_run(
    kept: KeptHall, clock: str, day: date = MONDAY
) -> list[tuple[CommandKind, CommandState]]:
    """What is asked of the terminal after a run at this time."""
    kept.clock.set(kept.at(day, clock))
    run_every_hall(kept.built.workplace, int)
    with kept.built.session() as session:
        rows = session.query(TerminalCommand).order_by(TerminalCommand.id)
        return [(row.kind, row.state) for row in rows]


def test_before_the_deadlines_of_the_timetable_and_once_for_each(kept: KeptHall) -> None:
    asked = [
        len(standing_run(kept, clock))
        for clock in ("07:00", "14:56:59", "14:57", "14:59:59", "15:00", "20:00")
    ]
    assert asked == [0, 0, 1, 1, 1, 1]


def test_each_half_day_has_its_own(kept: KeptHall) -> None:
    standing_run(kept, "07:00")
    standing_run(kept, "14:57")
    with kept.work("agent") as work:
        work.session.query(TerminalCommand).one().state = CommandState.DONE
    standing_run(kept, "15:00")
    assert standing_run(kept, "23:58") == [
        (CommandKind.SYNC, CommandState.DONE),
        (CommandKind.SYNC, CommandState.WAITING),
    ]


def test_it_is_not_asked_twice_while_its_agent_is_away(kept: KeptHall) -> None:
    standing_run(kept, "07:00")
    standing_run(kept, "14:57")
    assert len(standing_run(kept, "23:58")) == 1


def test_a_day_off_asks_nothing(kept: KeptHall) -> None:
    saturday = MONDAY + timedelta(days=5)
    standing_run(kept, "07:00", saturday)
    assert standing_run(kept, "14:58", saturday) == []

"""A simulated terminal that breaks in every way, a hall over real HTTP, and what is stored."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from drivers.hall_api import HallApi, HallRefusedError
from drivers.workers.punches import READ_DEADLINE, Habits, PunchesTask
from drivers.zkteco import worker
from drivers.zkteco.attendance import LogRead, read_log
from drivers.zkteco.parts import parts_of
from drivers.zkteco.people import list_users
from drivers.zkteco.simulated.memory import Generation
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal
from server.attendance.covers.models import CoverDuty
from server.attendance.covers.striking_off import strike_off
from server.attendance.models import Punch
from server.attendance.terminals.command_models import (
    CommandKind,
    CommandState,
    TerminalCommand,
    TerminalUser,
)
from server.attendance.terminals.commands import (
    add_user,
    allow_user,
    ask_terminal,
    remove_pin,
    rename_user,
)
from server.attendance.terminals.models import (
    DoubtfulPunch,
    QuarantinedUpload,
    TerminalFinding,
    TerminalLog,
)
from server.attendance.terminals.numbers import give_number
from server.audit import AuditEntry
from server.people.models import Person
from tests.builders.clock import HandClock
from tests.drivers.workers.conftest import AGENT, TERMINAL
from tests.services.live import LiveHall

QUICK = timedelta(seconds=1)
WELL = "ok"
USUAL = Habits()


class Bench:
    """A terminal, its task, and the hall's rows."""

    def __init__(self, simulated: SimulatedTerminal, live: LiveHall, api: HallApi) -> None:
        self.simulated = simulated
        self.live = live
        self.api = api
        self.id = live.hall.devices[TERMINAL]
        self.terminal = replace(Terminal.at(simulated.address), reply_timeout=QUICK)
        self.told: list[tuple[str, str]] = []

    def task(self, habits: Habits = USUAL) -> PunchesTask:
        """A fresh worker's task, as after the agent's start."""
        return PunchesTask(self.api, self.id, self.terminal, habits)

    def round(self, habits: Habits = USUAL) -> str:
        """One round; how the terminal is then."""
        self.task(habits).round(lambda *said: self.told.append(said), threading.Event())
        return self.told[-1][0]

    def rows(self, table: type[Any]) -> list[Any]:
        """All of a table."""
        with self.live.hall.session() as session:
            return session.query(table).all()

    def stored(self) -> list[tuple[str, int]]:
        """Punches as the hall has them."""
        return sorted((punch.pin, punch.raw_time) for punch in self.rows(Punch))

    def held(self) -> list[tuple[str, int]]:
        """Punches as the terminal has them."""
        return sorted((punch.pin, punch.code) for punch in self.simulated.memory.log)

    def ask(self, kind: CommandKind) -> int:
        """Somebody asks for something; the command."""
        with self.live.hall.work(AGENT) as work:
            return ask_terminal(work, self.id, kind).id

    def command(self, command_id: int) -> TerminalCommand:
        """How far it is."""
        with self.live.hall.session() as session:
            return session.get_one(TerminalCommand, command_id)


@pytest.fixture
def bench(live_hall: LiveHall, api: HallApi, clock: HandClock) -> Iterator[Bench]:
    simulated = SimulatedTerminal(capacity=2000, now=clock)
    simulated.start()
    for pin in ("7", "8"):
        simulated.command("enrol", pin=pin)
    yield Bench(simulated, live_hall, api)
    simulated.stop()


def press(bench: Bench, *pins: str) -> None:
    for pin in pins:
        bench.simulated.command("press_finger", pin=pin)


FAULTS: dict[str, dict[str, Any]] = {
    "drop": {},
    "close_mid_chunk": {},
    "late_reply": {"seconds": 1.5},
    "garbage": {},
    "refuse": {},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_everything_is_stored_once(bench: Bench, fault: str) -> None:
    bench.simulated.command("fill", records=300)
    bench.simulated.command(fault, **FAULTS[fault])
    bench.round()
    bench.simulated.command("heal")
    assert bench.round() == WELL
    assert bench.stored() == bench.held()


@pytest.mark.parametrize("layout", list(Generation))
def test_every_layout_is_stored_whole(
    live_hall: LiveHall, api: HallApi, clock: HandClock, layout: Generation
) -> None:
    simulated = SimulatedTerminal(generation=layout, now=clock)
    simulated.start()
    try:
        simulated.command("fill", records=120)
        bench = Bench(simulated, live_hall, api)
        assert bench.round() == WELL
        assert len(bench.rows(Punch)) == 120
    finally:
        simulated.stop()


def test_a_read_that_cannot_be_right_is_set_aside_with_its_bytes(bench: Bench) -> None:
    bench.simulated.command("fill", records=10)
    bench.simulated.command("misreport_sizes", records=7)
    assert bench.round() == "attention"
    [aside] = bench.rows(QuarantinedUpload)
    assert (aside.reason, len(aside.body), bench.stored()) == ("count_mismatch", 404, [])


def test_a_log_that_grows_while_it_is_read_is_stored_in_the_end(bench: Bench) -> None:
    bench.simulated.command("fill", records=50)
    bench.simulated.command("count_moves")
    bench.round()
    assert bench.round() == WELL
    assert bench.stored() == bench.held()


def test_a_cleared_log_raises_an_alarm_that_names_the_time(bench: Bench, clock: HandClock) -> None:
    press(bench, "7", "8")
    bench.round()
    before = clock()
    bench.simulated.command("clear_log")
    clock.move(minutes=5)
    press(bench, "7")
    assert bench.round() == "attention"
    [finding] = bench.rows(TerminalFinding)
    assert (finding.kind, finding.alarm, finding.since) == ("cleared", True, before)
    assert len(bench.stored()) == 3


def test_a_wrapped_log_loses_nothing_that_was_read(
    live_hall: LiveHall, api: HallApi, clock: HandClock
) -> None:
    simulated = SimulatedTerminal(capacity=1200, drops_at_once=100, now=clock)
    simulated.start()
    try:
        bench = Bench(simulated, live_hall, api)
        simulated.command("fill", records=1200)
        bench.round()
        before = set(bench.held())
        for _ in range(3):
            clock.move(seconds=7)
            press(bench, "1")
        bench.round()
        [finding] = bench.rows(TerminalFinding)
        assert (finding.kind, finding.alarm) == ("wrapped", False)
        assert set(bench.stored()) == before | set(bench.held())
    finally:
        simulated.stop()


def test_an_equal_punch_after_the_log_was_emptied_is_a_further_one(bench: Bench) -> None:
    press(bench, "7")
    bench.round()
    bench.simulated.command("clear_log")
    bench.round()
    press(bench, "7")  # the same second by the same clock
    bench.round()
    assert sorted(punch.occurrence for punch in bench.rows(Punch)) == [0, 1]


def test_an_equal_punch_behind_the_cursor_is_a_further_one(bench: Bench) -> None:
    for _ in range(3):
        press(bench, "7")
        bench.round()
    assert sorted(punch.occurrence for punch in bench.rows(Punch)) == [0, 1, 2]


def test_a_part_that_was_stored_before_the_agent_died_is_not_stored_again(bench: Bench) -> None:
    press(bench, "7")
    bench.round()
    press(bench, "7", "8")  # the first equals the one that is stored
    base = bench.api.begin_log(bench.id)
    read = worker.run(READ_DEADLINE, read_log, bench.terminal)
    assert isinstance(read, LogRead)
    part = parts_of(read.log, 1, 1, certain=True)[0]
    assert bench.api.log_part(bench.id, base, part, None, certain=True) == 1
    assert bench.round() == WELL  # the agent, started again
    assert bench.stored() == bench.held()


def test_two_agents_at_one_terminal_store_it_once(bench: Bench) -> None:
    bench.simulated.command("fill", records=200)

    def attempt(_number: int) -> str:
        try:
            bench.round()
        except HallRefusedError as error:
            return error.code
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = set(pool.map(attempt, range(2)))
    assert said <= {"", "terminal-cursor-moved"}
    assert bench.stored() == bench.held()


def test_a_clock_from_the_future_sets_its_punches_aside(bench: Bench) -> None:
    bench.simulated.command("set_ahead", seconds=7200)
    press(bench, "7")
    bench.round()
    assert [one.doubt for one in bench.rows(DoubtfulPunch)] == ["future"]


def test_a_clock_is_left_alone_unless_asked(
    bench: Bench, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    bench.round()
    [state] = bench.rows(TerminalLog)
    [entry] = [one for one in caplog.records if one.message == "clock"]
    assert vars(entry)["offset_ms"] == state.clock_offset_ms
    assert "terminal.clock" not in {entry.action for entry in bench.rows(AuditEntry)}


def test_a_clock_beyond_the_threshold_is_set_and_written_down(bench: Bench) -> None:
    bench.round(Habits(set_clock_beyond=timedelta(seconds=30)))  # the hand clock is far away
    [entry] = [one for one in bench.rows(AuditEntry) if one.action == "terminal.clock"]
    assert abs(entry.details["after_ms"]) < 5000 < abs(entry.details["before_ms"])


def test_what_is_asked_for_is_done_and_told(bench: Bench) -> None:
    press(bench, "7")
    sync = bench.ask(CommandKind.SYNC)
    bench.round()
    done = bench.command(sync)
    assert (done.state, done.result) == (CommandState.DONE, {"stored": 1})


def test_what_cannot_be_done_says_why(bench: Bench) -> None:
    bench.simulated.stop()
    asked = bench.ask(CommandKind.LIST_USERS)
    bench.round()
    failed = bench.command(asked)
    assert (failed.state, failed.problem) == (CommandState.FAILED, "terminal_unreachable")


def test_people_are_put_on_a_terminal_renamed_stopped_and_removed(bench: Bench) -> None:
    def names() -> dict[str, tuple[str, bool]]:
        return {user.pin: (user.name, user.enabled) for user in bench.rows(TerminalUser)}

    def when(change: Callable[[Any], object]) -> dict[str, tuple[str, bool]]:
        with bench.live.hall.work(AGENT) as work:
            change(work)
        bench.round()
        return names()

    added = when(lambda work: add_user(work, bench.id, "9", "顶岗一"))
    user = next(user for user in bench.rows(TerminalUser) if user.pin == "9").id
    renamed = when(lambda work: rename_user(work, user, "顶岗二"))
    stopped = when(lambda work: allow_user(work, user, enabled=False))
    removed = when(lambda work: remove_pin(work, bench.id, "9"))
    steps = [state.get("9") for state in (added, renamed, stopped, removed)]
    assert steps == [("顶岗一", True), ("顶岗二", True), ("顶岗二", False), None]
    assert all(before != after for before, after in pairwise(steps))


def test_cover_staff_are_off_the_terminal_when_their_cover_is_over(
    bench: Bench, clock: HandClock
) -> None:
    today = clock().date()
    with bench.live.hall.work(AGENT) as work:
        cover, replaced = work.session.query(Person).limit(2)
        give_number(work, bench.id, "8", cover.id, today)
        work.session.add(
            CoverDuty(
                hall_id=work.hall_id,
                unit_id=replaced.unit_id,
                person_id=cover.id,
                replaces_id=replaced.id,
                phone="",
                first_day=today,
                planned_last_day=today,
                proposed_at=work.now,
                proposed_by="unit",
            )
        )

    def after_a_run() -> list[str]:
        with bench.live.hall.work(AGENT) as work:
            strike_off(work)
        bench.round()
        return [user.pin for user in list_users(bench.terminal)]

    before = after_a_run()
    clock.move(days=1)
    assert (before, after_a_run()) == (["7", "8"], ["7"])

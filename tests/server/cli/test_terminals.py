"""`hall terminals`, with an agent and a simulated terminal that do what is asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from drivers.hall_api import HallApi
from drivers.workers.punches import PunchesTask
from drivers.zkteco.simulator import SimulatedTerminal
from drivers.zkteco.terminal import Terminal
from server.attendance.models import Punch
from server.attendance.terminals.command_models import CommandState, TerminalCommand
from server.clock import system_clock
from server.database import Database
from server.devices.models import DeviceKind
from tests.builders.built import BuiltHall
from tests.builders.hall import a_hall
from tests.server.cli.conftest import HallCommand
from tests.services.live import live
from tests.services.waiting import wait_until

AGENT, TERMINAL = "agent", "东门"
AHEAD_SECONDS = 120
EXPORT = b"7\t2026-09-14 07:58:30\t1\t255\t1\t0\nnot a punch\n"
AgentAtWork = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def built(kept: Database) -> BuiltHall:
    """A hall with one terminal."""
    return (
        a_hall()
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.TERMINAL, TERMINAL)
        .build(kept, system_clock)
    )


@pytest.fixture
def simulated() -> Iterator[SimulatedTerminal]:
    """Two people, of whom one has punched three times."""
    simulated = SimulatedTerminal()
    simulated.start()
    for pin, name in (("7", "甲"), ("8", "乙")):
        simulated.command("enrol", pin=pin, full_name=name)
    for _ in range(3):
        simulated.command("press_finger", pin="7")
    yield simulated
    simulated.stop()


@pytest.fixture
def agent(built: BuiltHall, simulated: SimulatedTerminal, tmp_path: Path) -> AgentAtWork:
    """An agent that waits for something to be asked, and does it."""

    def is_asked() -> bool:
        with built.session() as session:
            waiting = session.query(TerminalCommand).filter_by(state=CommandState.WAITING)
            return waiting.count() > 0

    @contextmanager
    def at_work() -> Iterator[None]:
        with live(built, tmp_path / "web", system_clock) as running:
            api = HallApi(running.address, running.token(AGENT))
            terminal = Terminal.at(simulated.address)
            task = PunchesTask(api, built.devices[TERMINAL], terminal)

            def work() -> None:
                wait_until(is_asked, "something to do")
                task.round(lambda *_told: None, threading.Event())

            thread = threading.Thread(target=work)
            thread.start()
            yield
            thread.join()

    return at_work


def test_a_terminal_that_was_never_read_is_listed(hall: HallCommand, built: BuiltHall) -> None:
    assert built.devices
    assert hall("terminals", "list").output == f"{TERMINAL}\tunknown\t-\t-\n"


def test_it_is_read_now_and_listed_with_its_fill(hall: HallCommand, agent: AgentAtWork) -> None:
    with agent():
        said = hall("terminals", "sync", TERMINAL)
    assert (said.exit_code, said.output) == (0, "完成 done: {'stored': 3}\n")
    assert hall("terminals", "list").output.endswith("\t3/100000\n")


def test_a_clock_that_was_never_read_is_unknown(hall: HallCommand, built: BuiltHall) -> None:
    assert built.devices
    assert hall("terminals", "time", TERMINAL).output == "未知 unknown\n"


def test_a_clock_that_is_ahead_is_put_right(
    hall: HallCommand, agent: AgentAtWork, simulated: SimulatedTerminal
) -> None:
    simulated.command("set_ahead", seconds=AHEAD_SECONDS)
    with agent():
        said = hall("terminals", "time", TERMINAL, "--set")
    assert said.exit_code == 0, said.output
    offset = float(said.output.splitlines()[-1].removesuffix(" s"))
    assert abs(offset) < AHEAD_SECONDS / 2


def test_the_people_on_it_are_told_with_whether_a_finger_was_seen(
    hall: HallCommand, agent: AgentAtWork
) -> None:
    with agent():
        hall("terminals", "sync", TERMINAL)
    with agent():
        said = hall("terminals", "users", TERMINAL)
    assert said.output.splitlines()[1:] == ["7\t甲\t已录 enrolled", "8\t乙\t未见 not seen yet"]


def test_an_export_is_imported_once(hall: HallCommand, built: BuiltHall, tmp_path: Path) -> None:
    file = tmp_path / "attlog.dat"
    file.write_bytes(EXPORT)
    said = [hall("terminals", "import", TERMINAL, str(file)).output for _ in range(2)]
    assert said == [
        "新增 new: 1  已有 known: 0  未识别 unread: 1\n",
        "新增 new: 0  已有 known: 1  未识别 unread: 1\n",
    ]
    assert built.count(Punch) == 1


def test_a_file_without_punches_is_refused(
    hall: HallCommand, built: BuiltHall, tmp_path: Path
) -> None:
    file = tmp_path / "holiday.txt"
    file.write_text("nothing of the kind", encoding="utf-8")
    said = hall("terminals", "import", TERMINAL, str(file))
    assert (said.exit_code, "文件中没有打卡记录" in said.output) == (1, True)
    assert built.count(Punch) == 0


def test_without_its_agent_it_says_that_it_waits(hall: HallCommand, built: BuiltHall) -> None:
    said = hall("terminals", "sync", TERMINAL, "--wait", "0")
    assert (said.exit_code, "设备代理还没有执行" in said.output) == (1, True)
    assert built.count(TerminalCommand) == 1


def test_what_the_terminal_did_not_do_says_why(
    hall: HallCommand, agent: AgentAtWork, simulated: SimulatedTerminal
) -> None:
    with agent():
        simulated.stop()
        said = hall("terminals", "users", TERMINAL)
    assert (said.exit_code, "terminal_unreachable" in said.output) == (1, True)


@pytest.mark.parametrize("what", ["sync", "time", "users"])
def test_a_name_that_no_terminal_has_is_said_so(
    hall: HallCommand, built: BuiltHall, what: str
) -> None:
    said = hall("terminals", what, "西门")
    assert (said.exit_code, "没有考勤机 no terminal: 西门" in said.output) == (1, True)
    assert built.count(TerminalCommand) == 0

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.cli.supervisor import Child, Supervisor


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Where the children write what happens to them."""
    file = tmp_path / "notes"
    file.touch()
    return file


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """The supervisor takes the process's signals; they are given back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def reluctant(notes: Path, name: str, seconds: float = 0.0, patience: float = 10.0) -> Child:
    """A child that needs some seconds to end."""
    arguments = ["tests.server.cli.reluctant", str(notes), name, str(seconds)]
    return Child(name, arguments, {}, stop_seconds=patience)


def stop_when(ready: Callable[[], bool]) -> Callable[[], None]:
    """Sends this process SIGTERM as soon as something is so."""

    def each_round() -> None:
        if ready():
            os.kill(os.getpid(), signal.SIGTERM)

    return each_round


def run(notes: Path, *children: Child) -> list[str]:
    """Supervise these children, tell the supervisor to end once they run; what happened after."""
    supervisor = Supervisor()
    for child in children:
        supervisor.add(child)
    supervisor.run(stop_when(lambda: notes.read_text().count("begun") == len(children)))
    return [line for line in notes.read_text().splitlines() if not line.endswith("begun")]


def test_children_end_one_after_another_the_last_one_first(notes: Path) -> None:
    children = [reluctant(notes, name, 0.2) for name in ("simulators", "web", "agent")]
    assert run(notes, *children) == [
        f"{name} {word}" for name in ("agent", "web", "simulators") for word in ("told", "ended")
    ]


def test_a_child_that_does_not_end_is_killed_and_the_others_are_still_asked(notes: Path) -> None:
    web, agent = reluctant(notes, "web"), reluctant(notes, "agent", 60.0, patience=0.2)
    assert run(notes, web, agent) == ["agent told", "web told", "web ended"]
    assert not agent.running()


def test_a_child_that_cannot_be_started_does_not_keep_others_from_it(
    notes: Path,
) -> None:
    class Unstartable(Child):
        def start(self) -> None:
            raise OSError("no more processes")

    supervisor = Supervisor()
    supervisor.add(Unstartable("broken", [], {}))
    supervisor.add(reluctant(notes, "web"))
    supervisor.run(stop_when(lambda: "web begun" in notes.read_text()))
    assert notes.read_text().splitlines()[-1] == "web ended"


def test_an_error_of_a_round_does_not_end_the_hall(notes: Path) -> None:
    supervisor = Supervisor()
    supervisor.add(reluctant(notes, "web"))
    rounds = 0

    def each_round() -> None:
        nonlocal rounds
        rounds += 1
        if "begun" in notes.read_text():
            os.kill(os.getpid(), signal.SIGTERM)
        raise OSError("the database is away")

    supervisor.run(each_round)
    assert rounds > 1
    assert notes.read_text().splitlines()[-1] == "web ended"

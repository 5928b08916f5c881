import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from server.cli import serve
from server.cli.serve import agent_when_ready
from server.cli.supervisor import Child, Supervisor
from server.database import Database
from server.settings import Settings
from server.work import Workplace
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall


class Staff(Supervisor):
    """A supervisor that only writes down whom it is to care for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def add(self, child: Child) -> None:
        """Note the child's name."""
        self.names.append(child.name)


@pytest.fixture
def staff() -> Staff:
    return Staff()


@pytest.fixture
def workplace(sqlite_url: str, clock: HandClock) -> Iterator[Workplace]:
    """A database without a hall."""
    with closing(Database(sqlite_url)) as database:
        yield Workplace(database, clock)


@pytest.fixture
def look(workplace: Workplace, staff: Staff, tmp_path: Path) -> Callable[[], None]:
    """One round of the supervisor."""
    return agent_when_ready(staff, workplace, Settings(data_dir=tmp_path), simulators=False)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the time pass after which one looks again."""
    now = time.monotonic()

    def pass_time() -> None:
        nonlocal now
        now += 2 * serve.LOOK_SECONDS
        monkeypatch.setattr(time, "monotonic", lambda: now)

    return pass_time


def test_the_agent_starts_once_the_hall_is_set_up(
    look: Callable[[], None], later: Callable[[], None], workplace: Workplace, staff: Staff
) -> None:
    look()
    assert staff.names == []
    a_hall().build(workplace.database, workplace.clock)
    later()
    for _round in range(3):
        look()
        later()
    assert staff.names == ["agent"]


def test_it_looks_now_and_then_only(
    look: Callable[[], None], later: Callable[[], None], workplace: Workplace, staff: Staff
) -> None:
    later()
    look()
    a_hall().build(workplace.database, workplace.clock)
    look()
    assert staff.names == []


def test_an_agent_that_could_not_be_made_is_made_later(
    look: Callable[[], None],
    later: Callable[[], None],
    workplace: Workplace,
    staff: Staff,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_hall().build(workplace.database, workplace.clock)
    with monkeypatch.context() as broken:
        broken.setattr(workplace.database, "write", gone)
        with pytest.raises(OperationalError):
            look()
    later()
    look()
    assert staff.names == ["agent"]


def gone() -> None:
    raise OperationalError("BEGIN", {}, Exception("gone"))

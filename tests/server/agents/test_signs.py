"""What hangs over the windows and in the hall."""

from typing import Any

import pytest

from server.devices.models import Device, DeviceKind
from server.queueing.states import TicketAction
from tests.builders.built import BuiltHall, ClerkAtCounter
from tests.server.agents.conftest import AGENT, ApiAgent


@pytest.fixture(autouse=True)
def signs(hall: BuiltHall) -> None:
    """A sign over the first counter and a board in the hall."""
    agent_id = hall.devices[AGENT]
    with hall.database.write() as session:
        for name, counter_id, options in (
            ("一号窗口屏", hall.counters[1], {}),
            ("大厅屏", None, {"notice": "请遵守秩序"}),
        ):
            session.add(
                Device(
                    hall_id=hall.id,
                    kind=DeviceKind.LED_SIGN,
                    name=name,
                    agent_id=agent_id,
                    counter_id=counter_id,
                    options=options,
                )
            )


@pytest.fixture
def clerk(hall: BuiltHall) -> ClerkAtCounter:
    hall.take("A")
    return hall.clerk(1)


def shown(agent: ApiAgent, which: int) -> dict[str, Any]:
    sign: dict[str, Any] = agent.get("/desired")["signs"][which]
    return sign


def window(agent: ApiAgent) -> tuple[str, str]:
    sign = shown(agent, 0)
    return sign["show"], sign["lines"][0]


def test_a_counter_that_nobody_is_at(agent: ApiAgent) -> None:
    assert window(agent) == ("paused", "暂停服务")


def test_a_counter_at_rest_shows_its_name(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    assert window(agent) == ("rest", "1 号窗口")


def test_a_call_and_its_service(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    clerk.next()
    assert window(agent) == ("calling", "请A001号到本窗口")
    clerk.press(TicketAction.START)
    assert window(agent) == ("calling", "A001号办理中")


def test_a_paused_counter(agent: ApiAgent, clerk: ClerkAtCounter) -> None:
    body = {"press": "pause", "version": clerk.version}
    agent.post(f"/counters/{clerk.counter_id}/press", body)
    assert window(agent) == ("paused", "暂停服务")


def test_the_hall_board_shows_the_latest_calls_and_a_notice(
    agent: ApiAgent, clerk: ClerkAtCounter
) -> None:
    clerk.next()
    board = shown(agent, 1)
    assert (board["show"], board["rows"], board["notice"]) == (
        "board",
        [["A001", "1号窗口"]],
        "请遵守秩序",
    )

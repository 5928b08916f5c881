import json
from collections.abc import Iterator

import pytest

from drivers.led.signs import SignProtocol
from drivers.led.simulator import LedSimulator


@pytest.fixture
def simulator() -> Iterator[LedSimulator]:
    simulator = LedSimulator("大厅屏", SignProtocol.ONBON, 256, 96)
    simulator.start()
    yield simulator
    simulator.stop()


def test_it_says_loudly_that_it_is_simulated(simulator: LedSimulator) -> None:
    assert simulator.state()["simulated"] is True


def test_its_state_is_ready_for_json(simulator: LedSimulator) -> None:
    assert json.loads(json.dumps(simulator.state()))["width"] == 256


def test_its_picture_is_a_png(simulator: LedSimulator) -> None:
    assert (simulator.picture() or b"")[:4] == b"\x89PNG"


def test_its_faults_have_names(simulator: LedSimulator) -> None:
    assert simulator.commands() == ("drop", "mute", "corrupt_reply", "busy", "power_cycle")


def test_muting_can_be_taken_back(simulator: LedSimulator) -> None:
    simulator.command("mute")
    simulator.command("mute", on=False)
    assert simulator.state()["mute"] is False


@pytest.mark.parametrize(("name", "arguments"), [("explode", {}), ("busy", {"times": 2})])
def test_an_unknown_command_is_refused(
    simulator: LedSimulator, name: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=r"unknown command|takes"):
        simulator.command(name, **arguments)


def test_a_strip_cannot_be_busy() -> None:
    with pytest.raises(ValueError, match="never answers"):
        LedSimulator("条屏", SignProtocol.DIGITS).command("busy")

import json
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from drivers.panel.picture import PAD, PANEL
from drivers.panel.simulator import PanelSimulator


@pytest.fixture
def simulator() -> Iterator[PanelSimulator]:
    simulator = PanelSimulator("总线一", panels=[1, 2], pads=[1])
    simulator.start()
    yield simulator
    simulator.stop()


def test_its_state_is_ready_for_json_and_says_that_it_is_simulated(
    simulator: PanelSimulator,
) -> None:
    state = json.loads(json.dumps(simulator.state()))
    assert (state["simulated"], len(state["panels"]), len(state["pads"])) == (True, 2, 1)


def test_its_picture_has_its_panels_and_pads_below_each_other(simulator: PanelSimulator) -> None:
    picture = simulator.picture()
    assert picture is not None
    assert Image.open(BytesIO(picture)).height > 2 * PANEL[1] + PAD[1]


def test_a_lit_digit_is_to_be_seen(simulator: PanelSimulator) -> None:
    dark = simulator.picture()
    simulator._panels[1].ticket = "012"
    assert simulator.picture() != dark


def test_without_a_host_a_key_is_not_answered(simulator: PanelSimulator) -> None:
    assert simulator.command("press_key", address=1, key="call")["answered"] is False


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("press_key", {"address": 9, "key": "call"}),
        ("press_key", {"address": 1, "key": "fire"}),
        ("press_key", {"address": 1, "key": ""}),
        ("rate", {"address": 9, "rating": 4}),
        ("explode", {}),
    ],
)
def test_what_cannot_be_done_is_refused(
    simulator: PanelSimulator, name: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match=r"no panel|no pad|unknown"):
        simulator.command(name, **arguments)


def test_cutting_the_line_leaves_the_bus_up(simulator: PanelSimulator) -> None:
    assert simulator.command("drop") == {"drop": True}


def test_its_commands_have_names(simulator: PanelSimulator) -> None:
    assert simulator.commands()[:2] == ("press_key", "rate")

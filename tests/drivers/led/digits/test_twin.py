import pytest

from drivers.led.digits.twin import DigitStrip
from drivers.led.dots import Region


@pytest.mark.parametrize(
    ("frame", "address", "shown"),
    [("05 03 E7 EF", 5, "999"), ("3A 00 78 03 01 B6 0A", 0, "888"), ("00 00 01 01", 0, "001")],
)
def test_it_shows_frames_of_both_kinds(frame: str, address: int, shown: str) -> None:
    strip = DigitStrip(32, 16, address)
    strip.receive(bytes.fromhex(frame))
    assert strip.regions() == [Region(0, 0, 32, 16, (shown,))]


def test_it_leaves_frames_for_its_neighbours_alone() -> None:
    strip = DigitStrip(32, 16, address=6)
    strip.receive(bytes.fromhex("05 03 E7 EF"))
    assert strip.regions() == []


def test_without_power_it_forgets() -> None:
    strip = DigitStrip(32, 16, address=5)
    strip.receive(bytes.fromhex("05 03 E7 EF"))
    strip.power_cycle()
    assert strip.regions() == []

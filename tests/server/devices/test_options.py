"""What an administrator may set, and what a driver is told of it."""

import pytest

from drivers.escpos.settings import Confirmation, Encoding, PrinterSettings
from drivers.led.cpower.framing import ByteOrder
from drivers.led.layout import Colour
from drivers.led.signs import SignProtocol
from drivers.workers.devices import sign_settings
from server.devices.models import PAIRED_KINDS, DeviceKind
from server.devices.options import OPTIONS, PrinterOptions, SignOptions, driver_options


def choices(options: type[PrinterOptions | SignOptions], name: str) -> set[str]:
    return set(options.model_json_schema()["properties"][name]["enum"])


@pytest.mark.parametrize(
    ("options", "name", "driver"),
    [
        (PrinterOptions, "encoding", Encoding),
        (PrinterOptions, "confirmation", Confirmation),
        (SignOptions, "protocol", SignProtocol),
        (SignOptions, "colour", Colour),
        (SignOptions, "byte_order", ByteOrder),
    ],
)
def test_the_choices_are_those_of_the_driver(
    options: type[PrinterOptions | SignOptions], name: str, driver: type[Encoding]
) -> None:
    assert choices(options, name) == set(driver)


def test_the_defaults_are_those_of_the_drivers() -> None:
    assert PrinterSettings.from_options(PrinterOptions().model_dump()) == PrinterSettings()
    assert sign_settings(SignOptions().model_dump(exclude={"notice"})) == sign_settings({})


def test_what_concerns_the_hall_alone_is_kept_from_the_driver() -> None:
    stored = {"width_dots": 384, "fallback_id": 7, "roll_metres": 30}
    assert driver_options(DeviceKind.PRINTER, stored) == {"width_dots": 384}


def test_what_an_older_version_left_is_passed_on_for_the_driver_to_judge() -> None:
    assert driver_options(DeviceKind.PRINTER, {"speed": 1}) == {"speed": 1}


def test_every_kind_that_an_agent_runs_has_options() -> None:
    assert set(OPTIONS) == set(DeviceKind) - PAIRED_KINDS

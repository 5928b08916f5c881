"""A sign is unplugged, a driver has wrong settings: everything else goes on."""

from collections.abc import Iterator

import pytest

from drivers.led.signs import SignProtocol
from drivers.led.simulator import LedSimulator
from server.devices.models import HealthState
from tests.faults.books import health_of
from tests.faults.browser import kiosk
from tests.faults.citizens import take_ticket
from tests.faults.installation import PRINTER, SIGN, Installation
from tests.faults.serving import Serving
from tests.services.waiting import wait_until

ALARM_SECONDS = 5.0
START_SECONDS = 30.0
SIZE = {"width": 160, "height": 32}


@pytest.fixture
def sign(installation: Installation) -> Iterator[LedSimulator]:
    """The sign at counter 1, switched on."""
    sign = LedSimulator("sign", SignProtocol.ONBON, **SIZE)
    sign.start()
    installation.set_up_device(SIGN, sign.address, SIZE)
    yield sign
    sign.stop()


def wait_for_frame(sign: LedSimulator, *, seconds: float) -> None:
    """Wait until the sign shows something."""
    wait_until(lambda: sign.state()["lines"], "the frame", seconds=seconds)


def test_a_sign_that_was_unplugged_shows_its_frame_again(
    serving: Serving, installation: Installation, sign: LedSimulator
) -> None:
    serving.start()
    wait_for_frame(sign, seconds=START_SECONDS)
    shown = sign.state()["lines"]
    sign.stop()
    sign.command("power_cycle")
    assert not sign.state()["lines"]
    wait_until(
        lambda: health_of(installation, SIGN) is HealthState.LOST, "lost", seconds=2 * ALARM_SECONDS
    )
    sign.start()
    wait_for_frame(sign, seconds=ALARM_SECONDS)
    assert sign.state()["lines"] == shown


def test_a_link_cut_within_a_frame_is_mended(serving: Serving, sign: LedSimulator) -> None:
    serving.start()
    wait_for_frame(sign, seconds=START_SECONDS)
    frames = sign.state()["frames"]
    sign.command("drop", after_bytes=20)
    wait_until(lambda: sign.state()["frames"] != frames, "a frame", seconds=ALARM_SECONDS)


def test_a_driver_with_wrong_settings_is_told_and_harms_nobody(
    serving: Serving, installation: Installation, sign: LedSimulator
) -> None:
    installation.set_up_device(PRINTER, "tcp://127.0.0.1:9", {"width_dots": 577})
    serving.start()
    wait_for_frame(sign, seconds=START_SECONDS)
    wait_until(
        lambda: health_of(installation, PRINTER) is HealthState.LOST, "told", seconds=ALARM_SECONDS
    )
    browser = kiosk(serving.port, installation.kiosk_token)
    browser.open_page()
    assert take_ticket(browser, 1, "still").label == "A001"

"""A device's options in JSON become its driver's settings, or an error that names the option."""

import pytest

from drivers.led.signs import SignProtocol
from drivers.workers.devices import sign_settings


def test_the_protocols_name_becomes_the_protocol() -> None:
    settings = sign_settings({"protocol": "cpower-tcp", "width": 96})
    assert settings.protocol is SignProtocol.CPOWER_TCP
    assert settings.width == 96


@pytest.mark.parametrize(
    ("options", "named"),
    [({"wdth": 96}, "wdth"), ({"protocol": "morse"}, "protocol"), ({"width": "wide"}, "width")],
)
def test_a_wrong_option_is_named(options: dict[str, object], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        sign_settings(options)

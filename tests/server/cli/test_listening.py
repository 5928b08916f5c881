import socket
from contextlib import closing

import pytest
from click import ClickException

from server.cli.listening import require_free_address, warn_of_unknown_address
from server.settings import Settings
from tests.services.ports import LOOPBACK, free_port


def test_a_free_address_stays_free() -> None:
    settings = Settings(port=free_port())
    require_free_address(settings)
    require_free_address(settings)


def test_a_busy_port_is_told_with_what_to_do() -> None:
    with (
        closing(socket.create_server((LOOPBACK, 0))) as other,
        pytest.raises(ClickException, match=r"--port .* --host"),
    ):
        require_free_address(Settings(port=other.getsockname()[1]))


def test_an_address_that_is_not_this_machines_is_told() -> None:
    elsewhere = "192.0.2.1"
    with pytest.raises(ClickException, match=elsewhere):
        require_free_address(Settings(host=elsewhere, port=free_port()))


@pytest.mark.parametrize(("host", "loud"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_it_is_loud_about_an_address_nobody_told(
    host: str, loud: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    warn_of_unknown_address(Settings(host=host))
    assert ("--public-url" in capsys.readouterr().out) is loud

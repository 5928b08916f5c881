import pytest

from drivers.zkteco.terminal import Terminal, Wire


def test_an_address_is_a_url() -> None:
    assert Terminal.at("udp://192.168.1.201:4371") == Terminal("192.168.1.201", 4371, Wire.UDP)


def test_the_usual_port_may_be_left_out() -> None:
    assert Terminal.at("tcp://terminal-2.hall.example").port == 4370


@pytest.mark.parametrize(
    "host", ["", "1.2.3.4; reboot", "$(reboot)", "a b", "-c", "fe80::1", "x" * 64, "a..b"]
)
def test_an_address_that_a_shell_could_misread_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="no host name"):
        Terminal(host)


@pytest.mark.parametrize("url", ["http://10.0.0.1", "10.0.0.1", "tcp://"])
def test_another_kind_of_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="is not like"):
        Terminal.at(url)


def test_a_port_and_a_key_have_their_limits() -> None:
    with pytest.raises(ValueError, match="no port"):
        Terminal("10.0.0.1", 0)
    with pytest.raises(ValueError, match="communication key"):
        Terminal("10.0.0.1", comm_key=-1)


def test_an_unknown_character_set_is_refused() -> None:
    with pytest.raises(LookupError):
        Terminal("10.0.0.1", encoding="gbq")


def test_the_key_is_not_shown() -> None:
    assert "4711" not in repr(Terminal("10.0.0.1", comm_key=4711))

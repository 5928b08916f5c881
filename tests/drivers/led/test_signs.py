import pytest

from drivers.led.content import Board, Calling, Rest
from drivers.led.cpower.framing import ByteOrder
from drivers.led.layout import Colour
from drivers.led.signs import SignProtocol, SignSettings, dialect_of

CALL = Calling("A123", ("请A123号到本窗口",))


def requests(settings: SignSettings) -> bytes:
    return b"".join(dialect_of(settings).orders(CALL, None).requests)


def test_an_onbon_card_may_have_an_address() -> None:
    assert requests(SignSettings(card=3))[8:10] == b"\x03\x00"


def test_a_colour_is_switched_on_in_front_of_the_text() -> None:
    assert rb"\C2" in requests(SignSettings(colour=Colour.GREEN))


def test_the_byte_order_of_cpower_over_tcp_is_a_setting() -> None:
    big = SignSettings(protocol=SignProtocol.CPOWER_TCP, byte_order=ByteOrder.BIG)
    little = SignSettings(protocol=SignProtocol.CPOWER_TCP)
    assert requests(big)[4:6] == requests(little)[5:3:-1]


def test_windows_are_divided_only_when_they_changed() -> None:
    dialect = dialect_of(SignSettings(protocol=SignProtocol.CPOWER_SERIAL))
    first = dialect.orders(CALL, None)
    assert len(first.requests) == len(dialect.orders(CALL, first.places).requests) + 1


def test_a_strip_shows_the_digits_of_the_call() -> None:
    assert requests(SignSettings(protocol=SignProtocol.DIGITS, card=5)).hex(" ") == "05 00 7b 80"


def test_a_strip_at_rest_shows_its_idle_number() -> None:
    dialect = dialect_of(SignSettings(protocol=SignProtocol.DIGITS, idle=8))
    assert dialect.orders(Rest(("3号窗口",)), None).requests == (bytes.fromhex("00 00 08 08"),)


def test_a_call_without_digits_shows_the_idle_number() -> None:
    dialect = dialect_of(SignSettings(protocol=SignProtocol.DIGITS))
    orders = dialect.orders(Calling("甲", ("请甲",)), None)
    assert (orders.requests[0].hex(), orders.replaced) == ("00000000", ("甲",))


def test_a_number_too_long_for_a_strip_is_refused() -> None:
    dialect = dialect_of(SignSettings(protocol=SignProtocol.DIGITS))
    with pytest.raises(ValueError, match="more digits"):
        dialect.orders(Calling("12345", ("",)), None)


@pytest.mark.parametrize(
    "settings",
    [SignSettings(width=8), SignSettings(protocol=SignProtocol.DIGITS, template="{what}")],
)
def test_settings_that_cannot_be_are_refused(settings: SignSettings) -> None:
    with pytest.raises(ValueError, match=r"no room|none of"):
        dialect_of(settings)


def test_an_empty_board_has_only_its_table() -> None:
    orders = dialect_of(SignSettings()).orders(Board(()), None)
    assert orders.places == ((0, 0, 128, 32),)

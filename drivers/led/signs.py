"""Which protocols a sign may speak, and a sign made from its settings."""

from dataclasses import dataclass
from enum import StrEnum

from drivers.led.cpower import codec as cpower_codec
from drivers.led.cpower.dialect import CPowerDialect
from drivers.led.cpower.framing import ByteOrder, SerialFraming, TcpFraming
from drivers.led.device import LedSign
from drivers.led.dialect import Dialect
from drivers.led.digits.codec import StripTemplate
from drivers.led.digits.dialect import DigitDialect
from drivers.led.layout import Colour, Screen
from drivers.led.onbon import codec as onbon_codec
from drivers.led.onbon.dialect import OnbonDialect
from drivers.transport import at_baud

DEFAULT_STRIP = "{addr} {hi} {lo} {sum8}"


class SignProtocol(StrEnum):
    """What a sign's control card speaks."""

    ONBON = "onbon"
    CPOWER_SERIAL = "cpower-serial"
    CPOWER_TCP = "cpower-tcp"
    DIGITS = "digits"


@dataclass(frozen=True, slots=True)
class SignSettings:
    """How one sign is built and wired; sizes in dots.

    `card` is the address on a shared line (None: whichever card hears it; strip 0).
    `byte_order` matters to C-Power over TCP, `template` and `idle` to digit strips.
    """

    protocol: SignProtocol = SignProtocol.ONBON
    width: int = 128
    height: int = 32
    colour: Colour = Colour.RED
    card: int | None = None
    byte_order: ByteOrder = ByteOrder.LITTLE
    template: str = DEFAULT_STRIP
    idle: int = 0


BAUDS = {
    SignProtocol.ONBON: 57600,
    SignProtocol.CPOWER_SERIAL: 115200,
    SignProtocol.CPOWER_TCP: 115200,
    SignProtocol.DIGITS: 9600,
}
"""What cards are set to when they leave the factory."""


def sign_at(url: str, settings: SignSettings) -> LedSign:
    """A sign at a transport URL, a serial one at its factory speed unless the URL names another.

    ValueError names a setting that cannot be.
    """
    return LedSign(at_baud(url, BAUDS[settings.protocol]), dialect_of(settings))


def dialect_of(settings: SignSettings) -> Dialect:
    """The protocol of a sign, bound to its size and address. ValueError as in `sign_at`."""
    if settings.protocol is SignProtocol.DIGITS:
        template = StripTemplate.parse(settings.template)
        return DigitDialect(template, settings.card or 0, settings.idle)
    screen = Screen(settings.width, settings.height, settings.colour)
    if settings.protocol is SignProtocol.ONBON:
        card = onbon_codec.ANY_CARD if settings.card is None else settings.card
        return OnbonDialect(screen, card)
    card = cpower_codec.ANY_CARD if settings.card is None else settings.card
    over_tcp = settings.protocol is SignProtocol.CPOWER_TCP
    framing = TcpFraming(settings.byte_order) if over_tcp else SerialFraming()
    return CPowerDialect(screen, framing, card)

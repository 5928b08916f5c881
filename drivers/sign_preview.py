"""A LED sign as a picture, from the very frames that its card would be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from drivers.led.content import content_from
from drivers.led.cpower.framing import ByteOrder
from drivers.led.dots import draw
from drivers.led.signs import DEFAULT_STRIP, dialect_of
from drivers.led.simulator import CARDS
from drivers.workers.devices import sign_settings


@dataclass(frozen=True, slots=True)
class DrawnSign:
    """What a sign would show: a PNG of its dots, and what of it is not as it was asked for.

    `replaced` characters appear as □, `clipped` lines were too wide; `runs`: the text does not fit
    and runs from right to left.
    """

    picture: bytes
    replaced: tuple[str, ...]
    clipped: tuple[str, ...]
    runs: bool


def draw_sign(content: Mapping[str, object], options: Mapping[str, Any]) -> DrawnSign:
    """A sign with these options showing the hall's message. Raises ValueError."""
    # Address and wrapping differ between cards of one kind; what is seen does not.
    settings = replace(
        sign_settings(dict(options)),
        card=None,
        byte_order=ByteOrder.LITTLE,
        template=DEFAULT_STRIP,
    )
    orders = dialect_of(settings).orders(content_from(content), None)
    card = CARDS[settings.protocol](settings.width, settings.height)
    for request in orders.requests:
        card.receive(request)
    picture = draw(*card.size, card.regions())
    return DrawnSign(picture, orders.replaced, orders.clipped, orders.scrolls)

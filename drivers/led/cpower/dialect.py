"""Sign content in the words of a C-Power card: windows, then a text for each."""

from dataclasses import dataclass

from drivers.led.content import SignContent
from drivers.led.cpower.codec import (
    ANY_CARD,
    Effect,
    PureText,
    QueryPower,
    Request,
    SplitWindows,
    packet,
)
from drivers.led.cpower.framing import Framing, ReplyDecoder
from drivers.led.dialect import Orders, Place
from drivers.led.gb2312 import encode as encode_text
from drivers.led.layout import Area, Colour, Screen, lay_out

NEW_LINE = b"\r"
RUN_SPEED = 5
COLOURS = {Colour.RED: (255, 0, 0), Colour.GREEN: (0, 255, 0), Colour.YELLOW: (255, 255, 0)}


@dataclass(frozen=True, slots=True)
class CPowerDialect:
    """A C-Power card of the given size, reached by `framing`, at address `card`."""

    screen: Screen
    framing: Framing
    card: int = ANY_CARD

    @property
    def probe(self) -> bytes | None:
        """The power query."""
        return self._wrapped(QueryPower())

    def decoder(self) -> ReplyDecoder:
        """A new decoder of the card's replies."""
        return self.framing.decoder()

    def orders(self, content: SignContent, known: tuple[Place, ...] | None) -> Orders:
        """Windows only where the card's differ, then the texts."""
        frame = lay_out(content, self.screen)
        wanted: list[Request] = [SplitWindows(frame.places)] if known != frame.places else []
        wanted += [_text(window, area, frame.colour) for window, area in enumerate(frame.areas)]
        requests = tuple(self._wrapped(request) for request in wanted)
        return Orders(requests, frame.places, frame.scrolls, frame.replaced, frame.clipped)

    def _wrapped(self, request: Request) -> bytes:
        return self.framing.wrap(packet(request, self.card))


def _text(window: int, area: Area, colour: Colour) -> PureText:
    return PureText(
        window,
        NEW_LINE.join(encode_text(line) for line in area.lines),
        effect=Effect.RUN_LEFT if area.scrolls else Effect.DRAW,
        speed=RUN_SPEED if area.scrolls else 0,
        colour=COLOURS[colour],
    )

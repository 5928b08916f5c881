"""Sign content in the words of an Onbon card: one frame that updates the dynamic areas."""

from dataclasses import dataclass

from drivers.led.content import SignContent
from drivers.led.dialect import Orders, Place
from drivers.led.gb2312 import encode as encode_text
from drivers.led.layout import Area, Colour, Screen, lay_out
from drivers.led.onbon.codec import (
    ANY_CARD,
    Decoder,
    DynamicArea,
    Effect,
    Ping,
    UpdateAreas,
    encode,
)

NEW_LINE = b"\\n"
COLOURS = {Colour.RED: b"", Colour.GREEN: b"\\C2", Colour.YELLOW: b"\\C3"}
"""Switches in front of a line; red is what a card starts with."""


@dataclass(frozen=True, slots=True)
class OnbonDialect:
    """A BX-5K/6K card of the given size, at address `card`."""

    screen: Screen
    card: int = ANY_CARD

    @property
    def probe(self) -> bytes | None:
        """A ping."""
        return encode(Ping(), self.card)

    def decoder(self) -> Decoder:
        """A new decoder of the card's replies."""
        return Decoder()

    def orders(self, content: SignContent, known: tuple[Place, ...] | None) -> Orders:
        """One update; areas that the card may still have from before are deleted with it."""
        frame = lay_out(content, self.screen)
        areas = tuple(
            _dynamic(number, area, frame.colour) for number, area in enumerate(frame.areas)
        )
        update = UpdateAreas(areas, alone=known != frame.places)
        request = encode(update, self.card)
        return Orders((request,), frame.places, frame.scrolls, frame.replaced, frame.clipped)


def _dynamic(number: int, area: Area, colour: Colour) -> DynamicArea:
    lines = (COLOURS[colour] + encode_text(line) for line in area.lines)
    return DynamicArea(
        number,
        *area.place,
        text=NEW_LINE.join(lines),
        single_line=area.scrolls,
        effect=Effect.LEFT if area.scrolls else Effect.STATIC,
    )

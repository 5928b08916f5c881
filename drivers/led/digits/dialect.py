"""Sign content for a digit strip: the called number's digits, or the idle number."""

import re
from dataclasses import dataclass

from drivers.led.content import Calling, SignContent
from drivers.led.dialect import Orders, Place
from drivers.led.digits.codec import MAX_NUMBER, StripTemplate


@dataclass(frozen=True, slots=True)
class DigitDialect:
    """A strip at `address`; it shows `idle` while its counter calls nobody."""

    template: StripTemplate
    address: int = 0
    idle: int = 0

    @property
    def probe(self) -> bytes | None:
        """Strips never answer."""
        return None

    def decoder(self) -> "Deaf":
        """Strips never answer."""
        return Deaf()

    def orders(self, content: SignContent, known: tuple[Place, ...] | None) -> Orders:
        """One frame; characters a strip has no shape for are reported as replaced."""
        if not isinstance(content, Calling):
            return Orders((self.template.encode(self.idle, address=self.address),))
        digits = re.sub(r"[^0-9]", "", content.number)
        number = int(digits or self.idle)
        if number > MAX_NUMBER:
            raise ValueError(f"{content.number} has more digits than the strip")
        others = tuple(character for character in content.number if character not in digits)
        frame = self.template.encode(number, address=self.address)
        return Orders((frame,), replaced=others)


class Deaf:
    """A decoder where nothing is ever answered."""

    rejected = 0

    def feed(self, data: bytes) -> tuple[()]:
        """Drop whatever the line picked up."""
        del data
        return ()

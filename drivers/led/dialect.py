"""What the sign device needs to know of a card's protocol, whichever it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from drivers.led.content import SignContent

Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Orders:
    """The requests that make a sign show something, in order, each to be answered before the next.

    `places` are the areas they fill; `scrolls` says that sending them again would make a running
    text start over; `replaced` and `clipped` are what could not be shown as asked.
    """

    requests: tuple[bytes, ...]
    places: tuple[Place, ...] = ()
    scrolls: bool = False
    replaced: tuple[str, ...] = ()
    clipped: tuple[str, ...] = ()


class Reply(Protocol):
    """A card's answer to one request."""

    @property
    def fault(self) -> str | None:
        """What the card refused the request for, or None when it was carried out."""


class ReplyDecoder(Protocol):
    """Finds replies in whatever arrives from the line."""

    @property
    def rejected(self) -> int:
        """Damaged frames so far."""

    def feed(self, data: bytes) -> Sequence[Reply]:
        """Take bytes as they arrive; return the replies they complete."""


class Dialect(Protocol):
    """One protocol, bound to a sign's size and address."""

    @property
    def probe(self) -> bytes | None:
        """A request that changes nothing, or None where cards never answer."""

    def decoder(self) -> ReplyDecoder:
        """A new decoder of the card's replies."""

    def orders(self, content: SignContent, known: tuple[Place, ...] | None) -> Orders:
        """The requests for `content` on a card that has the areas `known` (None: unknown).

        Raises ValueError when it cannot be put into the protocol at all.
        """

"""What a reader read, handed to the page beside it: in memory, for a minute, never stored."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from server.clock import Clock
from server.i18n import N_
from server.people.masking import mask_name, mask_number
from server.problems import NotFound
from server.security.tokens import new_token

VALID = timedelta(seconds=60)
"""As long as a person stands before the reader."""

MOST_KEPT = 1000
LONGEST_TOKEN = 100

HandoverToken = Annotated[str, Field(min_length=1, max_length=LONGEST_TOKEN, pattern="^[!-~]+$")]
"""The token of what was read, as a page sends it back."""


class HandoverGone(NotFound):
    """What was read is no longer there: a minute has passed, or it was for another place."""

    code = "handover-gone"
    title = N_("请重新刷证或扫码")


class HandoverKind(StrEnum):
    """What was read."""

    CARD = "card"
    UNREADABLE_CARD = "unreadable_card"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Handover:
    """Something read; a person's data is not shown whole, not even in a log.

    `topic` names the kiosk, or the guidance desk, beside which the reader stands.
    """

    hall_id: int
    topic: str
    kind: HandoverKind
    name: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    text: str = field(default="", repr=False)

    def masked(self) -> dict[str, str]:
        """What the page may show."""
        if self.kind is not HandoverKind.CARD:
            return {"kind": self.kind.value, "text": self.text}
        return {
            "kind": self.kind.value,
            "name": mask_name(self.name),
            "number": mask_number(self.number),
        }


class Handovers:
    """Keeps what was read in this process's memory until it is taken or a minute has passed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[datetime, Handover]] = OrderedDict()

    def put(self, handover: Handover) -> str:
        """Keep it; the token by which the page beside the reader takes it."""
        self._forget_old()
        token = new_token()
        self._kept[token] = (self._clock() + VALID, handover)
        return token

    def look(self, token: str, hall_id: int, topic: str) -> Handover:
        """What the token stands for, where it was read. Raises HandoverGone."""
        self._forget_old()
        _until, handover = self._kept.get(token, (None, None))
        if handover is None or (handover.hall_id, handover.topic) != (hall_id, topic):
            raise HandoverGone(N_("读到的信息已清除，请重新刷证或扫码"))
        return handover

    def take(self, token: str, hall_id: int, topic: str) -> Handover:
        """The same, once. Raises HandoverGone."""
        handover = self.look(token, hall_id, topic)
        del self._kept[token]
        return handover

    def drop(self, token: str) -> None:
        """What was read has served its purpose; one that is gone stays gone."""
        self._kept.pop(token, None)

    def _forget_old(self) -> None:
        now = self._clock()
        gone = [token for token, (until, _handover) in self._kept.items() if until <= now]
        for token in gone:
            del self._kept[token]
        while len(self._kept) >= MOST_KEPT:
            self._kept.popitem(last=False)

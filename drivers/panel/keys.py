"""What a clerk means by the keys of a call panel. Digits come first, then the key that acts."""

from dataclasses import dataclass, field
from enum import StrEnum

DIGITS_LIMIT = 6
DIGITS_SECONDS = 10.0
"""A digit typed longer ago than this was left behind by someone."""


class Action(StrEnum):
    """The clerk's actions, by the same names as on the counter page."""

    NEXT = "next"
    RECALL = "recall"
    EVALUATE = "evaluate"
    NO_SHOW = "no_show"
    HOLD = "hold"
    RETURN = "return"
    PAUSE = "pause"
    TRANSFER = "transfer"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Press:
    """An action and the digits typed before it: a number to call, a counter to transfer to."""

    action: Action
    digits: str = ""


ACTIONS = {
    0x0B: Action.EVALUATE,
    0x0C: Action.NEXT,
    0x0D: Action.RECALL,
    0x0E: Action.CANCEL,
    0x12: Action.PAUSE,
    0x13: Action.TRANSFER,
}
DIGIT_KEYS = range(10)
CONFIRM = 0x0F
CONFIRMED = {0x06: Action.NO_SHOW, 0x00: Action.HOLD, 0x03: Action.RETURN}
"""What the confirm key does after the digit that is printed beside the word on the panel."""


@dataclass(slots=True)
class Keypad:
    """Collects the keys of one panel, whether they come in one frame or one by one."""

    _digits: list[int] = field(default_factory=list)
    _typed_at: float = 0.0

    def take(self, codes: bytes, now: float) -> Press | None:
        """Key codes as they came at `now` (seconds); an action when they complete one.

        Codes of no known key are passed over.
        """
        if now - self._typed_at > DIGITS_SECONDS:
            self._digits.clear()
        self._typed_at = now
        press = None
        for code in codes:
            if code in DIGIT_KEYS:
                self._digits = [*self._digits, code][-DIGITS_LIMIT:]
            elif code == CONFIRM or code in ACTIONS:
                press = self._act(code)
        return press

    def _act(self, code: int) -> Press | None:
        digits, self._digits = self._digits, []
        if code != CONFIRM:
            return Press(ACTIONS[code], "".join(map(str, digits)))
        action = CONFIRMED.get(digits[-1]) if digits else None
        return Press(action) if action else None

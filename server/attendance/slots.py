"""Slots: the sign-ins and sign-outs that a day asks for, and which punch serves which.

A slot is due at a time and takes punches of a window around it. A punch serves one slot only, and
punches within the fold of each other count as one. Of all ways to serve the slots the one with the
fewest irregular ones is taken, then the one that leaves the fewest empty, then the one whose
punches lie nearest to what they serve. So the order of arrival never matters, and a punch between
two half days goes where it does the most good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from server.attendance.day_seconds import SECONDS_PER_DAY, SECONDS_PER_MINUTE
from server.attendance.judging_settings import JudgingSettings
from server.attendance.timetable import HalfDay
from server.attendance.work_spans import WorkSpan

PUNCHES_OF_EACH_HALF = 4  # punches a day at which every half day is signed in and out
EMPTY = SECONDS_PER_DAY * PUNCHES_OF_EACH_HALF  # costs more than any distance over all slots
IRREGULAR = EMPTY * (PUNCHES_OF_EACH_HALF + 1)  # costs more than any number of empty slots


class Side(StrEnum):
    """Which end of working time a slot is for."""

    IN = "in"  # 签到
    OUT = "out"  # 签退


@dataclass(frozen=True, slots=True)
class Slot:
    """A sign-in or sign-out; all times in seconds from midnight.

    Takes punches from `opens` until `closes` (excluded); regular is a sign-in at or before
    `limit`, a sign-out at or after it.
    """

    half: HalfDay
    side: Side
    due: int
    limit: int
    opens: int
    closes: int

    def takes(self, second: int) -> bool:
        """Whether a punch can serve the slot."""
        return self.opens <= second < self.closes

    def is_regular(self, second: int) -> bool:
        """Whether a punch serves the slot within the grace."""
        return second <= self.limit if self.side is Side.IN else second >= self.limit

    def cost(self, second: int) -> int:
        """How badly a punch serves the slot."""
        distance = abs(second - self.due)
        return distance if self.is_regular(second) else IRREGULAR + distance


UNSERVED = IRREGULAR + EMPTY


def slots_of(
    spans: Sequence[WorkSpan], punches_per_day: int, rules: JudgingSettings
) -> tuple[Slot, ...]:
    """The slots of the half days to be worked, in order of time.

    With two punches a day only the first sign-in and the last sign-out are asked for.
    """
    each_half = punches_per_day == PUNCHES_OF_EACH_HALF
    slots = []
    for index, span in enumerate(spans):
        previous_end = spans[index - 1].end if index else 0
        following = spans[index + 1].start if index + 1 < len(spans) else SECONDS_PER_DAY
        if each_half or index == 0:
            slots.append(_sign_in(span, previous_end, rules))
        if each_half or index == len(spans) - 1:
            slots.append(_sign_out(span, following, rules))
    return tuple(slots)


def _sign_in(span: WorkSpan, earliest: int, rules: JudgingSettings) -> Slot:
    return Slot(
        half=span.half,
        side=Side.IN,
        due=span.start,
        limit=span.start + rules.lateness.grace_minutes * SECONDS_PER_MINUTE,
        opens=max(earliest, span.start - rules.punching.in_opens_minutes * SECONDS_PER_MINUTE),
        closes=span.end,
    )


def _sign_out(span: WorkSpan, latest: int, rules: JudgingSettings) -> Slot:
    return Slot(
        half=span.half,
        side=Side.OUT,
        due=span.end,
        limit=span.end - rules.early_leave.grace_minutes * SECONDS_PER_MINUTE,
        opens=span.start,
        closes=min(latest, span.end + rules.punching.out_closes_minutes * SECONDS_PER_MINUTE),
    )


def assign(slots: Sequence[Slot], seconds: Sequence[int], fold: int) -> tuple[int | None, ...]:
    """The punch that serves each slot, None where none does.

    `seconds` are distinct and ascending; `fold` is how far apart punches of different slots must
    at least be, exclusive.
    """
    if _each_serves_its_own(slots, seconds, fold):
        return tuple(seconds)
    return _cheapest(slots, seconds, fold)


def _each_serves_its_own(slots: Sequence[Slot], seconds: Sequence[int], fold: int) -> bool:
    """The everyday case: as many punches as slots, each regular and none a repetition."""
    if len(slots) != len(seconds):
        return False
    last = -fold - 1
    for slot, second in zip(slots, seconds, strict=True):
        if not (slot.takes(second) and slot.is_regular(second) and second - last > fold):
            return False
        last = second
    return True


def _cheapest(slots: Sequence[Slot], seconds: Sequence[int], fold: int) -> tuple[int | None, ...]:
    """Least total cost, by looking at the last slot with every prefix of the punches."""
    count = len(seconds)
    best: list[tuple[int, tuple[int | None, ...]]] = [(0, ())] * (count + 1)
    free_before = _free_before(seconds, fold)
    for slot in slots:
        row: list[tuple[int, tuple[int | None, ...]]] = []
        for used in range(count + 1):
            cost, served = best[used]
            option = (cost + UNSERVED, (*served, None))
            if used:
                option = min(option, row[-1], key=_cost)
                second = seconds[used - 1]
                if slot.takes(second):
                    cost, served = best[free_before[used - 1]]
                    option = min(option, (cost + slot.cost(second), (*served, second)), key=_cost)
            row.append(option)
        best = row
    return best[count][1]


def _cost(option: tuple[int, tuple[int | None, ...]]) -> int:
    return option[0]


def _free_before(seconds: Sequence[int], fold: int) -> list[int]:
    """For each punch, how many earlier ones are no repetition of it."""
    return [
        sum(1 for earlier in seconds[:index] if second - earlier > fold)
        for index, second in enumerate(seconds)
    ]

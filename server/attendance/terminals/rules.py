"""Which punches are set aside, and why; when a terminal must be read ahead of its schedule."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum


class PunchDoubt(StrEnum):
    """Why a punch is not counted until a person has decided."""

    FUTURE = "future"  # later than the hall's clock allows
    RESET_CLOCK = "reset_clock"  # around 2000-01-01: the terminal's battery was dead
    NO_TIME = "no_time"  # the packed clock is no real time


# ZKTeco's packed clock counts from 2000-01-01, where a terminal without battery starts again.
RESET_CLOCK_DAYS = 7
RESET_CLOCK_YEAR = 2000


def doubt_about(wall: datetime | None, here: datetime, tolerance: timedelta) -> PunchDoubt | None:
    """Why a punch at a terminal's wall clock is doubtful, None for a plain one.

    `here` is the hall's wall clock now; a terminal may run `tolerance` ahead of it. Both without
    zone.
    """
    if wall is None:
        return PunchDoubt.NO_TIME
    if wall < datetime(RESET_CLOCK_YEAR, 1, 1 + RESET_CLOCK_DAYS):  # noqa: DTZ001 - wall clock
        return PunchDoubt.RESET_CLOCK
    if wall > here + tolerance:
        return PunchDoubt.FUTURE
    return None


def doubts_among(
    walls: Sequence[datetime | None], here: datetime, tolerance: timedelta
) -> dict[int, PunchDoubt]:
    """The doubts about many punches, by index; see `doubt_about`."""
    told = {wall: doubt_about(wall, here, tolerance) for wall in _extremes(walls)}
    if not any(told.values()):
        return {}
    each = ((index, doubt_about(wall, here, tolerance)) for index, wall in enumerate(walls))
    return {index: doubt for index, doubt in each if doubt is not None}


def _extremes(walls: Sequence[datetime | None]) -> list[datetime | None]:
    """The readings of which one is doubtful if any is."""
    real = [wall for wall in walls if wall is not None]
    unreal = [None] if len(real) < len(walls) else []
    return [*unreal, min(real), max(real)] if real else [*unreal]


def reading_due(
    deadlines: Iterable[datetime], asked_at: datetime | None, now: datetime, ahead: timedelta
) -> bool:
    """Whether a terminal is to be read now because a half day is about to be decided.

    That is once for each deadline, from `ahead` before it on; `asked_at` is when it was last asked.
    """
    return any(
        deadline - ahead <= now < deadline and (asked_at is None or asked_at < deadline - ahead)
        for deadline in deadlines
    )

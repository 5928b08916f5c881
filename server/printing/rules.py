"""How long a roll of paper will last: pure arithmetic on what was printed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MM_PER_METRE = 1000
NEAR_END_MM = 3000
"""What is left at most when the sensor says near end; makers give two to five metres."""

LEAST_SPAN = timedelta(minutes=10)
"""A pace measured over less is chance."""


@dataclass(frozen=True, slots=True)
class RollUse:
    """A roll in use: its length, what has come off it, how long a paper is, and today's pace.

    `papers` were printed since `since` today.
    """

    roll_mm: int
    used_mm: int
    average_mm: int
    papers: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Forecast:
    """Papers left on the roll, and when it ends at today's pace (None: no pace yet)."""

    papers_left: int
    ends_at: datetime | None


def forecast(use: RollUse, now: datetime, *, near_end: bool) -> Forecast | None:
    """When the paper will be used up; None when the roll's length or a paper's is not known."""
    if use.roll_mm <= 0 or use.average_mm <= 0:
        return None
    left_mm = max(0, use.roll_mm - use.used_mm)
    if near_end:
        left_mm = min(left_mm, NEAR_END_MM)
    papers_left = left_mm // use.average_mm
    passed = now - use.since
    if use.papers == 0 or passed < LEAST_SPAN:
        return Forecast(papers_left, None)
    return Forecast(papers_left, now + passed / use.papers * papers_left)

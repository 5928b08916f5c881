"""Cover staff (临时顶岗人员管理制度 4): how long, signing how, and who bears their violations."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from server.attendance.evidence import CoverStanding
from server.attendance.presets.cover import (
    Charge,
    CoverAdmission,
    CoverCharge,
    CoverLimit,
    CoverSigning,
    CoverStep,
)
from server.catalogue.calendar import WorkingDay, working_days

MONTHS_PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as registered; `ended_on` is its last day when it ended before it was planned to."""

    first_day: date
    planned_last_day: date
    ended_on: date | None = None


def longest_last_day(first_day: date, limit: CoverLimit) -> date:
    """The last day a cover may have (4.4.1): the same day of the later month, less one.

    Where that month has no such day, its last one.
    """
    months = first_day.month - 1 + limit.months
    year, month = first_day.year + months // MONTHS_PER_YEAR, months % MONTHS_PER_YEAR + 1
    length = monthrange(year, month)[1]
    if first_day.day > length:
        return date(year, month, length)
    return date(year, month, first_day.day) - timedelta(days=1)


def is_too_long(cover: Cover, limit: CoverLimit) -> bool:
    """Whether a cover is planned for longer than allowed."""
    return cover.planned_last_day > longest_last_day(cover.first_day, limit)


def last_day(cover: Cover, limit: CoverLimit) -> date:
    """When a cover is over: as planned, at the limit, or when the staff member came back (4.7)."""
    planned = min(cover.planned_last_day, longest_last_day(cover.first_day, limit))
    return planned if cover.ended_on is None else min(planned, cover.ended_on)


def missing_steps(admission: CoverAdmission, done: Collection[CoverStep]) -> tuple[CoverStep, ...]:
    """What must still be done before the cover may start (4.1, 4.6)."""
    return tuple(step for step in admission.steps if step not in done)


def enrolment_day(
    cover: Cover, limit: CoverLimit, signing: CoverSigning, is_working: WorkingDay
) -> date | None:
    """The first day on which only the fingerprint counts (4.4.3); None if the cover is shorter.

    A cover planned that long must be enrolled from the start on; one that is prolonged, as soon as
    it is.
    """
    days = working_days(cover.first_day, last_day(cover, limit), is_working)
    return next(islice(days, signing.working_days, None), None)


def cover_standing(
    cover: Cover, day: date, *, limit: CoverLimit, signing: CoverSigning, is_working: WorkingDay
) -> CoverStanding:
    """How a cover stands on a day: by hand up to so many working days, then by fingerprint."""
    if not cover.first_day <= day <= last_day(cover, limit):
        return CoverStanding.OFF_DUTY
    from_day = enrolment_day(cover, limit, signing, is_working)
    if from_day is None or day < from_day:
        return CoverStanding.BY_HAND
    return CoverStanding.BY_FINGERPRINT


def charged_to(charge: CoverCharge, *, is_cover: bool) -> Charge:
    """Whom the points of a violation go to (4.3)."""
    return charge.to if is_cover else Charge.PERSON

"""How a cover stands on a day, by the duties in the rows."""

from collections.abc import Sequence
from datetime import date

from server.attendance.cover_rules import cover_standing, enrolment_day, missing_steps
from server.attendance.covers.models import CoverDuty
from server.attendance.evidence import CoverStanding
from server.attendance.hours.plans import DayPlans
from server.attendance.presets.cover import CoverStep
from server.attendance.presets.dated import in_force
from server.people.models import Person


def standing_on(
    duties: Sequence[CoverDuty], day: date, plans: DayPlans, person: Person
) -> CoverStanding:
    """The standing by whichever duty covers the day; a duty not yet admitted gives none."""
    for duty in duties:
        standing = _standing(duty, day, plans, person)
        if standing is not CoverStanding.OFF_DUTY:
            return standing
    return CoverStanding.OFF_DUTY


def lacking(duty: CoverDuty, plans: DayPlans) -> tuple[CoverStep, ...]:
    """What must still be done before the cover may start (4.1, 4.6)."""
    admission = in_force(plans.settings.cover_admission, duty.first_day)
    return missing_steps(admission, {each.step for each in duty.steps})


def must_enrol_on(duty: CoverDuty, plans: DayPlans) -> date | None:
    """The first day on which only the fingerprint counts (4.4.3), None for a short cover."""
    return enrolment_day(
        duty.as_cover(),
        in_force(plans.settings.cover_limit, duty.first_day),
        in_force(plans.settings.cover_signing, duty.first_day),
        plans.working_day(duty.person),
    )


def _standing(duty: CoverDuty, day: date, plans: DayPlans, person: Person) -> CoverStanding:
    if lacking(duty, plans):
        return CoverStanding.OFF_DUTY
    return cover_standing(
        duty.as_cover(),
        day,
        limit=in_force(plans.settings.cover_limit, duty.first_day),
        signing=in_force(plans.settings.cover_signing, duty.first_day),
        is_working=plans.working_day(person),
    )

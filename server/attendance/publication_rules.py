"""Publication and objections (窗口管理制度 五.7 and 五.8)."""

from collections.abc import Iterable
from datetime import date, timedelta

from server.attendance.presets.judging import Objection
from server.attendance.verdicts import Verdict, VerdictKind
from server.catalogue.calendar import WorkingDay

LONGEST_BREAK = 60  # days; no run of days off is as long


def may_publish(verdicts: Iterable[Verdict]) -> bool:
    """Whether nothing is left open; a period with a PENDING half day is not published."""
    return all(verdict.kind is not VerdictKind.PENDING for verdict in verdicts)


def last_objection_day(published_on: date, rule: Objection, is_working: WorkingDay) -> date:
    """The last day on which an objection is valid; the day of publication is not counted."""
    if not rule.working:
        return published_on + timedelta(days=rule.days)
    day, left = published_on, rule.days
    for _ in range(rule.days * LONGEST_BREAK):
        day += timedelta(days=1)
        left -= is_working(day)
        if not left:
            return day
    raise ValueError(f"no {rule.days} working days follow {published_on}")


def is_objection_valid(
    raised_on: date, published_on: date, rule: Objection, is_working: WorkingDay
) -> bool:
    """Whether an objection comes in time."""
    return published_on <= raised_on <= last_objection_day(published_on, rule, is_working)

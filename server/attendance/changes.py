"""What judging again changed, verdict by verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from server.attendance.reasons import Reason
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One half day before and after; None where there was or is no verdict."""

    day: date
    half: HalfDay
    before: Verdict | None
    after: Verdict | None

    @property
    def gone(self) -> tuple[Reason, ...]:
        """Reasons that no longer hold."""
        return _only_in(self.before, self.after)

    @property
    def new(self) -> tuple[Reason, ...]:
        """Reasons that did not hold before."""
        return _only_in(self.after, self.before)


def what_changed(old: Iterable[Verdict], new: Iterable[Verdict]) -> tuple[Change, ...]:
    """The half days whose verdicts differ in any respect, in order of time."""
    before = {(verdict.day, verdict.half): verdict for verdict in old}
    after = {(verdict.day, verdict.half): verdict for verdict in new}
    order = list(HalfDay)
    keys = sorted(before.keys() | after.keys(), key=lambda key: (key[0], order.index(key[1])))
    return tuple(
        Change(*key, before.get(key), after.get(key))
        for key in keys
        if before.get(key) != after.get(key)
    )


def _only_in(one: Verdict | None, other: Verdict | None) -> tuple[Reason, ...]:
    if one is None:
        return ()
    known = other.reasons if other else ()
    return tuple(reason for reason in one.reasons if reason not in known)

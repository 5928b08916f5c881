"""What leave does to a half day: how much of it is still to be worked, and leave that fails."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import SECONDS_PER_MINUTE
from server.attendance.evidence import Leave
from server.attendance.presets.leave import LeaveKind
from server.attendance.work_spans import WorkSpan


@dataclass(frozen=True, slots=True)
class Permission:
    """A leave as far as it touches a half day, in seconds from midnight, end excluded."""

    leave: Leave
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excuse:
    """How leave bears on a half day.

    `worked` is what remains to be worked, None when nothing does; `permissions` are the leaves
    that count; `uncovered` is a leave that does not, because its cover was not on post (五.5(3)).
    """

    span: WorkSpan
    worked: WorkSpan | None
    permissions: tuple[Permission, ...] = ()
    uncovered: Leave | None = None


def excuse(plan: DayPlan, span: WorkSpan, leaves: Sequence[Leave]) -> Excuse:
    """Apply a person's leaves to a half day."""
    if not leaves:
        return Excuse(span, span)
    touching = sorted(_touching(plan, span, leaves), key=_order)
    counting = tuple(each for each in touching if _covered_in_time(plan, each))
    uncovered = next((each.leave for each in touching if each not in counting), None)
    return Excuse(span, _remaining(span, counting), counting, uncovered)


def _order(permission: Permission) -> tuple[int, int, LeaveKind]:
    return permission.start, permission.end, permission.leave.kind


def _touching(plan: DayPlan, span: WorkSpan, leaves: Sequence[Leave]) -> Iterator[Permission]:
    for leave in leaves:
        start = max(span.start, plan.second_of(leave.start))
        end = min(span.end, plan.second_of(leave.end))
        if start < end:
            yield Permission(leave, start, end)


def _covered_in_time(plan: DayPlan, permission: Permission) -> bool:
    """Whether the cover was on post when the leave began, with the grace of any sign-in."""
    leave = permission.leave
    if not leave.cover_required:
        return True
    if leave.cover_since is None:
        return False
    grace = plan.rules.lateness.grace_minutes * SECONDS_PER_MINUTE
    return plan.second_of(leave.cover_since) <= permission.start + grace


def _remaining(span: WorkSpan, permissions: Sequence[Permission]) -> WorkSpan | None:
    """The half day without leave at its start and its end."""
    start, end = span.start, span.end
    for each in permissions:
        if each.start <= start < each.end:
            start = each.end
    for each in sorted(permissions, key=lambda each: each.end, reverse=True):
        if each.start < end <= each.end:
            end = each.start
    return replace(span, start=start, end=end) if start < end else None

"""Who may stand in during a leave, and when they were on post (五.5(3), 第二篇 第九条)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from server.attendance.covers.models import CoverDuty
from server.attendance.covers.standing import lacking
from server.attendance.hours.plans import DayPlans
from server.attendance.leaves.models import LeaveApplication
from server.attendance.posts.models import Post
from server.attendance.presets.cover import CoverStep
from server.clock import business_date
from server.i18n import N_
from server.people.staff import find_person
from server.problems import Conflict
from server.work import Work

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who may stand in; `since` is when they were on post, None while not known."""

    person_id: int
    since: datetime | None


def check_cover(work: Work, plans: DayPlans, leave: LeaveApplication, person_id: int) -> Substitute:
    """The cover for a leave: the other role of the same post, or cover staff fully admitted.

    Raises NotFound, Conflict for anybody else.
    """
    cover = find_person(work, person_id)
    first = business_date(leave.starts_at, work.zone)
    last = business_date(leave.ends_at - INSTANT, work.zone)
    if _shares_post(work, leave.person_id, cover.id, first):
        return Substitute(cover.id, None)
    duty = _duty(work, plans, leave, cover.id, (first, last))
    if duty is None:
        raise Conflict(N_("代岗人员须是同一岗位的 A、B 角，或已办妥全部顶岗手续的人员"))
    handed_over = duty.taken(CoverStep.HANDED_OVER)
    return Substitute(cover.id, handed_over.taken_at if handed_over else None)


def _shares_post(work: Work, person_id: int, cover_id: int, day: date) -> bool:
    pair = {person_id, cover_id}
    posts = work.session.scalars(
        select(Post).where(
            Post.hall_id == work.hall_id,
            Post.since <= day,
            or_(Post.until.is_(None), Post.until > day),
            Post.a_person_id.in_(pair),
        )
    )
    return any({post.a_person_id, post.b_person_id} == pair for post in posts)


def _duty(
    work: Work, plans: DayPlans, leave: LeaveApplication, cover_id: int, days: tuple[date, date]
) -> CoverDuty | None:
    """The cover's duty for this person over all of the leave, every step of it taken."""
    first, last = days
    duties = work.session.scalars(
        select(CoverDuty).where(
            CoverDuty.person_id == cover_id,
            CoverDuty.replaces_id == leave.person_id,
            CoverDuty.first_day <= first,
            CoverDuty.planned_last_day >= last,
            CoverDuty.ended_on.is_(None),
        )
    )
    return next((duty for duty in duties if not lacking(duty, plans)), None)

"""Which posts are empty now, and to which counters a clerk is on the way."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from server.attendance.covers.models import CoverDuty
from server.attendance.covers.standing import standing_on
from server.attendance.day_plan import DayPlan
from server.attendance.evidence import CoverStanding, Evidence
from server.attendance.hours.plans import DayPlans, load_plans
from server.attendance.judging.gathering import gather
from server.attendance.leaves.models import LeaveApplication
from server.attendance.leaves.states import COUNTING
from server.attendance.posts.assigning import posts_on
from server.attendance.posts.models import Post
from server.attendance.slots import Side, assign
from server.people.models import Person
from server.work import Work


class PostState(StrEnum):
    """How a post stands at this moment."""

    STAFFED = "staffed"  # 在岗
    PUNCHED_IN = "punched_in"  # 已签到, not logged in at the counter yet
    ON_LEAVE = "on_leave"  # 请假 and nobody has come instead
    EMPTY = "empty"  # 空岗
    OFF_HOURS = "off_hours"  # 非工作时间


@dataclass(frozen=True, slots=True)
class PostNow:
    """A counter's post now; `here` are those of A role, B role and cover who have punched in."""

    post: Post
    state: PostState
    here: tuple[Person, ...]
    away_on_leave: tuple[Person, ...]


def posts_now(work: Work, staffed_counters: Collection[int]) -> list[PostNow]:
    """Every assigned post; `staffed_counters` are those where a clerk is logged in.

    Raises NoRegulation.
    """
    plans = load_plans(work)
    posts = posts_on(work, work.business_date)
    covers = _covers_today(work, plans, posts)
    concerned = [person for post in posts for person in _people(post, covers)]
    here = _punched_in(work, plans, concerned)
    leave = _on_leave(work, concerned)
    board = []
    for post in posts:
        people = _people(post, covers)
        present = tuple(person for person in people if person.id in here)
        absent = tuple(person for person in people if person.id in leave)
        state = _state(
            staffed=post.counter_id in staffed_counters,
            working=_is_working_time(work, plans, post.a_person),
            present=bool(present),
            leave=post.a_person_id in leave,
        )
        board.append(PostNow(post, state, present, absent))
    return board


def arrived_counters(work: Work, staffed_counters: Collection[int]) -> frozenset[int]:
    """The counters whose clerk has punched in and has not logged in there, in working time.

    Raises NoRegulation.
    """
    return frozenset(
        each.post.counter_id
        for each in posts_now(work, staffed_counters)
        if each.state is PostState.PUNCHED_IN
    )


def _state(*, staffed: bool, working: bool, present: bool, leave: bool) -> PostState:
    if staffed:
        return PostState.STAFFED
    if not working:
        return PostState.OFF_HOURS
    if present:
        return PostState.PUNCHED_IN
    return PostState.ON_LEAVE if leave else PostState.EMPTY


def _people(post: Post, covers: dict[int, list[Person]]) -> list[Person]:
    own = [post.a_person, *([post.b_person] if post.b_person else [])]
    return [*own, *covers.get(post.a_person_id, [])]


def _is_working_time(work: Work, plans: DayPlans, person: Person) -> bool:
    plan = plans.plan(person, work.business_date)
    now = plan.second_of(work.now)
    return any(span.start <= now < span.end for span in plan.spans)


def _punched_in(work: Work, plans: DayPlans, people: Sequence[Person]) -> set[int]:
    """Who has signed in today, by finger or by hand, and has not signed out again since."""
    day = work.business_date
    ids = [person.id for person in people]
    evidence = gather(work, plans, ids, day, day)
    return {
        person.id
        for person in people
        if _is_in(plans.plan(person, day), evidence.of(person, day), work.now)
    }


def _is_in(plan: DayPlan, evidence: Evidence, now: datetime) -> bool:
    """Whether the last slot served so far is a sign-in."""
    moments = [punch.at for punch in evidence.punches]
    moments += [signature.at for signature in evidence.signatures]
    seconds = sorted({plan.counted_second(at) for at in moments if at <= now})
    served = assign(plan.slots, seconds, plan.rules.punching.fold_seconds)
    sides = [
        slot.side for slot, second in zip(plan.slots, served, strict=True) if second is not None
    ]
    return bool(sides) and sides[-1] is Side.IN


def _on_leave(work: Work, people: Sequence[Person]) -> set[int]:
    return set(
        work.session.scalars(
            select(LeaveApplication.person_id).where(
                LeaveApplication.person_id.in_([person.id for person in people]),
                LeaveApplication.state.in_(COUNTING),
                LeaveApplication.starts_at <= work.now,
                LeaveApplication.ends_at > work.now,
                LeaveApplication.back_at.is_(None),
            )
        )
    )


def _covers_today(work: Work, plans: DayPlans, posts: Sequence[Post]) -> dict[int, list[Person]]:
    """The cover staff on duty today, by whom they replace."""
    day = work.business_date
    duties = work.session.scalars(
        select(CoverDuty).where(
            CoverDuty.replaces_id.in_([post.a_person_id for post in posts]),
            CoverDuty.first_day <= day,
            CoverDuty.planned_last_day >= day,
        )
    )
    found: dict[int, list[Person]] = {}
    for duty in duties:
        if standing_on([duty], day, plans, duty.person) is not CoverStanding.OFF_DUTY:
            found.setdefault(duty.replaces_id, []).append(duty.person)
    return found

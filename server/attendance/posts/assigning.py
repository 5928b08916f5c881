"""Giving the A and B roles of a counter (第二篇 第九条)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from server.attendance.posts.models import Post
from server.catalogue.models import Counter
from server.i18n import N_
from server.people.staff import find_person
from server.problems import Invalid, NotFound
from server.work import Work


def assign_post(
    work: Work, counter_id: int, a_person_id: int, b_person_id: int | None, since: date
) -> Post:
    """Give a counter's roles to people; the counter's earlier assignment ends then.

    Raises NotFound, Invalid when A and B are the same person.
    """
    if a_person_id == b_person_id:
        raise Invalid(N_("A 角和 B 角不能是同一人"))
    counter = work.session.get(Counter, counter_id)
    if counter is None or counter.hall_id != work.hall_id:
        raise NotFound(N_("没有这个窗口"))
    for person_id in filter(None, (a_person_id, b_person_id)):
        find_person(work, person_id)
    for earlier in posts_on(work, since):
        if earlier.counter_id == counter_id:
            earlier.until = since
    row = Post(
        hall_id=work.hall_id,
        counter_id=counter_id,
        a_person_id=a_person_id,
        b_person_id=b_person_id,
        since=since,
    )
    work.session.add(row)
    work.session.flush()
    work.audit("post.assign", f"counter:{counter_id}", a=a_person_id, b=b_person_id)
    return row


def end_post(work: Work, post_id: int) -> None:
    """Nobody has this counter's roles from today on. Raises NotFound."""
    row = work.session.get(Post, post_id)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这个岗位"))
    row.until = work.business_date
    work.audit("post.end", f"counter:{row.counter_id}")


def posts_on(work: Work, day: date) -> Sequence[Post]:
    """The posts that are assigned on a day, by counter."""
    return work.session.scalars(
        select(Post)
        .join(Counter)
        .where(
            Post.hall_id == work.hall_id,
            Post.since <= day,
            or_(Post.until.is_(None), Post.until > day),
        )
        .options(joinedload(Post.counter), joinedload(Post.a_person), joinedload(Post.b_person))
        .order_by(Counter.number)
    ).all()

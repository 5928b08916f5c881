"""Telling staff something, once; and what each has not read yet."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select

from server.attendance.events import NoticeTold
from server.attendance.notices.models import Notice
from server.idempotency import dialect_insert
from server.people.models import Role
from server.people.staff import person_of_account
from server.work import Work


def tell(
    work: Work,
    message: str,
    *,
    once: str,
    person_id: int | None = None,
    role: Role | None = None,
    **parameters: str | int,
) -> None:
    """Tell a person, or everybody of a role; `once` names the occasion, told a single time."""
    told = work.session.scalar(
        dialect_insert(work.session)(Notice)
        .values(
            hall_id=work.hall_id,
            person_id=person_id,
            role=role,
            message=message,
            parameters=parameters,
            once=once,
            told_at=work.now,
        )
        .on_conflict_do_nothing()
        .returning(Notice.id)
    )
    if told is not None:
        work.record(NoticeTold(notice_id=told))


def unread(work: Work, role: Role | None) -> Sequence[Notice]:
    """What the acting account has not read: its person's notices and its role's, newest first."""
    return work.session.scalars(
        select(Notice)
        .where(Notice.hall_id == work.hall_id, Notice.read_at.is_(None), _for_me(work, role))
        .order_by(Notice.id.desc())
    ).all()


def mark_read(work: Work, role: Role | None, ids: Collection[int]) -> None:
    """Note that the acting account has read these of its notices."""
    for notice in unread(work, role):
        if notice.id in ids:
            notice.read_at = work.now


def _for_me(work: Work, role: Role | None) -> ColumnElement[bool]:
    person = person_of_account(work, work.actor.account_id)
    mine = Notice.person_id == (person.id if person else None)
    return or_(mine, Notice.role == role) if role is not None else mine

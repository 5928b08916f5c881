"""Idempotent commands: the same key gives the same answer, and the work is done once."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Insert, UniqueConstraint, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.database import Base, Identified
from server.i18n import N_
from server.problems import KeyReused
from server.work import Work


class IdempotencyKey(Identified, Base):
    """A command that was carried out, and its answer. `scope` is who sent it."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("hall_id", "scope", "key"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    scope: Mapped[str]
    key: Mapped[str]
    request_hash: Mapped[str]
    answer: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(index=True)


def request_hash(command: str, body: dict[str, Any]) -> str:
    """A digest by which two requests with the same key are compared."""
    text = json.dumps([command, body], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def dialect_insert(session: Session) -> Callable[..., Any]:
    """The dialect's INSERT, which knows ON CONFLICT."""
    return postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert


def once(
    work: Work,
    key: str,
    command: str,
    body: dict[str, Any],
    perform: Callable[[], dict[str, Any]],
) -> dict[str, Any]:
    """Carry out `perform` unless this actor's key has been seen; then repeat the first answer.

    The key is claimed first: a twin in another transaction waits here until we commit.
    Raises KeyReused when the key comes with another command or body.
    """
    digest = request_hash(command, body)
    claimed_id = work.ask(
        _claim(dialect_insert(work.session)),
        hall_id=work.hall_id,
        scope=work.actor.label,
        key=key,
        request_hash=digest,
        answer={},
        created_at=work.now,
    ).scalar_one_or_none()
    if claimed_id is None:
        return _first_answer(work, key, digest)
    answer = perform()
    work.ask(_KEEP_ANSWER, claimed_id=claimed_id, answer=answer)
    return answer


@cache
def _claim(insert: Callable[..., Any]) -> Insert:
    claim: Insert = insert(IdempotencyKey).on_conflict_do_nothing().returning(IdempotencyKey.id)
    return claim


_KEEP_ANSWER = update(IdempotencyKey).where(IdempotencyKey.id == bindparam("claimed_id"))


def _first_answer(work: Work, key: str, digest: str) -> dict[str, Any]:
    seen = work.session.scalars(
        select(IdempotencyKey).where(
            IdempotencyKey.hall_id == work.hall_id,
            IdempotencyKey.scope == work.actor.label,
            IdempotencyKey.key == key,
        )
    ).one()
    if seen.request_hash != digest:
        raise KeyReused(N_("这个请求编号已用于另一项操作，请刷新页面后重试"))
    return seen.answer

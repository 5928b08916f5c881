"""Whose a terminal's numbers are: given from a date on, ended, and the days judged again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.attendance.terminals.commands import checked_pin, find_terminal
from server.i18n import N_
from server.people.staff import find_person
from server.problems import Invalid, NotFound
from server.work import Work

PUNCHED_LATELY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class StrayNumber:
    """A number that punches and is nobody's, with the last day on which it did."""

    pin: str
    last_day: date
    punches: int


def give_number(
    work: Work, terminal_id: int, pin: str, person_id: int, since: date
) -> TerminalIdentity:
    """Make a number a person's from a date on, until the next one who was given it later.

    Whoever had it before has it until the day before. Raises NotFound, Invalid.
    """
    find_terminal(work, terminal_id)
    person = find_person(work, person_id)
    pin = checked_pin(pin)
    holders = _holders(work, terminal_id, pin)
    until = min((row.valid_from for row in holders if row.valid_from > since), default=None)
    for row in holders:
        if row.valid_from < since and (row.valid_until is None or row.valid_until > since):
            _judge_days(work, row, since, row.valid_until)
            row.valid_until = since
    given = next((row for row in holders if row.valid_from == since), None)
    if given is None:
        given = TerminalIdentity(terminal_id=terminal_id, pin=pin, valid_from=since)
        work.session.add(given)
    else:
        _judge_days(work, given, since, given.valid_until)
    given.person, given.valid_until = person, until
    work.session.flush()
    _judge_days(work, given, since, until)
    work.audit(
        "number.give", f"device:{terminal_id}", pin=pin, person=person_id, since=since.isoformat()
    )
    return given


def end_number(work: Work, identity_id: int, last_day: date) -> TerminalIdentity:
    """A number is nobody's after a day. Raises NotFound, Invalid for a day that is not its own."""
    row = work.session.get(TerminalIdentity, identity_id)
    if row is None:
        raise NotFound(N_("没有这个考勤号对应关系"))
    find_terminal(work, row.terminal_id)
    until = last_day + timedelta(days=1)
    if until <= row.valid_from or (row.valid_until is not None and until > row.valid_until):
        raise Invalid(N_("结束日期应在这个考勤号归此人的日期里"))
    _judge_days(work, row, until, row.valid_until)
    row.valid_until = until
    work.audit(
        "number.end", f"device:{row.terminal_id}", pin=row.pin, last_day=last_day.isoformat()
    )
    return row


def numbers_given(work: Work, terminal_id: int) -> Sequence[TerminalIdentity]:
    """Whose a terminal's numbers are and were, by number, the latest first."""
    return work.session.scalars(
        select(TerminalIdentity)
        .where(TerminalIdentity.terminal_id == terminal_id)
        .options(joinedload(TerminalIdentity.person))
        .order_by(
            func.length(TerminalIdentity.pin),
            TerminalIdentity.pin,
            TerminalIdentity.valid_from.desc(),
        )
    ).all()


def stray_numbers(work: Work, terminal_id: int) -> list[StrayNumber]:
    """Numbers that punched lately on days when they were nobody's, by number."""
    rows = work.session.execute(
        select(Punch.pin, func.max(Punch.business_date), func.count())
        .outerjoin(TerminalIdentity, OWNER)
        .where(
            Punch.terminal_id == terminal_id,
            Punch.business_date >= work.business_date - PUNCHED_LATELY,
            TerminalIdentity.id.is_(None),
        )
        .group_by(Punch.pin)
        .order_by(func.length(Punch.pin), Punch.pin)
    )
    return [StrayNumber(pin, last, count) for pin, last, count in rows if last is not None]


def _holders(work: Work, terminal_id: int, pin: str) -> Sequence[TerminalIdentity]:
    return work.session.scalars(
        select(TerminalIdentity).where(
            TerminalIdentity.terminal_id == terminal_id, TerminalIdentity.pin == pin
        )
    ).all()


def _judge_days(work: Work, row: TerminalIdentity, first: date, until: date | None) -> None:
    """Ask for the holder's days on which the number punched, from first until (excluded)."""
    days = work.session.scalars(
        select(Punch.business_date)
        .where(
            Punch.terminal_id == row.terminal_id,
            Punch.pin == row.pin,
            Punch.business_date >= first,
            Punch.business_date < (until or date.max),
        )
        .distinct()
        .order_by(Punch.business_date)
    )
    for day in days:
        if day is not None:
            ask_to_judge(work, JudgingCause.PUNCH, day, day, person_id=row.person_id)

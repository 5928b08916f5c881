"""Terminals, their punches and what was set aside, as people look at them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.attendance.terminals.command_models import TerminalCommand, TerminalUser
from server.attendance.terminals.models import (
    Decision,
    DoubtfulPunch,
    QuarantinedUpload,
    TerminalFinding,
    TerminalLog,
)
from server.devices.models import Device, DeviceKind
from server.people.models import Person
from server.work import Work

PASSWORD_CODES = frozenset({0, 3})
"""How terminals code a punch by password, which anybody can make for anybody."""


@dataclass(frozen=True, slots=True)
class TerminalView:
    """A terminal and how its log stands; `log` is None before it was first read."""

    device: Device
    log: TerminalLog | None
    alarms: int

    @property
    def percent_full(self) -> int | None:
        """How full its log is, None where it does not say how much it holds."""
        if self.log is None or not self.log.record_capacity:
            return None
        return round(100 * self.log.records / self.log.record_capacity)


@dataclass(frozen=True, slots=True)
class PunchRow:
    """A raw punch; `name` is '' for a number that is nobody's."""

    punch: Punch
    terminal: str
    name: str
    set_aside: bool

    @property
    def by_password(self) -> bool:
        """Whether no finger, face or card was shown."""
        return self.punch.verify in PASSWORD_CODES


@dataclass(frozen=True, slots=True)
class PunchSearch:
    """Which raw punches are looked for; days are inclusive. `who` is a number or part of a name."""

    since: date
    until: date
    terminal_id: int | None = None
    who: str = ""
    passwords_only: bool = False


@dataclass(frozen=True, slots=True)
class UserRow:
    """Somebody on a terminal; `first_finger` is when they first punched other than by password."""

    user: TerminalUser
    first_finger: datetime | None

    @property
    def enrolled(self) -> bool:
        """Whether the terminal knows a finger or face of them."""
        return self.user.enrolled_at is not None or self.first_finger is not None


def undecided(punch_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether a punch is set aside and not accepted: it does not count."""
    return (
        select(DoubtfulPunch.punch_id)
        .where(
            DoubtfulPunch.punch_id == punch_id,
            or_(
                DoubtfulPunch.decision.is_(None),
                DoubtfulPunch.decision == Decision.DISMISSED,
            ),
        )
        .exists()
    )


def terminals(work: Work) -> list[TerminalView]:
    """The hall's terminals that are in use, by name."""
    alarms = (
        select(func.count())
        .where(
            TerminalFinding.terminal_id == Device.id,
            TerminalFinding.alarm,
            TerminalFinding.seen_at.is_(None),
        )
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(Device, TerminalLog, alarms)
        .outerjoin(TerminalLog, TerminalLog.terminal_id == Device.id)
        .where(Device.hall_id == work.hall_id, Device.kind == DeviceKind.TERMINAL, Device.active)
        .order_by(Device.name)
    )
    return [TerminalView(device, log, count) for device, log, count in rows]


def findings(work: Work, terminal_id: int, most: int) -> list[TerminalFinding]:
    """What happened to a terminal's log, unseen and newest first."""
    return list(
        work.session.scalars(
            select(TerminalFinding)
            .where(TerminalFinding.terminal_id == terminal_id)
            .order_by(TerminalFinding.seen_at.is_not(None), TerminalFinding.id.desc())
            .limit(most)
        )
    )


def latest_commands(work: Work, terminal_id: int, most: int) -> list[TerminalCommand]:
    """What was asked of a terminal last, newest first."""
    return list(
        work.session.scalars(
            select(TerminalCommand)
            .where(TerminalCommand.terminal_id == terminal_id)
            .order_by(TerminalCommand.id.desc())
            .limit(most)
        )
    )


def users_of(work: Work, terminal_id: int) -> list[UserRow]:
    """Who is known on a terminal, by number."""
    first = (
        select(func.min(Punch.punched_at))
        .where(
            Punch.terminal_id == TerminalUser.terminal_id,
            Punch.pin == TerminalUser.pin,
            Punch.verify.not_in(PASSWORD_CODES),
        )
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(TerminalUser, first)
        .where(TerminalUser.terminal_id == terminal_id)
        .order_by(func.length(TerminalUser.pin), TerminalUser.pin)
    )
    return [UserRow(user, at) for user, at in rows]


def search_punches(work: Work, wanted: PunchSearch, most: int) -> list[PunchRow]:
    """Raw punches, the latest first."""
    query = _punches(work).where(Punch.business_date.between(wanted.since, wanted.until))
    if wanted.terminal_id is not None:
        query = query.where(Punch.terminal_id == wanted.terminal_id)
    if wanted.who:
        named = Person.name.contains(wanted.who, autoescape=True)
        query = query.where(or_(Punch.pin == wanted.who, named))
    if wanted.passwords_only:
        query = query.where(Punch.verify.in_(PASSWORD_CODES))
    return _rows(work, query.order_by(Punch.punched_at.desc(), Punch.id.desc()).limit(most))


def doubtful_punches(work: Work, most: int) -> list[tuple[PunchRow, DoubtfulPunch]]:
    """Punches set aside that wait for a decision, the oldest first."""
    waiting = {
        doubt.punch_id: doubt
        for doubt in work.session.scalars(
            select(DoubtfulPunch)
            .join(Punch, Punch.id == DoubtfulPunch.punch_id)
            .where(Punch.hall_id == work.hall_id, DoubtfulPunch.decision.is_(None))
            .order_by(DoubtfulPunch.punch_id)
            .limit(most)
        )
    }
    rows = _rows(work, _punches(work).where(Punch.id.in_(waiting)).order_by(Punch.id))
    return [(row, waiting[row.punch.id]) for row in rows]


def quarantined_uploads(work: Work, most: int) -> list[tuple[QuarantinedUpload, str]]:
    """Reads and uploads set aside that wait for a decision, with the terminal's name."""
    rows = work.session.execute(
        select(QuarantinedUpload, Device.name)
        .outerjoin(Device, Device.id == QuarantinedUpload.terminal_id)
        .where(QuarantinedUpload.hall_id == work.hall_id, QuarantinedUpload.decision.is_(None))
        .order_by(QuarantinedUpload.id.desc())
        .limit(most)
    )
    return [(upload, name or "") for upload, name in rows]


def _punches(work: Work) -> Select[Punch, str, str | None, bool]:
    return (
        select(Punch, Device.name, Person.name, undecided(Punch.id))
        .join(Device, Device.id == Punch.terminal_id)
        .outerjoin(TerminalIdentity, OWNER)
        .outerjoin(Person, Person.id == TerminalIdentity.person_id)
        .where(Punch.hall_id == work.hall_id)
    )


def _rows(work: Work, query: Select[Punch, str, str | None, bool]) -> list[PunchRow]:
    return [
        PunchRow(punch, terminal, name or "", set_aside)
        for punch, terminal, name, set_aside in work.session.execute(query)
    ]

"""A person's punches of a day, to choose from when somebody says that one of them was no own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.devices.models import Device
from server.i18n import N_
from server.problems import Invalid
from server.work import Work


@dataclass(frozen=True, slots=True)
class PunchChoice:
    """One punch: when, and at which terminal."""

    id: int
    at: datetime
    terminal: str


def punches_to_choose(work: Work, person_id: int, day: date) -> list[PunchChoice]:
    """The punches under a person's numbers on a day, in order of time."""
    rows = work.session.execute(
        select(Punch.id, Punch.punched_at, Device.name)
        .join(TerminalIdentity, OWNER)
        .join(Device, Device.id == Punch.terminal_id)
        .where(
            Punch.hall_id == work.hall_id,
            Punch.business_date == day,
            TerminalIdentity.person_id == person_id,
        )
        .order_by(Punch.punched_at, Punch.id)
    )
    return [PunchChoice(number, at, terminal) for number, at, terminal in rows if at is not None]


def require_among(choices: Sequence[PunchChoice], punch_id: int) -> None:
    """Raises Invalid for a punch that is none of these."""
    if all(choice.id != punch_id for choice in choices):
        raise Invalid(N_("这次打卡不是被代签人当天的，请重新列出打卡"))

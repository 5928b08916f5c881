"""The hall's notices as its screens show them, and as an administrator sees them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Self

from pydantic import BaseModel
from sqlalchemy import or_, select

from server.screens.models import HallNotice
from server.screens.rules import NoticeState, notice_state
from server.work import Work


class NoticePlace(StrEnum):
    """Where notices are shown."""

    KIOSK = "kiosk"
    SCREEN = "screen"
    BOARD = "board"


SHOWN_ON = {
    NoticePlace.KIOSK: HallNotice.on_kiosk,
    NoticePlace.SCREEN: HallNotice.on_screen,
    NoticePlace.BOARD: HallNotice.on_board,
}


class NoticeView(BaseModel):
    """A notice; a screen shows it from `begins` until before `ends`."""

    id: int
    text: str
    text_en: str
    begins: datetime | None
    ends: datetime | None

    @classmethod
    def of(cls, row: HallNotice) -> Self:
        """The same for a screen."""
        return cls(id=row.id, text=row.text, text_en=row.text_en, begins=row.begins, ends=row.ends)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice in the administrator's list; times are in the hall's zone."""

    id: int
    text: str
    text_en: str
    begins: datetime | None
    ends: datetime | None
    state: NoticeState
    places: tuple[NoticePlace, ...]


def notices_of_day(work: Work, place: NoticePlace) -> list[NoticeView]:
    """What a place shows at some time of this day and is not over yet, in order."""
    tomorrow = datetime.combine(work.business_date + timedelta(days=1), time(), work.zone)
    return [NoticeView.of(row) for row in _not_over(work, place, tomorrow)]


def notices_now(work: Work, place: NoticePlace) -> list[str]:
    """The Chinese words that a place shows at this instant, in order."""
    return [row.text for row in _not_over(work, place, work.now + timedelta.resolution)]


def all_notices(work: Work) -> list[NoticeLine]:
    """Every notice of the hall, those that are shown first, each kind in its order."""
    rows = work.session.scalars(
        select(HallNotice)
        .where(HallNotice.hall_id == work.hall_id)
        .order_by(HallNotice.position, HallNotice.id)
    )
    order = (NoticeState.SHOWN, NoticeState.COMING, NoticeState.WITHDRAWN, NoticeState.OVER)
    return sorted((_line(work, row) for row in rows), key=lambda line: order.index(line.state))


def last_place(work: Work) -> int:
    """A place after every notice that is not over."""
    lines = work.session.scalars(
        select(HallNotice.position).where(HallNotice.hall_id == work.hall_id)
    )
    return max(lines, default=-1) + 1


def _not_over(work: Work, place: NoticePlace, before: datetime) -> list[HallNotice]:
    return list(
        work.session.scalars(
            select(HallNotice)
            .where(
                HallNotice.hall_id == work.hall_id,
                HallNotice.withdrawn.is_(False),
                SHOWN_ON[place],
                or_(HallNotice.begins.is_(None), HallNotice.begins < before),
                or_(HallNotice.ends.is_(None), HallNotice.ends > work.now),
            )
            .order_by(HallNotice.position, HallNotice.id)
        )
    )


def _line(work: Work, row: HallNotice) -> NoticeLine:
    places = {
        NoticePlace.KIOSK: row.on_kiosk,
        NoticePlace.SCREEN: row.on_screen,
        NoticePlace.BOARD: row.on_board,
    }
    return NoticeLine(
        id=row.id,
        text=row.text,
        text_en=row.text_en,
        begins=row.begins.astimezone(work.zone) if row.begins else None,
        ends=row.ends.astimezone(work.zone) if row.ends else None,
        state=notice_state(work.now, row.begins, row.ends, withdrawn=row.withdrawn),
        places=tuple(place for place, shown in places.items() if shown),
    )

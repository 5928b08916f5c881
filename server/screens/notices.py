"""The hall's notices, as an administrator writes, schedules, orders and withdraws them."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, NaiveDatetime

from server.catalogue.categories import Position
from server.catalogue.editing import Part, note_change
from server.filling import STORABLE, FieldFault, Filling, WrongFields
from server.i18n import N_
from server.screens.models import HallNotice
from server.work import Work

LONGEST_TEXT = 80
LONGEST_ENGLISH = 200


def _one_line(text: str) -> str:
    return " ".join(text.split())


ONE_LINE = AfterValidator(_one_line)


class NoticeForm(Filling):
    """A notice's words, its place among the others (smaller first), when and where it is shown.

    `begins` and `ends` are in the hall's own time.
    """

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), STORABLE, ONE_LINE]
    text_en: Annotated[str, Field(max_length=LONGEST_ENGLISH), STORABLE, ONE_LINE] = ""
    begins: NaiveDatetime | None = None
    ends: NaiveDatetime | None = None
    position: Position = 0
    on_kiosk: bool = False
    on_screen: bool = False
    on_board: bool = False


def _read(work: Work, notice: HallNotice) -> NoticeForm:
    return NoticeForm(
        text=notice.text,
        text_en=notice.text_en,
        begins=_told(notice.begins, work.zone),
        ends=_told(notice.ends, work.zone),
        position=notice.position,
        on_kiosk=notice.on_kiosk,
        on_screen=notice.on_screen,
        on_board=notice.on_board,
    )


def _write(work: Work, notice: HallNotice, form: NoticeForm) -> None:
    if not (form.on_kiosk or form.on_screen or form.on_board):
        raise WrongFields({"": FieldFault(N_("请至少选择一处显示的地方"))})
    if form.begins is not None and form.ends is not None and form.ends <= form.begins:
        raise WrongFields({"ends": FieldFault(N_("结束时间须晚于开始时间"))})
    notice.text, notice.text_en, notice.position = form.text, form.text_en, form.position
    notice.begins, notice.ends = _meant(form.begins, work.zone), _meant(form.ends, work.zone)
    notice.on_kiosk, notice.on_screen = form.on_kiosk, form.on_screen
    notice.on_board = form.on_board


NOTICE = Part("hall_notice", HallNotice, NoticeForm, N_("没有这条通知"), _read, _write)


def withdraw_notice(work: Work, notice_id: int, *, withdrawn: bool) -> None:
    """Take a notice off every screen, or show it again in its time. Raises NotFound."""
    notice = NOTICE.find(work, notice_id)
    if notice.withdrawn is withdrawn:
        return
    notice.withdrawn = withdrawn
    action = "hall_notice.withdraw" if withdrawn else "hall_notice.restore"
    note_change(work, action, f"hall_notice:{notice.id}", None, _read(work, notice))


def _told(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone).replace(tzinfo=None) if moment else None


def _meant(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.replace(tzinfo=zone) if moment else None

"""What each LED sign should show now: a counter's words over its window, or the hall's calls."""

from typing import Literal

from pydantic import BaseModel

from server.catalogue.models import Counter
from server.devices.signs import signs_of_agent
from server.i18n import N_, SOURCE_LANGUAGE, translate
from server.queueing.pauses import current_pause
from server.queueing.staffing import active_ticket, duty_at, find_counter
from server.queueing.states import TicketState
from server.queueing.views import recent_calls
from server.screens.notice_views import NoticePlace, notices_now
from server.work import Work

CALLING = N_("请{label}号到本窗口")
SERVING = N_("{label}号办理中")
CLOSED = N_("暂停服务")
CALLED_TO = N_("{number}号窗口")
BOARD_ROWS = 8
"""More than the tallest sign has lines; a sign shows as many as it has room for."""
BETWEEN_NOTICES = "　　"


class SignContent(BaseModel):
    """The desired content of one sign, replayed by the agent until the sign shows it.

    `lines` are a counter's words; `rows` and `notice` are a board's.
    """

    device_id: int
    show: Literal["rest", "calling", "paused", "board"]
    lines: list[str] = []
    number: str = ""
    rows: list[list[str]] = []
    notice: str = ""


def sign_contents(work: Work) -> list[SignContent]:
    """The desired content of every sign that the acting agent runs."""
    signs = signs_of_agent(work)
    boards = any(sign.counter_id is None for sign in signs)
    rows = _board_rows(work) if boards else []
    notices = notices_now(work, NoticePlace.BOARD) if boards else []
    return [
        SignContent(
            device_id=sign.device_id,
            show="board",
            rows=rows,
            notice=board_notice(sign.notice, *notices),
        )
        if sign.counter_id is None
        else _window_sign(work, sign.device_id, find_counter(work, sign.counter_id))
        for sign in signs
    ]


def board_notice(*notices: str) -> str:
    """What runs along a board's last line: its own notice, then the hall's."""
    return BETWEEN_NOTICES.join(notice for notice in notices if notice)


def _board_rows(work: Work) -> list[list[str]]:
    """The latest calls, newest first."""
    return [
        [call.label, translate(CALLED_TO, SOURCE_LANGUAGE, number=call.counter_number)]
        for call in recent_calls(work, BOARD_ROWS)
    ]


def _window_sign(work: Work, device_id: int, counter: Counter) -> SignContent:
    if duty_at(work, counter.id) is None or current_pause(work, counter.id) is not None:
        closed = translate(CLOSED, SOURCE_LANGUAGE)
        return SignContent(device_id=device_id, show="paused", lines=[closed])
    ticket = active_ticket(work, counter.id)
    if ticket is None:
        return SignContent(device_id=device_id, show="rest", lines=[counter.name])
    sentence = CALLING if ticket.state is TicketState.CALLED else SERVING
    text = translate(sentence, SOURCE_LANGUAGE, label=ticket.label)
    return SignContent(device_id=device_id, show="calling", lines=[text], number=ticket.label)

"""What each LED sign should show now: a counter's words over its window, or the hall's calls."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Literal

from pydantic import BaseModel

from server.catalogue.models import Counter
from server.devices.signs import signs_of_agent
from server.queueing.staffing import find_counter
from server.queueing.views import recent_calls
from server.screens.notice_views import NoticePlace, notices_now
from server.screens.sign_words import SignWordsForm, sign_words
from server.screens.windows import WindowShow, window_state
from server.work import Work

BOARD_ROWS = 8
"""More than the tallest sign has lines; a sign shows as many as it has room for."""
WindowSign = Literal["rest", "calling", "paused"]
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
    words = sign_words(work)
    rows = _board_rows(work, words) if boards else []
    notices = notices_now(work, NoticePlace.BOARD) if boards else []
    return [
        SignContent(
            device_id=sign.device_id,
            show="board",
            rows=rows,
            notice=board_notice(sign.notice, *notices),
        )
        if sign.counter_id is None
        else _window_sign(work, sign.device_id, find_counter(work, sign.counter_id), words)
        for sign in signs
    ]


def board_notice(*notices: str) -> str:
    """What runs along a board's last line: its own notice, then the hall's."""
    return BETWEEN_NOTICES.join(notice for notice in notices if notice)


def _board_rows(work: Work, words: SignWordsForm) -> list[list[str]]:
    """The latest calls, newest first."""
    return [
        [call.label, words.board.format(name=call.counter_name, number=call.counter_number)]
        for call in recent_calls(work, BOARD_ROWS)
    ]


def _window_sign(work: Work, device_id: int, counter: Counter, words: SignWordsForm) -> SignContent:
    state = window_state(work, counter)
    sentence, show = _SAYS[state.show]
    text = sentence(words).format(name=counter.name, number=counter.number, label=state.label)
    return SignContent(device_id=device_id, show=show, lines=[text], number=state.label)


_SAYS: Mapping[WindowShow, tuple[Callable[[SignWordsForm], str], WindowSign]] = {
    WindowShow.REST: (attrgetter("rest"), "rest"),
    WindowShow.CALLING: (attrgetter("calling"), "calling"),
    WindowShow.SERVING: (attrgetter("serving"), "calling"),
    WindowShow.PAUSED: (attrgetter("paused"), "paused"),
}

"""When a notice is shown."""

from datetime import datetime
from enum import StrEnum


class NoticeState(StrEnum):
    """How a notice stands at an instant."""

    COMING = "coming"
    SHOWN = "shown"
    OVER = "over"
    WITHDRAWN = "withdrawn"


def notice_state(
    now: datetime, begins: datetime | None, ends: datetime | None, *, withdrawn: bool
) -> NoticeState:
    """How a notice of this span stands now; its end is the first instant without it."""
    if withdrawn:
        return NoticeState.WITHDRAWN
    if ends is not None and ends <= now:
        return NoticeState.OVER
    return NoticeState.COMING if begins is not None and now < begins else NoticeState.SHOWN

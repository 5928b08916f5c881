"""What is to be seen at a counter: whether it serves, and whom."""

from enum import StrEnum

from pydantic import BaseModel

from server.catalogue.models import Counter
from server.queueing.pauses import current_pause
from server.queueing.staffing import active_ticket, duty_at
from server.queueing.states import TicketState
from server.work import Work


class WindowShow(StrEnum):
    """How a counter stands."""

    PAUSED = "paused"  # nobody is at it, or it is closed for now
    REST = "rest"
    CALLING = "calling"
    SERVING = "serving"


class WindowState(BaseModel):
    """How a counter stands, and the number that it calls or serves."""

    show: WindowShow
    label: str = ""


def window_state(work: Work, counter: Counter) -> WindowState:
    """The counter at this work's instant."""
    if duty_at(work, counter.id) is None or current_pause(work, counter.id) is not None:
        return WindowState(show=WindowShow.PAUSED)
    ticket = active_ticket(work, counter.id)
    if ticket is None:
        return WindowState(show=WindowShow.REST)
    called = ticket.state is TicketState.CALLED
    return WindowState(
        show=WindowShow.CALLING if called else WindowShow.SERVING, label=ticket.label
    )

"""What each window sign should show now."""

from typing import Literal

from pydantic import BaseModel

from server.catalogue.models import Counter
from server.devices.views import window_signs_of_agent
from server.i18n import N_, SOURCE_LANGUAGE, translate
from server.queueing.staffing import active_ticket, duty_at, find_counter
from server.queueing.states import TicketState
from server.work import Work

CALLING = N_("请{label}号到本窗口")
SERVING = N_("{label}号办理中")
CLOSED = N_("暂停服务")


class SignContent(BaseModel):
    """The desired content of one sign, replayed by the agent until the sign shows it."""

    device_id: int
    show: Literal["rest", "calling", "paused"]
    lines: list[str]
    number: str = ""


def sign_contents(work: Work) -> list[SignContent]:
    """The desired content of every window sign that the acting agent runs."""
    return [
        _window_sign(work, sign.device_id, find_counter(work, sign.counter_id))
        for sign in window_signs_of_agent(work)
    ]


def _window_sign(work: Work, device_id: int, counter: Counter) -> SignContent:
    if duty_at(work, counter.id) is None:
        closed = translate(CLOSED, SOURCE_LANGUAGE)
        return SignContent(device_id=device_id, show="paused", lines=[closed])
    ticket = active_ticket(work, counter.id)
    if ticket is None:
        return SignContent(device_id=device_id, show="rest", lines=[counter.name])
    sentence = CALLING if ticket.state is TicketState.CALLED else SERVING
    text = translate(sentence, SOURCE_LANGUAGE, label=ticket.label)
    return SignContent(device_id=device_id, show="calling", lines=[text], number=ticket.label)

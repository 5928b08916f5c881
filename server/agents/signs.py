"""What each window sign should show now."""

from pydantic import BaseModel
from sqlalchemy import select

from server.catalogue.models import Counter
from server.devices.models import Device, DeviceKind
from server.i18n import N_, SOURCE_LANGUAGE, translate
from server.queueing.staffing import active_ticket, duty_at
from server.queueing.states import TicketState
from server.work import Work

CALLING = N_("请{label}号到本窗口")
SERVING = N_("{label}号办理中")
CLOSED = N_("暂停服务")


class SignContent(BaseModel):
    """The desired text of one sign, replayed by the agent until the sign shows it."""

    device_id: int
    text: str


def sign_contents(work: Work) -> list[SignContent]:
    """The desired content of every window sign that the acting agent runs."""
    rows = work.session.execute(
        select(Device.id, Counter)
        .join(Counter, Counter.id == Device.counter_id)
        .where(
            Device.agent_id == work.actor.device_id,
            Device.kind == DeviceKind.LED_SIGN,
            Device.active,
        )
        .order_by(Device.id)
    )
    return [
        SignContent(device_id=device_id, text=_window_text(work, counter))
        for device_id, counter in rows
    ]


def _window_text(work: Work, counter: Counter) -> str:
    if duty_at(work, counter.id) is None:
        return translate(CLOSED, SOURCE_LANGUAGE)
    ticket = active_ticket(work, counter.id)
    if ticket is None:
        return counter.name
    sentence = CALLING if ticket.state is TicketState.CALLED else SERVING
    return translate(sentence, SOURCE_LANGUAGE, label=ticket.label)

"""Keys of call panels: the use cases of the counter's page, by the clerk who is on duty there."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Literal

from server.devices.panels import counters_with_panels
from server.i18n import N_
from server.problems import NotFound
from server.queueing.calling import NobodyWaiting, call_next, recall
from server.queueing.models import Ticket
from server.queueing.ratings import ask_for_rating
from server.queueing.serving import advance
from server.queueing.staffing import NotAtCounter, TicketInHand, active_ticket, duty_at
from server.queueing.states import TicketAction
from server.queueing.turns import ActionNotAllowed
from server.work import Actor, Work

PanelPress = Literal[
    "next",
    "recall",
    "evaluate",
    "no_show",
    "hold",
    "return",
    "pause",
    "transfer",
    "cancel",
]

# The panel follows the counter by itself, so that a version cannot tell a second press by mistake
# from the wish to go on.
SECOND_PRESS = timedelta(seconds=3)


def clerk_on_duty(work: Work, counter_id: int) -> Actor:
    """Who presses the keys at a counter where the acting agent has a panel.

    Raises NotFound for a counter without a panel of this agent's, NotAtCounter when nobody is
    there.
    """
    if counter_id not in counters_with_panels(work):
        raise NotFound(N_("这个窗口没有由本代理管理的叫号器"))
    duty = duty_at(work, counter_id)
    if duty is None:
        raise NotAtCounter(N_("窗口还没有人员登录,请先在窗口页面打开窗口"))
    return Actor(
        f"account:{duty.account_id}",
        account_id=duty.account_id,
        device_id=work.actor.device_id,
        is_person=True,
    )


def carry_out(work: Work, counter_id: int, press: PanelPress, version: int) -> Ticket | None:
    """Do what a key means; the ticket to be rated when that was asked.

    Raises what the use cases raise, ActionNotAllowed for a key without one.
    """
    if press == "evaluate":
        return ask_for_rating(work, counter_id)
    action = PRESSES.get(press)
    if action is None:
        raise ActionNotAllowed(N_("这个键现在不能使用,请在窗口页面操作"))
    action(work, counter_id, version)
    return None


def _next(work: Work, counter_id: int, version: int) -> None:
    """A panel has one key for it: the ticket in hand is finished, the next one is called."""
    in_hand = active_ticket(work, counter_id)
    if in_hand is None:
        call_next(work, counter_id, version)
        return
    if in_hand.called_at is not None and work.now - in_hand.called_at < SECOND_PRESS:
        raise TicketInHand(N_("刚刚叫过号,请稍等一下再叫下一位"))
    advance(work, counter_id, version, TicketAction.FINISH)
    with suppress(NobodyWaiting):
        call_next(work, counter_id, version + 1)


PRESSES: Mapping[PanelPress, Callable[[Work, int, int], object]] = {
    "next": _next,
    "recall": recall,
    "no_show": partial(advance, action=TicketAction.MARK_NO_SHOW),
}

"""Keys of call panels: the use cases of the counter's page, by the clerk who is on duty there."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Literal

from server.catalogue.views import counters
from server.devices.panels import counters_with_panels
from server.i18n import N_
from server.problems import NotFound
from server.queueing.boards import label_of_number
from server.queueing.calling import NobodyWaiting, call_best, call_next, call_number, recall
from server.queueing.counter_view import counter_snapshot
from server.queueing.models import Ticket
from server.queueing.pauses import current_pause, pause, resume_service
from server.queueing.ratings import ask_for_rating
from server.queueing.serving import Target, advance, resume, transfer
from server.queueing.settings import queue_settings
from server.queueing.staffing import NotAtCounter, TicketInHand, active_ticket, duty_at
from server.queueing.states import TicketAction, TicketState
from server.queueing.turns import ActionNotAllowed
from server.queueing.undoing import undo
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

BY_NUMBER = "叫号器按号呼叫"


@dataclass(frozen=True, slots=True)
class PressedKey:
    """A key at a counter, the digits typed before it, and the version that the panel showed."""

    counter_id: int
    version: int
    digits: str


def clerk_on_duty(work: Work, counter_id: int) -> Actor:
    """Who presses the keys at a counter where the acting agent has a panel.

    Raises NotFound for a counter without a panel of this agent's, NotAtCounter when nobody is
    there.
    """
    if counter_id not in counters_with_panels(work):
        raise NotFound(N_("这个窗口没有由本代理管理的叫号器"))
    duty = duty_at(work, counter_id)
    if duty is None:
        raise NotAtCounter(N_("窗口还没有人员登录，请先在窗口页面打开窗口"))
    return Actor(
        f"account:{duty.account_id}",
        account_id=duty.account_id,
        device_id=work.actor.device_id,
        is_person=True,
    )


def carry_out(work: Work, press: PanelPress, key: PressedKey) -> Ticket | None:
    """Do what a key means; the ticket to be rated when that was asked.

    Raises what the use cases raise.
    """
    if press == "evaluate":
        return ask_for_rating(work, key.counter_id)
    PRESSES[press](work, key)
    return None


def _next(work: Work, key: PressedKey) -> None:
    """A panel has one key for it: the ticket in hand is finished, then the next one is called.

    After digits it is the ticket of that number.
    """
    in_hand = active_ticket(work, key.counter_id)
    version = key.version
    if in_hand is not None:
        _require_pause_after_call(work, in_hand)
        advance(work, key.counter_id, version, TicketAction.FINISH)
        version += 1
    if key.digits:
        label = label_of_number(work, key.counter_id, int(key.digits))
        call_number(work, key.counter_id, version, label, BY_NUMBER)
    elif in_hand is None:
        call_next(work, key.counter_id, version)
    elif active_ticket(work, key.counter_id) is None:  # the counter may call by itself
        with suppress(NobodyWaiting):
            call_best(work, key.counter_id)


def _require_pause_after_call(work: Work, in_hand: Ticket) -> None:
    if in_hand.called_at is not None and work.now - in_hand.called_at < SECOND_PRESS:
        raise TicketInHand(N_("刚刚叫过号，请稍等一下再叫下一位"))


def _hold(work: Work, key: PressedKey) -> None:
    """A panel has no key for the start of service: who is put on hold has come."""
    in_hand = active_ticket(work, key.counter_id)
    version = key.version
    if in_hand is not None and in_hand.state is TicketState.CALLED:
        advance(work, key.counter_id, version, TicketAction.START)
        version += 1
    advance(work, key.counter_id, version, TicketAction.HOLD)


def _return(work: Work, key: PressedKey) -> None:
    """Go on with the ticket that was put on hold first."""
    held = counter_snapshot(work, key.counter_id).on_hold
    if not held:
        raise ActionNotAllowed(N_("这个窗口没有挂起的号"))
    resume(work, key.counter_id, key.version, held[0].id)


def _pause(work: Work, key: PressedKey) -> None:
    """Close the counter for now, or open it again; the reason is the hall's first one."""
    if current_pause(work, key.counter_id) is not None:
        resume_service(work, key.counter_id, key.version)
    else:
        reason = next(iter(queue_settings(work).pause_reasons))
        pause(work, key.counter_id, key.version, reason)


def _transfer(work: Work, key: PressedKey) -> None:
    """Send the ticket on to the counter of the number that was typed."""
    by_number = {str(counter.number): counter.id for counter in counters(work)}
    target = by_number.get(key.digits.lstrip("0"))
    if target is None:
        raise NotFound(N_("请先按目标窗口的号码，再按转移"))
    transfer(work, key.counter_id, key.version, Target(counter_id=target), "")


def _at_counter(use_case: Callable[[Work, int, int], object]) -> Callable[[Work, PressedKey], None]:
    def pressed(work: Work, key: PressedKey) -> None:
        use_case(work, key.counter_id, key.version)

    return pressed


PRESSES: Mapping[PanelPress, Callable[[Work, PressedKey], None]] = {
    "next": _next,
    "recall": _at_counter(recall),
    "no_show": _at_counter(partial(advance, action=TicketAction.MARK_NO_SHOW)),
    "hold": _hold,
    "return": _return,
    "pause": _pause,
    "transfer": _transfer,
    "cancel": _at_counter(undo),
}

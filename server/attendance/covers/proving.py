"""How cover staff prove at the desk who they are: by a PIN, or by their identity card.

Of a card only the keyed digest of its number is kept, and that until the cover is struck off.
"""

import secrets
from datetime import timedelta

from server.attendance.covers.models import CoverDuty
from server.attendance.covers.registering import find_duty
from server.attendance.offices.holding import acting_in
from server.attendance.presets.leave import Approver
from server.i18n import N_
from server.people.digests import digest
from server.people.id_numbers import checked_id_number
from server.problems import Conflict
from server.work import Work

PIN_DIGITS = 6
FAILURES_BEFORE_REST = 5
REST = timedelta(minutes=5)


class NoCardRegistered(Conflict):
    """No identity card was registered for this cover."""

    code = "no-card-registered"
    title = N_("还没有登记身份证")


def new_pin() -> str:
    """A random number for signing by hand."""
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"


def pin_secret(duty_id: int, pin: str) -> str:
    """What is hashed of a PIN: it says for which duty, so that equal PINs are not seen as equal."""
    return f"cover:{duty_id}:{pin}"


def pin_hash(work: Work, duty_id: int) -> str | None:
    """What the PIN of a cover is checked against, outside the transaction."""
    return find_duty(work, duty_id).pin_hash


def give_pin(work: Work, duty_id: int, hashed: str) -> None:
    """Set the PIN of a cover; an earlier one no longer works. Raises NotAllowed."""
    duty = find_duty(work, duty_id)
    acting_in(work, Approver.SUPERVISION, Approver.OFFICE)
    duty.pin_hash = hashed
    duty.pin_failures = 0
    duty.pin_locked_until = None
    work.audit("cover.pin", f"cover:{duty.id}")


def pin_fits(work: Work, duty: CoverDuty, *, matches: bool) -> bool:
    """Whether a PIN is taken: after five wrong ones it rests for five minutes."""
    if duty.pin_locked_until is not None and duty.pin_locked_until > work.now:
        return False
    if matches:
        duty.pin_failures = 0
        duty.pin_locked_until = None
        return True
    duty.pin_failures += 1
    if duty.pin_failures >= FAILURES_BEFORE_REST:
        duty.pin_failures = 0
        duty.pin_locked_until = work.now + REST
    return False


def register_card(work: Work, duty_id: int, number: str) -> None:
    """The supervision or the office types the number of a cover's card; an earlier one is gone.

    Raises NotAllowed, Invalid for a number whose check digit does not fit.
    """
    duty = find_duty(work, duty_id)
    acting_in(work, Approver.SUPERVISION, Approver.OFFICE)
    _keep_card(work, duty, checked_id_number(number), "typed")


def read_card(work: Work, duty_id: int, name: str, number: str) -> None:
    """The desk reads a cover's card for the first time; it must bear the cover's own name.

    Raises Conflict for another's card, or when a card is registered: that is for the supervision.
    """
    duty = find_duty(work, duty_id)
    if duty.card_digest is not None:
        raise Conflict(N_("已登记过身份证，更换请找监察科或办公室"))
    if name.strip() != duty.person.name:
        raise Conflict(N_("这张身份证的姓名与{name}不符，请核对后再刷"), name=duty.person.name)
    _keep_card(work, duty, number, "read")


def card_fits(work: Work, duty: CoverDuty, number: str) -> bool:
    """Whether the card is the one registered. Raises NoCardRegistered."""
    if duty.card_digest is None:
        raise NoCardRegistered(N_("还没有登记身份证，请先登记，或用签到密码"))
    return secrets.compare_digest(duty.card_digest, digest(work, number))


def _keep_card(work: Work, duty: CoverDuty, number: str, how: str) -> None:
    if duty.handed_back_at is not None:
        raise Conflict(N_("这次顶岗已经注销"))
    duty.card_digest = digest(work, number)
    work.audit("cover.card", f"cover:{duty.id}", how=how)

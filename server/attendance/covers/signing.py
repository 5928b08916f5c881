"""Signing by hand at the guidance desk (手工签到, 临时顶岗人员管理制度 4.4.2)."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PIL import Image, UnidentifiedImageError
from sqlalchemy import select

from server.attendance.covers.models import CoverDuty, HandSigning, SigningProof
from server.attendance.covers.proving import card_fits, pin_fits
from server.attendance.covers.registering import find_duty
from server.attendance.covers.standing import standing_on
from server.attendance.day_plan import DayPlan
from server.attendance.day_seconds import clock_text
from server.attendance.events import HandSigned
from server.attendance.evidence import CoverStanding
from server.attendance.hours.plans import DayPlans, load_plans
from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.attendance.slots import Slot, assign
from server.i18n import N_
from server.problems import Conflict, Invalid, NotFound
from server.work import Work

LARGEST_DRAWING = 60_000  # bytes
LARGEST_SIDE = 1200  # pixels
PNG = "PNG"


class NoSigningNow(Conflict):
    """It is not the time to sign, or not this person's way of signing."""

    code = "no-signing-now"
    title = N_("现在不能签到")


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """A cover who signs by hand today: the slots, and the second that serves each so far."""

    duty: CoverDuty
    plan: DayPlan
    served: tuple[tuple[Slot, int | None], ...]


def signing_places(work: Work, plans: DayPlans | None = None) -> list[SigningPlace]:
    """Everybody who signs by hand today."""
    plans = plans or load_plans(work)
    day = work.business_date
    duties = work.session.scalars(
        select(CoverDuty)
        .where(
            CoverDuty.hall_id == work.hall_id,
            CoverDuty.first_day <= day,
            CoverDuty.planned_last_day >= day,
        )
        .order_by(CoverDuty.id)
    )
    return [
        _place(work, duty, plans, day)
        for duty in duties
        if standing_on([duty], day, plans, duty.person) is CoverStanding.BY_HAND
    ]


def signatures_of_day(work: Work) -> list[HandSigning]:
    """Today's signatures, newest first."""
    return list(
        work.session.scalars(
            select(HandSigning)
            .where(HandSigning.hall_id == work.hall_id, HandSigning.day == work.business_date)
            .order_by(HandSigning.id.desc())
        )
    )


def sign_with_pin(work: Work, duty_id: int, *, matches: bool, drawing: bytes) -> HandSigning | None:
    """A cover signs now; the desk clerk confirms it afterwards. None for a wrong PIN.

    After five wrong ones the PIN rests for five minutes; the failure itself is to be committed.
    Raises NoSigningNow outside the windows of today's plan, Invalid for what is no drawing.
    """
    duty = _locked(work, duty_id)
    if not pin_fits(work, duty, matches=matches):
        _audit_refusal(work, duty, SigningProof.PIN)
        return None
    return _sign(work, duty, SigningProof.PIN, drawing)


def sign_with_card(work: Work, duty_id: int, number: str, drawing: bytes) -> HandSigning | None:
    """The same by the card that was read just now. None for a card that is another's.

    Raises NoCardRegistered too.
    """
    duty = _locked(work, duty_id)
    if not card_fits(work, duty, number):
        _audit_refusal(work, duty, SigningProof.CARD)
        return None
    return _sign(work, duty, SigningProof.CARD, drawing)


def confirm_signature(work: Work, signing_id: int) -> HandSigning:
    """The desk clerk confirms that the right person signed. Raises NotFound."""
    row = _find(work, signing_id)
    if row.confirmed_at is None:
        row.confirmed_at = work.now
        row.confirmed_by = work.actor.label
        work.audit("signature.confirm", f"signature:{row.id}", person=row.person_id)
        work.record(HandSigned(signing_id=row.id))
        _judge(work, row)
    return row


def drawing_of(work: Work, signing_id: int) -> bytes:
    """The picture of a signature. Raises NotFound."""
    return _find(work, signing_id).drawing


def checked_drawing(content: bytes) -> bytes:
    """A small PNG, drawn anew in black and white. Raises Invalid."""
    if not content or len(content) > LARGEST_DRAWING:
        raise Invalid(N_("请在框里签名"))
    try:
        picture = Image.open(io.BytesIO(content), formats=[PNG])
        if max(picture.size) > LARGEST_SIDE:
            raise Invalid(N_("请在框里签名"))
        seen = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError) as error:
        raise Invalid(N_("请在框里签名")) from error
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    plain = paper.convert("L")
    darkest, _ = plain.getextrema()
    if not isinstance(darkest, int) or darkest > 128:  # noqa: PLR2004 - half way to white
        raise Invalid(N_("请在框里签名"))
    drawn = io.BytesIO()
    plain.convert("1").save(drawn, PNG)
    return drawn.getvalue()


def _place(work: Work, duty: CoverDuty, plans: DayPlans, day: date) -> SigningPlace:
    plan = plans.plan(duty.person, day)
    seconds = sorted(
        {
            plan.counted_second(at)
            for at in work.session.scalars(
                select(HandSigning.signed_at).where(
                    HandSigning.person_id == duty.person_id, HandSigning.day == day
                )
            )
        }
    )
    served = assign(plan.slots, seconds, plan.rules.punching.fold_seconds)
    return SigningPlace(duty, plan, tuple(zip(plan.slots, served, strict=True)))


def _locked(work: Work, duty_id: int) -> CoverDuty:
    find_duty(work, duty_id)
    return work.session.get_one(CoverDuty, duty_id, with_for_update=True)


def _audit_refusal(work: Work, duty: CoverDuty, proof: SigningProof) -> None:
    work.audit("signature.refuse", f"cover:{duty.id}", proof=proof.value)


def _sign(work: Work, duty: CoverDuty, proof: SigningProof, drawing: bytes) -> HandSigning:
    _require_time(work, duty)
    row = HandSigning(
        hall_id=work.hall_id,
        duty_id=duty.id,
        person_id=duty.person_id,
        day=work.business_date,
        signed_at=work.now,
        proof=proof,
        drawing=checked_drawing(drawing),
    )
    work.session.add(row)
    work.session.flush()
    work.audit("signature.sign", f"signature:{row.id}", person=duty.person_id, proof=proof.value)
    work.record(HandSigned(signing_id=row.id))
    _judge(work, row)
    return row


def _require_time(work: Work, duty: CoverDuty) -> None:
    plans = load_plans(work)
    day = work.business_date
    standing = standing_on([duty], day, plans, duty.person)
    if standing is CoverStanding.BY_FINGERPRINT:
        raise NoSigningNow(N_("顶岗已超过可手工签到的天数，请按指纹考勤"))
    if standing is CoverStanding.OFF_DUTY:
        raise NoSigningNow(N_("今天不在顶岗期，或顶岗手续还没有办齐"))
    place = _place(work, duty, plans, day)
    now = place.plan.counted_second(work.now)
    if not any(slot.takes(now) for slot, _ in place.served):
        raise NoSigningNow(N_("现在不是签到、签退的时间：{windows}"), windows=_windows(place))
    fold = place.plan.rules.punching.fold_seconds
    if any(second is not None and 0 <= now - second <= fold for _, second in place.served):
        raise NoSigningNow(N_("刚才已经签过了"))


def _windows(place: SigningPlace) -> str:
    return "、".join(
        f"{clock_text(slot.opens)[:5]}–{clock_text(slot.closes)[:5]}" for slot, _ in place.served
    )


def _find(work: Work, signing_id: int) -> HandSigning:
    row = work.session.get(HandSigning, signing_id)
    if row is None or row.hall_id != work.hall_id:
        raise NotFound(N_("没有这次签到"))
    return row


def _judge(work: Work, row: HandSigning) -> None:
    ask_to_judge(work, JudgingCause.SIGNATURE, row.day, row.day, person_id=row.person_id)


def instant_of(plan: DayPlan, second: int) -> datetime:
    """A second of a plan's day as an instant."""
    midnight = datetime.combine(plan.day, datetime.min.time(), plan.zone)
    return midnight + timedelta(seconds=second)

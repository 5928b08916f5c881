"""Reminders about cover staff: a signature that is still missing, a fingerprint that is due."""

from datetime import timedelta

from server.attendance.covers.signing import SigningPlace, instant_of, signing_places
from server.attendance.covers.views import cover_records
from server.attendance.notices.telling import tell
from server.attendance.slots import Side, Slot
from server.attendance.timetable import HalfDay
from server.i18n import N_
from server.people.models import Role
from server.work import Work

BEFORE_THE_DEADLINE = timedelta(minutes=10)
BEFORE_ENROLMENT = timedelta(days=3)

MISSING = {
    (HalfDay.MORNING, Side.IN): N_("{name} 上午还没有手工签到，{until} 前有效"),
    (HalfDay.MORNING, Side.OUT): N_("{name} 上午还没有手工签退，{until} 前有效"),
    (HalfDay.AFTERNOON, Side.IN): N_("{name} 下午还没有手工签到，{until} 前有效"),
    (HalfDay.AFTERNOON, Side.OUT): N_("{name} 下午还没有手工签退，{until} 前有效"),
}


def remind(work: Work) -> None:
    """Tell the desk which signatures are due, and the supervision who must be enrolled."""
    for place in signing_places(work):
        for slot, second in place.served:
            if second is None:
                _remind_of(work, place, slot)
    for record in cover_records(work):
        day = record.enrol_by
        if record.must_enrol and day is not None and work.business_date >= day - BEFORE_ENROLMENT:
            tell(
                work,
                N_("{name} 的顶岗自 {day} 起只认指纹，请尽快录入"),
                once=f"enrol:{record.duty.id}:{work.business_date}",
                role=Role.SUPERVISOR,
                name=record.duty.person.name,
                day=day.isoformat(),
            )


def _remind_of(work: Work, place: SigningPlace, slot: Slot) -> None:
    """A sign-in is regular until its limit, a sign-out counts until it closes."""
    deadline = slot.limit if slot.side is Side.IN else slot.closes
    until = instant_of(place.plan, deadline)
    due = instant_of(place.plan, slot.due)
    since = min(due, until - BEFORE_THE_DEADLINE)
    if since <= work.now <= until:
        tell(
            work,
            MISSING[slot.half, slot.side],
            once=f"sign:{place.duty.id}:{place.plan.day}:{slot.half}:{slot.side}",
            role=Role.GUIDANCE_DESK,
            name=place.duty.person.name,
            until=f"{until.astimezone(work.zone):%H:%M}",
        )

"""Booking a time at the guidance desk, and checking in at the kiosk."""

from datetime import date, datetime, time
from typing import Annotated, Any, Self

from apiflask import APIBlueprint
from pydantic import BaseModel, Field, model_validator

from kiosk.reading import card_holder, forget_card
from kiosk.taking import TakenTicket, hand_out
from server.appointments.booking import Guest, book, cancel, check_in
from server.appointments.models import Appointment
from server.appointments.rules import AppointmentState
from server.appointments.slots import BookedView, SlotView, booked_on, open_slots, slots_of_day
from server.devices.models import DeviceKind
from server.edge.access import access, allow
from server.edge.addresses import visitors_address
from server.edge.context import reading, writing
from server.edge.fields import Body, CommandHeaders, RowNumber
from server.edge.handover import HandoverToken
from server.idempotency import once
from server.people.digests import digest
from server.people.id_numbers import checked_id_number
from server.people.models import Role
from server.queueing.lanes import Priority
from server.work import Work

blueprint = APIBlueprint("kiosk_appointments", __name__, url_prefix="/api/appointments")

DESK = allow(Role.GUIDANCE_DESK)
PLANNERS = allow(Role.GUIDANCE_DESK, Role.ADMINISTRATOR)
GUESTS = allow(DeviceKind.KIOSK, Role.GUIDANCE_DESK)
MOST_PLACES = 999
MISSING_WAYS = 2
"""Of the three ways to check in, one is taken."""

Code = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
IdNumber = Annotated[str, Field(pattern=r"^[0-9]{17}[0-9Xx]$")]
Places = Annotated[int, Field(ge=0, le=MOST_PLACES, strict=True)]


class DayQuery(BaseModel):
    """A day, and a service if only one is wanted."""

    day: date
    service_id: int | None = None


class DayOnly(BaseModel):
    """A day."""

    day: date


class BookedDay(BaseModel):
    """The appointments of a day."""

    appointments: list[BookedView]


class Slots(BaseModel):
    """The slots of a day."""

    slots: list[SlotView]


class OpenSlots(Body):
    """Times of a day at which a service takes appointments."""

    service_id: RowNumber
    day: date
    starts: Annotated[list[time], Field(min_length=1, max_length=96)]
    capacity: Places
    special_capacity: Places = 0


class Booking(Body):
    """Who wants which slot; the identity number is used to check in and is not kept."""

    slot_id: RowNumber
    id_number: IdNumber | None = None
    kind: Priority = Priority.NONE
    agent_code: Annotated[str, Field(max_length=40)] | None = None


class CheckIn(Body):
    """The code of the appointment, or the identity number it was booked with, or its card."""

    code: Code | None = None
    id_number: IdNumber | None = None
    card: HandoverToken | None = None

    @model_validator(mode="after")
    def one_of_them(self) -> Self:
        """None or several would say nothing."""
        if [self.code, self.id_number, self.card].count(None) != MISSING_WAYS:
            raise ValueError("one of code, id_number and card")
        return self


class AppointmentView(BaseModel):
    """An appointment as the desk reads it out."""

    id: int
    code: str
    state: AppointmentState
    starts_at: datetime
    service: str
    service_en: str


@blueprint.get("/slots")
@access(GUESTS)
@blueprint.input(DayQuery, location="query", arg_name="query")
@blueprint.output(Slots)
def slots(query: DayQuery) -> Slots:
    """What is offered on a day."""
    with reading() as work:
        return Slots(slots=slots_of_day(work, query.day, query.service_id))


@blueprint.post("/slots")
@access(PLANNERS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(OpenSlots, arg_name="body")
@blueprint.output(Slots, status_code=201)
@blueprint.doc(responses=[404, 422])
def offer(headers: CommandHeaders, body: OpenSlots) -> dict[str, Any]:
    """Offer a service at more times of a day."""

    def perform() -> dict[str, Any]:
        open_slots(
            work,
            body.service_id,
            body.day,
            body.starts,
            capacity=body.capacity,
            special_capacity=body.special_capacity,
        )
        return Slots(slots=slots_of_day(work, body.day, body.service_id)).model_dump(mode="json")

    with writing() as work:
        return once(work, headers.idempotency_key, "open_slots", body.model_dump(), perform)


@blueprint.get("")
@access(DESK)
@blueprint.input(DayOnly, location="query", arg_name="query")
@blueprint.output(BookedDay)
def booked(query: DayOnly) -> BookedDay:
    """The appointments of a day."""
    with reading() as work:
        return BookedDay(appointments=booked_on(work, query.day))


@blueprint.post("")
@access(DESK)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(Booking, arg_name="body")
@blueprint.output(AppointmentView, status_code=201)
@blueprint.doc(responses=[404, 409, 422])
def book_slot(headers: CommandHeaders, body: Booking) -> dict[str, Any]:
    """Take a place for a citizen who calls or comes by."""
    guest = Guest(_as_typed(body.id_number), body.kind, body.agent_code)
    with writing() as work:
        return once(
            work,
            headers.idempotency_key,
            "book",
            _without_number(work, body),
            lambda: _view(work, book(work, body.slot_id, guest)).model_dump(mode="json"),
        )


@blueprint.post("/<row:appointment_id>/cancel")
@access(DESK)
@blueprint.output(AppointmentView)
@blueprint.doc(responses=[404, 409])
def cancel_booking(appointment_id: int) -> AppointmentView:
    """Give the place back."""
    with writing() as work:
        return _view(work, cancel(work, appointment_id))


@blueprint.post("/check-in")
@access(GUESTS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(CheckIn, arg_name="body")
@blueprint.output(TakenTicket, status_code=201)
@blueprint.doc(responses=[404, 409, 422])
def come(headers: CommandHeaders, body: CheckIn) -> dict[str, Any]:
    """Come to an appointment: a ticket is handed out."""
    base_url = visitors_address()

    def perform() -> dict[str, Any]:
        number = (
            card_holder(body.card).number if body.card is not None else _as_typed(body.id_number)
        )
        issued = check_in(work, code=body.code, id_number=number)
        late = issued.ticket.due_at is None
        return hand_out(work, issued, base_url, late=late).model_dump(mode="json")

    with writing() as work:
        answer = once(
            work, headers.idempotency_key, "check_in", _without_number(work, body), perform
        )
    forget_card(body.card)
    return answer


def _as_typed(number: str | None) -> str | None:
    """A number as somebody typed it. Raises Invalid when its check digit does not fit."""
    return checked_id_number(number) if number is not None else None


def _without_number(work: Work, body: Booking | CheckIn) -> dict[str, Any]:
    """A body as it is remembered: a digest stands for the identity number."""
    number = body.id_number
    return body.model_dump(exclude={"id_number"}) | {"who": number and digest(work, number)}


def _view(work: Work, appointment: Appointment) -> AppointmentView:
    slot = appointment.slot
    return AppointmentView(
        id=appointment.id,
        code=appointment.code,
        state=appointment.state,
        starts_at=slot.starts_at.astimezone(work.zone),
        service=slot.service.name,
        service_en=slot.service.name_en,
    )

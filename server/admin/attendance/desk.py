"""Signing by hand at the guidance desk: PIN or card, drawn signature, the clerk confirms."""

import base64
import binascii
from typing import Any, Self

from apiflask import APIBlueprint
from flask import Response, render_template
from pydantic import BaseModel, Field, model_validator

from server.admin.attendance.blueprint import DESK, blueprint
from server.admin.attendance.files import as_picture
from server.admin.attendance.home import words
from server.attendance.covers.proving import pin_hash, pin_secret, read_card
from server.attendance.covers.registering import find_duty
from server.attendance.covers.signing import (
    confirm_signature,
    drawing_of,
    sign_with_card,
    sign_with_pin,
    signatures_of_day,
    signing_places,
)
from server.attendance.day_seconds import clock_text
from server.edge.access import access
from server.edge.context import caller, context, reading, writing
from server.edge.fields import Body, RowNumber
from server.edge.handover import Handover, HandoverKind, HandoverToken
from server.edge.offload import offload
from server.edge.topics import DESK_TOPIC
from server.i18n import N_
from server.problems import Invalid, NotFound
from server.security.passwords import password_matches

api = APIBlueprint("signing", __name__)

PNG_PREFIX = "data:image/png;base64,"
LONGEST_DRAWING = 90_000  # characters of base64


class Card(Body):
    """A card that was read at the desk, by its token."""

    card: HandoverToken


class Signature(Body):
    """Who signs, by PIN or by card, and the drawing as a PNG data address."""

    duty_id: RowNumber
    pin: str | None = Field(default=None, min_length=1, max_length=12)
    card: HandoverToken | None = None
    drawing: str = Field(max_length=LONGEST_DRAWING)

    @model_validator(mode="after")
    def _one_proof(self) -> Self:
        if (self.pin is None) == (self.card is None):
            raise ValueError("one of pin and card")
        return self


class Signed(BaseModel):
    """A signature that waits for the desk clerk."""

    id: int


class WrongPin(Invalid):
    """The PIN is wrong, or rests after five wrong ones."""

    code = "wrong-pin"
    title = N_("签到密码不对")


class WrongCard(Invalid):
    """The card that was read is not the one registered for this cover."""

    code = "wrong-card"
    title = N_("身份证不对")


@blueprint.get("/desk/signing")
@access(DESK)
def signing() -> str:
    """Who signs by hand today, and the signatures so far."""
    with reading() as work:
        places = [
            (
                place,
                [
                    (slot, clock_text(second)[:5] if second is not None else "")
                    for slot, second in place.served
                ],
            )
            for place in signing_places(work)
        ]
        return render_template(
            "attendance/desk.html",
            places=places,
            signatures=signatures_of_day(work),
            zone=work.zone,
            **words(),
        )


@api.post("/api/desk/signings")
@access(DESK)
@api.input(Signature, arg_name="body")
@api.output(Signed, status_code=201)
@api.doc(responses=[404, 409, 422])
def sign(body: Signature) -> Any:
    """A cover signs by PIN or card."""
    if body.card is not None:
        return Signed(id=_sign_with_card(body, _card(body.card)))
    return Signed(id=_sign_with_pin(body))


@api.post("/api/desk/covers/<row:duty_id>/card")
@access(DESK)
@api.input(Card, arg_name="body")
@api.output({}, status_code=204)
@api.doc(responses=[404, 409, 422])
def register(duty_id: int, body: Card) -> str:
    """The card that was read just now is registered as this cover's."""
    card = _card(body.card)
    with writing() as work:
        read_card(work, duty_id, card.name, card.number)
    return ""


@api.post("/api/desk/signings/<row:signing_id>/confirm")
@access(DESK)
@api.output(Signed)
@api.doc(responses=[404])
def confirm(signing_id: int) -> Any:
    """The desk clerk confirms that the right person signed."""
    with writing() as work:
        return Signed(id=confirm_signature(work, signing_id).id)


@blueprint.get("/desk/signing/<row:signing_id>.png")
@access(DESK)
def drawing(signing_id: int) -> Response:
    """A signature as it was drawn."""
    with reading() as work:
        return as_picture(drawing_of(work, signing_id), "image/png")


def _sign_with_pin(body: Signature) -> int:
    """The PIN is checked outside the transaction. Raises WrongPin."""
    with reading() as work:
        known = pin_hash(work, body.duty_id)
    matches = known is not None and offload(
        password_matches, known, pin_secret(body.duty_id, body.pin or "")
    )
    drawing = _decoded(body.drawing)
    with writing() as work:
        row = sign_with_pin(work, body.duty_id, matches=matches, drawing=drawing)
    if row is None:
        raise WrongPin(N_("签到密码不对；连续输错五次需等五分钟"))
    return row.id


def _sign_with_card(body: Signature, card: Handover) -> int:
    """What was read is forgotten once it has served. Raises WrongCard."""
    drawing = _decoded(body.drawing)
    with writing() as work:
        row = sign_with_card(work, body.duty_id, card.number, drawing)
        name = find_duty(work, body.duty_id).person.name
    context().handovers.drop(body.card or "")
    if row is None:
        raise WrongCard(N_("这不是{name}登记的身份证，请核对后再刷"), name=name)
    return row.id


def _card(token: str) -> Handover:
    """The card that was read at this hall's desk. Raises HandoverGone, NotFound."""
    handover = context().handovers.look(token, caller().hall_id, DESK_TOPIC)
    if handover.kind is not HandoverKind.CARD:
        raise NotFound(N_("请将身份证放在读卡器上"))
    return handover


def _decoded(address: str) -> bytes:
    if not address.startswith(PNG_PREFIX):
        raise Invalid(N_("请在框里签名"))
    try:
        return base64.b64decode(address.removeprefix(PNG_PREFIX), validate=True)
    except binascii.Error as error:
        raise Invalid(N_("请在框里签名")) from error

"""Signing by hand at the guidance desk: large buttons, PIN and drawn signature, confirmation."""

import base64
import binascii
from typing import Any

from apiflask import APIBlueprint
from flask import Response, render_template
from pydantic import BaseModel, Field

from server.admin.attendance.blueprint import DESK, blueprint
from server.admin.attendance.files import as_picture
from server.admin.attendance.home import words
from server.attendance.covers.registering import pin_secret
from server.attendance.covers.signing import (
    confirm_signature,
    drawing_of,
    pin_hash,
    sign_by_hand,
    signatures_of_day,
    signing_places,
)
from server.attendance.day_seconds import clock_text
from server.edge.access import access
from server.edge.context import reading, writing
from server.edge.fields import Body, RowNumber
from server.edge.offload import offload
from server.i18n import N_
from server.problems import Invalid
from server.security.passwords import password_matches

api = APIBlueprint("signing", __name__)

PNG_PREFIX = "data:image/png;base64,"
LONGEST_DRAWING = 90_000  # characters of base64


class Signature(Body):
    """Who signs, their PIN, and the drawing as a PNG data address."""

    duty_id: RowNumber
    pin: str = Field(min_length=1, max_length=12)
    drawing: str = Field(max_length=LONGEST_DRAWING)


class Signed(BaseModel):
    """A signature that waits for the desk clerk."""

    id: int


class WrongPin(Invalid):
    """The PIN is wrong, or rests after five wrong ones."""

    code = "wrong-pin"
    title = N_("签到密码不对")


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
    """A cover signs; the PIN is checked outside the transaction."""
    with reading() as work:
        known = pin_hash(work, body.duty_id)
    matches = known is not None and offload(
        password_matches, known, pin_secret(body.duty_id, body.pin)
    )
    drawing = _decoded(body.drawing)
    with writing() as work:
        row = sign_by_hand(work, body.duty_id, pin_matches=matches, drawing=drawing)
    if row is None:
        raise WrongPin(N_("签到密码不对；连续输错五次需等五分钟"))
    return Signed(id=row.id)


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


def _decoded(address: str) -> bytes:
    if not address.startswith(PNG_PREFIX):
        raise Invalid(N_("请在框里签名"))
    try:
        return base64.b64decode(address.removeprefix(PNG_PREFIX), validate=True)
    except binascii.Error as error:
        raise Invalid(N_("请在框里签名")) from error

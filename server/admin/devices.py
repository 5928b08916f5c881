"""Devices: how they are, and letting new ones in by their pairing code."""

from datetime import datetime, timedelta
from typing import Any, Literal

from apiflask import APIBlueprint
from flask import jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from server.admin.device_words import COUNTS, DETAILS, KINDS
from server.admin.entrance import blueprint, limiter
from server.devices.models import DeviceKind
from server.devices.options import OPTIONS
from server.devices.pairing import (
    NameTaken,
    accept_pairing,
    collect_credential,
    request_pairing,
)
from server.devices.searching import offers, searching
from server.devices.views import all_devices
from server.edge.access import (
    DEVICE_COOKIE_SECONDS,
    access,
    allow,
    device_cookie,
    public,
    set_credential,
)
from server.edge.context import context, reading, writing
from server.edge.fields import Body
from server.edge.language import _
from server.i18n import N_
from server.people.models import Role
from server.problems import Problem

pairing = APIBlueprint("pairing", __name__)

ADMINISTRATORS = allow(Role.ADMINISTRATOR)
PAIRING_RATE = "120 per minute"


class PairingRequest(Body):
    """What kind of device asks to be let in."""

    kind: Literal[DeviceKind.AGENT, DeviceKind.KIOSK, DeviceKind.DISPLAY]


class PairingOffer(BaseModel):
    """The code to show, and the secret with which the device collects its credential."""

    code: str
    secret: str
    expires_at: datetime


class Collection(Body):
    """The secret of a pairing."""

    secret: str = Field(max_length=100)


class Credential(BaseModel):
    """A paired device's credential; a browser has it as a cookie and is told nothing."""

    device_id: int
    name: str
    token: str | None


@blueprint.get("/admin/devices")
@access(ADMINISTRATORS)
def devices() -> str:
    """Every device and how it is."""
    return _devices_page(error=None)


@blueprint.post("/admin/devices")
@access(ADMINISTRATORS)
def pair() -> ResponseReturnValue:
    """Let the device in that shows this code."""
    code = request.form.get("code", "").strip()
    name = request.form.get("name", "").strip()
    replace = "replace" in request.form
    if not name:
        return _devices_page(error=_(N_("请给设备起一个名称"))), 422
    try:
        with writing() as work:
            accept_pairing(work, code, name, replace=replace)
    except NameTaken as problem:
        return _devices_page(error=_(problem.detail), taken=True), problem.status
    except Problem as problem:
        return _devices_page(error=_(problem.detail, **problem.parameters)), problem.status
    return redirect(url_for("admin.devices"))


def _devices_page(error: str | None, *, taken: bool = False) -> str:
    with reading() as work:
        return render_template(
            "admin/devices.html",
            devices=all_devices(work),
            offers=offers(work),
            searching=searching(work),
            kinds=KINDS,
            runnable=list(OPTIONS),
            details=DETAILS,
            counts=COUNTS,
            error=error,
            taken=taken,
            form=request.form,
        )


@pairing.post("/api/pairings")
@public
@limiter.limit(PAIRING_RATE)
@pairing.input(PairingRequest, arg_name="body")
@pairing.output(PairingOffer, status_code=201)
@pairing.doc(responses=[409, 422])
def ask(body: PairingRequest) -> PairingOffer:
    """A device asks to be let in."""
    place = context()
    valid = timedelta(minutes=place.settings.pairing_minutes)
    with place.workplace.anonymous() as work:
        offer, secret = request_pairing(work, body.kind, valid)
        return PairingOffer(code=offer.code, secret=secret, expires_at=offer.expires_at)


@pairing.post("/api/pairings/collect")
@public
@limiter.limit(PAIRING_RATE)
@pairing.input(Collection, arg_name="body")
@pairing.output(Credential)
@pairing.doc(responses=[202, 404])
def collect(body: Collection) -> Any:
    """The device fetches its credential; 202 while nobody has typed its code."""
    with context().workplace.anonymous() as work:
        collected = collect_credential(work, body.secret)
        if collected is None:
            return make_response({}, 202)
        device, token = collected
        kind, shown = device.kind, device.kind is DeviceKind.AGENT
        answer = Credential(device_id=device.id, name=device.name, token=token if shown else None)
    response = jsonify(answer.model_dump())
    if not shown:
        set_credential(response, device_cookie(kind), token, DEVICE_COOKIE_SECONDS)
    return response

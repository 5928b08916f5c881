"""The demonstration page, its seats, and the way to the simulated devices."""

import hmac
from contextlib import suppress
from datetime import timedelta
from typing import Any

import requests
from apiflask import APIBlueprint
from flask import Response, abort, current_app, make_response, redirect, render_template, request
from flask import url_for as url
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from server.catalogue.models import Counter
from server.demo.devices import SIMULATED, enrolled
from server.demo.seats import PREFIX, SEATS, Seat, demo_key, seat_token
from server.devices.models import Device
from server.edge.access import (
    DEVICE_COOKIE_SECONDS,
    SESSION_COOKIE,
    device_cookie,
    public,
    set_credential,
)
from server.edge.context import context
from server.i18n import N_
from server.people.models import Account
from server.problems import NotFound, NotSignedIn, Unavailable
from server.queueing.staffing import CounterTaken, TicketInHand, open_counter
from server.security.accounts import open_session
from server.security.principal import actor_of
from server.security.tokens import token_hash
from server.work import Work

blueprint = APIBlueprint("demo", __name__, enable_openapi=False)

KEY_COOKIE = "hk_demo"
KEY_SECONDS = 24 * 3600
SIMULATOR_TIMEOUT_SECONDS = 5


@blueprint.before_request
def require_key() -> ResponseReturnValue | None:
    """Only who has the address that `hall demo` printed may look."""
    key = demo_key(str(current_app.config["SECRET_KEY"]))
    if hmac.compare_digest(request.cookies.get(KEY_COOKIE, ""), key):
        return None
    if hmac.compare_digest(request.args.get("key", ""), key):
        response = redirect(url("demo.page"))
        set_credential(response, KEY_COOKIE, key, KEY_SECONDS)
        return response
    raise NotSignedIn(N_("请使用启动时显示的演示地址打开本页"))


@blueprint.get("/demo")
@public
def page() -> str:
    """Everything at once: kiosk, paper, counters, hall screen, sign, terminal."""
    with context().database.read() as session:
        people = enrolled(session)
    return render_template(
        "demo/demo.html",
        people=people,
        seats=[
            {"name": seat.name, "title": seat.title, "url": f"{PREFIX}{seat.name}/demo/enter"}
            for seat in SEATS.values()
        ],
        devices=[
            {"name": device.name, "kind": device.kind.value, "title": device.title}
            for device in SIMULATED
        ],
    )


@blueprint.get("/demo/enter")
@public
def enter() -> ResponseReturnValue:
    """Sit down: get the seat's credential under the seat's own path, go to the seat's page."""
    seat = SEATS.get(request.script_root.removeprefix(PREFIX))
    if seat is None:
        abort(404)
    response = make_response(redirect(url(seat.page)))
    if seat.device_name is not None:
        _pair_seat(seat, response)
    else:
        _sign_seat_in(seat, response)
    return response


def _pair_seat(seat: Seat, response: Response) -> None:
    token = seat_token(str(current_app.config["SECRET_KEY"]), seat)
    with context().database.write() as session:
        device = session.scalars(select(Device).where(Device.name == seat.device_name)).one()
        device.token_hash = token_hash(token)
    set_credential(response, device_cookie(device.kind), token, DEVICE_COOKIE_SECONDS)


def _sign_seat_in(seat: Seat, response: Response) -> None:
    place = context()
    now = place.workplace.clock()
    valid = timedelta(hours=place.settings.session_hours)
    with place.database.write() as session:
        account = session.scalars(select(Account).where(Account.username == seat.username)).one()
        token = open_session(session, account, now=now, valid=valid)
    set_credential(response, SESSION_COOKIE, token, int(valid.total_seconds()))
    if seat.counter_number is None:
        return
    # A visitor who sent the clerk elsewhere, or to serve somebody, keeps that choice.
    with (
        suppress(CounterTaken, TicketInHand),
        place.workplace.write(account.hall_id, actor_of(account)) as work,
    ):
        _take_counter(work, seat.counter_number)


def _take_counter(work: Work, number: int) -> None:
    """Open the seat's counter. Raises CounterTaken, TicketInHand."""
    counter_id = work.session.scalars(
        select(Counter.id).where(Counter.hall_id == work.hall_id, Counter.number == number)
    ).one()
    open_counter(work, counter_id)


@blueprint.get("/demo/devices/<name>/state")
@public
def device_state(name: str) -> ResponseReturnValue:
    """What a simulated device is doing, and what can be done to it."""
    return _from_simulator("GET", name, "state")


@blueprint.get("/demo/devices/<name>/picture.png")
@public
def device_picture(name: str) -> ResponseReturnValue:
    """What a person standing at the device would see."""
    return _from_simulator("GET", name, "picture.png")


@blueprint.post("/demo/devices/<name>/command")
@public
def device_command(name: str) -> ResponseReturnValue:
    """Do something to a simulated device, or break it."""
    return _from_simulator("POST", name, "command", request.get_json())


def _from_simulator(method: str, name: str, what: str, body: Any = None) -> Response:
    if name not in {device.name for device in SIMULATED}:
        raise NotFound(N_("没有这台模拟设备"))
    address = f"{context().settings.simulators_url}/{name}/{what}"
    try:
        answer = requests.request(method, address, json=body, timeout=SIMULATOR_TIMEOUT_SECONDS)
    except requests.RequestException as error:
        raise Unavailable(N_("模拟设备没有应答"), retry_after=1) from error
    return Response(answer.content, answer.status_code, content_type=answer.headers["Content-Type"])

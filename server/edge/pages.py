"""Pages of paired devices: an unpaired browser is shown the pairing page instead."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from server.devices.models import DeviceKind
from server.edge.access import (
    DEVICE_COOKIE_SECONDS,
    Access,
    device_cookie,
    known_callers,
    public,
    set_credential,
)
from server.edge.context import context
from server.security.principal import Principal

Page = Callable[..., ResponseReturnValue]


def device_page(kind: DeviceKind, rule: Access) -> Callable[[Page], Page]:
    """Show a page to those whom the rule admits, and the pairing page for `kind` to others."""

    def wrap(page: Page) -> Page:
        @public
        @wraps(page)
        def shown(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            with context().database.read() as session:
                admitted = [who for who in known_callers(session) if rule.admits(who)]
            if not admitted:
                return render_template("pairing.html", kind=kind)
            g.principal = admitted[0]
            response = make_response(page(*args, **kwargs))
            _renew(response, admitted[0])
            return response

        return shown

    return wrap


def _renew(response: Response, principal: Principal) -> None:
    """Let a paired browser's cookie last anew: browsers keep none for longer than 400 days."""
    if principal.device_kind is not None:
        name = device_cookie(principal.device_kind)
        set_credential(response, name, request.cookies[name], DEVICE_COOKIE_SECONDS)

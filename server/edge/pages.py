"""Pages of paired devices: an unpaired browser is shown the pairing page instead."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue

from server.devices.models import DeviceKind
from server.edge.access import Access, known_callers, public
from server.edge.context import context

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
            return page(*args, **kwargs)

        return shown

    return wrap

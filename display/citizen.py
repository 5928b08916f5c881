"""What a citizen does on the ticket's own page: come back, give up the ticket, rate the service.

The address of the page is the only credential: nobody can guess it, and it names nobody.
"""

from collections.abc import Callable
from typing import Annotated

from apiflask import APIBlueprint
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from server.edge.access import public
from server.edge.context import context
from server.edge.fields import Body
from server.i18n import N_
from server.problems import Invalid, NotFound
from server.queueing.grades import Grade
from server.queueing.ratings import rate_ticket
from server.queueing.returning import rejoin, walk_out
from server.queueing.views import TicketView, ticket_address, ticket_by_secret
from server.work import Actor, Work

blueprint = APIBlueprint("citizen", __name__)

LONGEST_REASON = 500

Act = Callable[[Work, int], object]


class Opinion(Body):
    """One of five grades, and why."""

    grade: Grade
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""


@blueprint.post("/api/t/<secret>/return")
@public
@blueprint.output(TicketView)
@blueprint.doc(responses=[404, 409])
def come_back(secret: str) -> TicketView:
    """Wait again after a missed call; waiting already, nothing changes."""
    return act(secret, rejoin)


@blueprint.post("/api/t/<secret>/leave")
@public
@blueprint.output(TicketView)
@blueprint.doc(responses=[404, 409])
def leave(secret: str) -> TicketView:
    """Give the ticket up, so that nobody waits for it."""
    return act(secret, walk_out)


@blueprint.post("/api/t/<secret>/rating")
@public
@blueprint.input(Opinion, arg_name="body")
@blueprint.output(TicketView)
@blueprint.doc(responses=[404, 409, 422])
def rate(secret: str, body: Opinion) -> TicketView:
    """Rate the service just received, once."""
    return act(secret, lambda work, ticket: rate_ticket(work, ticket, body.grade, body.reason))


@blueprint.post("/t/<secret>/<any('return', 'leave', 'rating'):what>")
@public
@blueprint.doc(hide=True)
def by_form(secret: str, what: str) -> ResponseReturnValue:
    """The same by the page's own forms, which need no script."""
    acts: dict[str, Act] = {"return": rejoin, "leave": walk_out, "rating": _rating_of_form()}
    act(secret, acts[what])
    return redirect(url_for("display.ticket_page", secret=secret), 303)


def act(secret: str, what: Act) -> TicketView:
    """Let the holder of an address do something with its ticket. Raises NotFound."""
    with context().database.read() as session:
        address = ticket_address(session, secret)
    if address is None:
        raise NotFound(N_("没有找到这张号票，请核对二维码"))
    actor = Actor(f"ticket:{address.ticket_id}")
    with context().workplace.write(address.hall_id, actor) as work:
        what(work, address.ticket_id)
        work.session.flush()
        return ticket_by_secret(work, secret)


def _rating_of_form() -> Act:
    grade, reason = request.form.get("grade"), request.form.get("reason", "")[:LONGEST_REASON]

    def rate_it(work: Work, ticket_id: int) -> None:
        if grade not in set(Grade):
            raise Invalid(N_("请选择一项评价"))
        rate_ticket(work, ticket_id, Grade(grade), reason)

    return rate_it

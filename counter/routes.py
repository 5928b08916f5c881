"""The clerk's page and its commands."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import render_template
from pydantic import BaseModel

from counter.commands import Versioned, carry_out
from server.edge.access import access, allow
from server.edge.context import reading, writing
from server.edge.fields import CommandHeaders, number
from server.people.models import Role
from server.queueing.calling import call_next, recall
from server.queueing.counter_view import CounterSnapshot, counter_snapshot
from server.queueing.models import Ticket
from server.queueing.serving import advance
from server.queueing.staffing import close_counter, open_counter
from server.queueing.states import TicketAction
from server.queueing.views import CounterListing, counter_listing
from server.work import Work

blueprint = APIBlueprint(
    "counter",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/counter",
)

CLERKS = allow(Role.CLERK)

PRESSES: Mapping[str, Callable[[Work, int, int], Ticket]] = {
    "next": call_next,
    "recall": recall,
    "start": partial(advance, action=TicketAction.START),
    "finish": partial(advance, action=TicketAction.FINISH),
    "no-show": partial(advance, action=TicketAction.MARK_NO_SHOW),
    "hold": partial(advance, action=TicketAction.HOLD),
}
ANY_PRESS = ", ".join(f'"{name}"' for name in PRESSES)


class FinishCases(Versioned):
    """The end of a ticket, with the number of cases that it was worth."""

    cases: Annotated[int, *number(1, 99)]


class CounterListings(BaseModel):
    """The hall's counters."""

    counters: list[CounterListing]


@blueprint.get("/counter")
@access(CLERKS)
@blueprint.doc(hide=True)
def page() -> str:
    """The clerk's page."""
    return render_template("counter/counter.html")


@blueprint.get("/api/counters")
@access(CLERKS)
@blueprint.output(CounterListings)
def listing() -> CounterListings:
    """The counters to choose from."""
    with reading() as work:
        return CounterListings(counters=counter_listing(work))


@blueprint.get("/api/counters/<row:counter_id>")
@access(CLERKS)
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404])
def snapshot(counter_id: int) -> CounterSnapshot:
    """The counter as its clerk sees it."""
    with reading() as work:
        return counter_snapshot(work, counter_id)


@blueprint.post("/api/counters/<row:counter_id>/open")
@access(CLERKS)
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def open_(counter_id: int) -> CounterSnapshot:
    """Take the counter; taking one's own again changes nothing."""
    with writing() as work:
        open_counter(work, counter_id)
        return counter_snapshot(work, counter_id)


@blueprint.post("/api/counters/<row:counter_id>/close")
@access(CLERKS)
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def close(counter_id: int) -> CounterSnapshot:
    """Leave the counter."""
    with writing() as work:
        close_counter(work, counter_id)
        return counter_snapshot(work, counter_id)


@blueprint.post(f"/api/counters/<row:counter_id>/<any({ANY_PRESS}):press>")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(Versioned, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def press_button(
    counter_id: int, press: str, headers: CommandHeaders, body: Versioned
) -> dict[str, Any]:
    """Call the next ticket or take the one in hand on; a conflict brings the fresh state."""
    return carry_out(
        counter_id,
        press,
        headers,
        body,
        lambda work: PRESSES[press](work, counter_id, body.version),
    )


@blueprint.post("/api/counters/<row:counter_id>/finish-cases")
@access(CLERKS)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(FinishCases, arg_name="body")
@blueprint.output(CounterSnapshot)
@blueprint.doc(responses=[404, 409])
def finish_cases(counter_id: int, headers: CommandHeaders, body: FinishCases) -> dict[str, Any]:
    """Finish a ticket that was worth another number of cases than it was taken for."""
    return carry_out(
        counter_id,
        "finish_cases",
        headers,
        body,
        lambda work: advance(work, counter_id, body.version, TicketAction.FINISH, cases=body.cases),
    )

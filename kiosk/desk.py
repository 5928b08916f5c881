"""What the guidance desk does with tickets: find, return, give up, cancel, explain."""

from collections.abc import Callable, Mapping
from typing import Annotated

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.edge.access import access, allow
from server.edge.context import reading, writing
from server.edge.language import _
from server.i18n import N_
from server.people.models import Role
from server.problems import NotFound
from server.queueing.explaining import last_call_of, why_before
from server.queueing.models import Ticket
from server.queueing.returning import cancel, rejoin, walk_out
from server.queueing.views import TicketView, ticket_by_secret, tickets_by_label
from server.work import Work

blueprint = APIBlueprint("desk", __name__, url_prefix="/api/desk")

DESK = allow(Role.GUIDANCE_DESK, Role.SUPERVISOR)

ACTS: Mapping[str, Callable[[Work, int], Ticket]] = {
    "return": rejoin,
    "leave": walk_out,
    "cancel": cancel,
}
ANY_ACT = ", ".join(f'"{name}"' for name in ACTS)

Label = Annotated[str, Field(min_length=1, max_length=20)]


class LabelQuery(BaseModel):
    """The number on a paper."""

    label: Label


class FoundTicket(TicketView):
    """A ticket as the desk sees it."""

    id: int


class FoundTickets(BaseModel):
    """Tickets of a label, the latest first."""

    tickets: list[FoundTicket]


class WhyQuery(BaseModel):
    """Two numbers: why was `first` called before `mine`?"""

    first: Label
    mine: Label


class Answer(BaseModel):
    """One sentence."""

    sentence: str


@blueprint.get("/tickets")
@access(DESK)
@blueprint.input(LabelQuery, location="query", arg_name="query")
@blueprint.output(FoundTickets)
def find(query: LabelQuery) -> FoundTickets:
    """Today's tickets with a number."""
    with reading() as work:
        return FoundTickets(
            tickets=[_found(work, ticket) for ticket in tickets_by_label(work, query.label)]
        )


@blueprint.post(f"/tickets/<row:ticket_id>/<any({ANY_ACT}):what>")
@access(DESK)
@blueprint.output(FoundTicket)
@blueprint.doc(responses=[404, 409])
def act(ticket_id: int, what: str) -> FoundTicket:
    """Put a missed ticket back, or take one out; done twice it is done once."""
    with writing() as work:
        ticket = ACTS[what](work, ticket_id)
        work.session.flush()
        return _found(work, ticket)


@blueprint.get("/why")
@access(DESK)
@blueprint.input(WhyQuery, location="query", arg_name="query")
@blueprint.output(Answer)
@blueprint.doc(responses=[404])
def why(query: WhyQuery) -> Answer:
    """Why that number before mine?"""
    with reading() as work:
        call = last_call_of(work, query.first)
        mine = tickets_by_label(work, query.mine)
        if call is None or not mine:
            raise NotFound(N_("没有找到这次呼叫或这张号票"))
        sentence = why_before(work, call.id, mine[0].id)
    words = {name: _(word) for name, word in sentence.words.items()}
    return Answer(sentence=_(sentence.message, **sentence.parameters, **words))


def _found(work: Work, ticket: Ticket) -> FoundTicket:
    view = ticket_by_secret(work, ticket.secret)
    return FoundTicket(id=ticket.id, **view.model_dump())

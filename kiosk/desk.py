"""The guidance desk's page, and what it does with tickets: find, return, print again, explain."""

from collections.abc import Callable, Mapping
from typing import Annotated

from apiflask import APIBlueprint
from flask import render_template
from pydantic import BaseModel, Field

from server.edge.access import access, allow
from server.edge.context import reading, writing
from server.edge.language import _
from server.i18n import N_
from server.people.models import Role
from server.people.village_agents import agent_words
from server.printing.staff import reprint_ticket
from server.problems import NotFound
from server.queueing.explaining import last_call_of, why_before
from server.queueing.holders import holder_words
from server.queueing.models import Ticket
from server.queueing.returning import cancel, rejoin, walk_out
from server.queueing.supervision import CounterNow, QueueNow, hall_now
from server.queueing.views import TicketView, ticket_by_secret, tickets_by_label
from server.work import Work

blueprint = APIBlueprint("desk", __name__, template_folder="templates")

DESK = allow(Role.GUIDANCE_DESK, Role.SUPERVISOR)
GUIDES = allow(Role.GUIDANCE_DESK)

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
    """A ticket as the desk sees it.

    `holder` is whose it is, masked, '' without a card; `agent` who came for somebody else.
    """

    id: int
    holder: str
    agent: str


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


class DeskHall(BaseModel):
    """The hall now; `seq` is the event sequence that it is as fresh as."""

    seq: int
    queues: list[QueueNow]
    counters: list[CounterNow]


class AgainView(BaseModel):
    """The paper that is printed again."""

    print_job: int


@blueprint.get("/desk")
@access(GUIDES)
@blueprint.doc(hide=True)
def page() -> str:
    """The guidance desk's page."""
    return render_template("kiosk/desk.html")


@blueprint.get("/api/desk/hall")
@access(DESK)
@blueprint.output(DeskHall)
def hall_view() -> DeskHall:
    """Queues and counters; what clerks told their managers alone stays with those."""
    with reading() as work:
        now = hall_now(work)
        return DeskHall(seq=work.hall.event_seq, queues=now.queues, counters=now.counters)


@blueprint.get("/api/desk/tickets")
@access(DESK)
@blueprint.input(LabelQuery, location="query", arg_name="query")
@blueprint.output(FoundTickets)
def find(query: LabelQuery) -> FoundTickets:
    """Today's tickets with a number."""
    with reading() as work:
        return FoundTickets(
            tickets=[_found(work, ticket) for ticket in tickets_by_label(work, query.label)]
        )


@blueprint.post(f"/api/desk/tickets/<row:ticket_id>/<any({ANY_ACT}):what>")
@access(DESK)
@blueprint.output(FoundTicket)
@blueprint.doc(responses=[404, 409])
def act(ticket_id: int, what: str) -> FoundTicket:
    """Put a missed ticket back, or take one out; done twice it is done once."""
    with writing() as work:
        ticket = ACTS[what](work, ticket_id)
        work.session.flush()
        return _found(work, ticket)


@blueprint.post("/api/desk/tickets/<row:ticket_id>/print")
@access(DESK)
@blueprint.output(AgainView)
@blueprint.doc(responses=[404, 409])
def print_again(ticket_id: int) -> AgainView:
    """Print a ticket once more, marked 补打."""
    with writing() as work:
        return AgainView(print_job=reprint_ticket(work, ticket_id).id)


@blueprint.get("/api/desk/why")
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
    return FoundTicket(
        id=ticket.id,
        holder=holder_words(work, ticket.id),
        agent=agent_words(work, ticket.agent_id),
        **view.model_dump(),
    )

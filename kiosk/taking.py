"""Taking a number at the kiosk: the ticket and its paper in one transaction."""

from datetime import datetime

from pydantic import BaseModel

from server.printing.jobs import NewJob, queue_job, ticket_printer
from server.printing.receipts import TicketPaper, ticket_receipt
from server.printing.states import JobState
from server.queueing.estimates import EstimateView
from server.queueing.holders import require_card
from server.queueing.issuing import IssuedTicket, Wish, issue
from server.work import Work


class TakenTicket(BaseModel):
    """A ticket just taken, as the kiosk shows it.

    `estimate` is None while no counter serves the queue; `closes_first` warns that the hall may
    close before. `due_at` is the time of an appointment kept, `late` one for which its citizen came
    too late. `holder` is whose it is, masked, '' for one without a card. `url` is the citizen's own
    page and `code` its last part, by which the kiosk asks for the QR code that leads there.
    """

    id: int
    label: str
    service: str
    service_en: str
    queue: str
    queue_en: str
    ahead: int
    estimate: EstimateView | None
    closes_first: bool
    due_at: datetime | None
    late: bool
    holder: str
    url: str
    code: str
    print_job: int | None
    print_state: JobState | None


def take_ticket(work: Work, wish: Wish, base_url: str) -> TakenTicket:
    """Issue a ticket and queue its paper.

    Raises CardNeeded, AlreadyHolding, NotFound, HallClosed, QuotaReached.
    """
    require_card(work, wish.services, wish.holder)
    return hand_out(work, issue(work, wish), base_url)


def hand_out(work: Work, issued: IssuedTicket, base_url: str, *, late: bool = False) -> TakenTicket:
    """Queue a fresh ticket's paper on the acting device's printer, and show it.

    Without a printer the number and its QR code on the screen are all there is.
    """
    ticket = issued.ticket
    url = f"{base_url}/t/{ticket.secret}"
    printer_id = ticket_printer(work, work.actor.device_id)
    job = (
        queue_job(
            work,
            printer_id,
            NewJob(ticket.label, ticket_receipt(work, TicketPaper.of(issued, url)), ticket.id),
        )
        if printer_id is not None
        else None
    )
    return TakenTicket(
        id=ticket.id,
        label=ticket.label,
        service=ticket.service.name,
        service_en=ticket.service.name_en,
        queue=ticket.queue.name,
        queue_en=ticket.queue.name_en,
        ahead=issued.ahead,
        estimate=EstimateView.of(issued.estimate),
        closes_first=issued.closes_first,
        due_at=ticket.due_at.astimezone(work.zone) if ticket.due_at else None,
        late=late,
        holder=issued.holder,
        url=url,
        code=ticket.secret,
        print_job=job.id if job else None,
        print_state=job.state if job else None,
    )

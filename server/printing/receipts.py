"""Receipts: templates in config/receipts, filled in and handed to the printers as markup."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from server.catalogue.views import hall
from server.queueing.issuing import IssuedTicket
from server.settings import PROJECT_ROOT
from server.work import Work

FOLDER = PROJECT_ROOT / "config" / "receipts"


@cache
def _templates(folder: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)


def _template(name: str) -> Template:
    return _templates(FOLDER).get_template(name)


def ticket_receipt(work: Work, issued: IssuedTicket, url: str) -> str:
    """The markup of a ticket: number, service, people ahead, QR code to the ticket's own page."""
    ticket = issued.ticket
    return _template("ticket.xml").render(
        hall=hall(work).name,
        label=ticket.label,
        service=ticket.service.name,
        ahead=issued.ahead,
        url=url,
        issued_at=ticket.issued_at.astimezone(work.zone),
    )

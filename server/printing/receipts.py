"""Receipts: templates in config/receipts, filled in and handed to the printers as markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from server.catalogue.views import hall
from server.queueing.issuing import IssuedTicket
from server.settings import PROJECT_ROOT
from server.work import Work

FOLDER = PROJECT_ROOT / "config" / "receipts"


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """What a ticket's paper says; `url` is the ticket's own page."""

    label: str
    service: str
    ahead: int
    url: str
    issued_at: datetime
    minutes: tuple[int, int] | None = None

    @classmethod
    def of(cls, issued: IssuedTicket, url: str) -> "TicketPaper":
        """The paper of a ticket just issued."""
        ticket = issued.ticket
        wait = issued.estimate
        minutes = (wait.low, wait.high) if wait is not None else None
        return cls(ticket.label, ticket.service.name, issued.ahead, url, ticket.issued_at, minutes)


@dataclass(frozen=True, slots=True)
class Material:
    """A document that a citizen must bring."""

    name: str
    copies: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a one-time notice (一次性告知单) says; `missing` are the materials not brought today."""

    service: str
    unit: str
    materials: Sequence[Material]
    time_limit: str
    place: str
    telephone: str
    missing: Sequence[str] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip with a title and entries, such as the receipt for an accepted case (受理回执)."""

    title: str
    entries: Sequence[tuple[str, str]]
    text: str = ""
    url: str = ""


@cache
def _templates(folder: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)


def _template(name: str) -> Template:
    return _templates(FOLDER).get_template(name)


def ticket_receipt(work: Work, paper: TicketPaper) -> str:
    """The markup of a ticket: number, service, people ahead, QR code to the ticket's own page."""
    return _template("ticket.xml").render(
        hall=hall(work).name,
        label=paper.label,
        service=paper.service,
        ahead=paper.ahead,
        minutes=paper.minutes,
        url=paper.url,
        issued_at=paper.issued_at.astimezone(work.zone),
    )


def notice_receipt(work: Work, notice: Notice) -> str:
    """The markup of a one-time notice."""
    return _template("notice.xml").render(
        hall=hall(work).name,
        service=notice.service,
        unit=notice.unit,
        materials=notice.materials,
        missing=notice.missing,
        time_limit=notice.time_limit,
        place=notice.place,
        telephone=notice.telephone,
        url=notice.url,
        told_at=work.now.astimezone(work.zone),
    )


def slip_receipt(work: Work, slip: Slip) -> str:
    """The markup of a slip."""
    return _template("slip.xml").render(
        hall=hall(work).name,
        title=slip.title,
        entries=slip.entries,
        text=slip.text,
        url=slip.url,
        printed_at=work.now.astimezone(work.zone),
    )


def trial_receipt(work: Work, printer: str) -> str:
    """The markup of a page that shows what a printer can do."""
    return _template("trial.xml").render(
        hall=hall(work).name, printer=printer, printed_at=work.now.astimezone(work.zone)
    )


def filled_receipt(name: str, **values: object) -> str:
    """The markup of another template of config/receipts, filled with what it asks for."""
    return _template(name).render(**values)


def marked_as_reprint(work: Work, markup: str) -> str:
    """The same receipt with 补打 and the time of it at its head."""
    receipt = ElementTree.fromstring(markup)
    mark = Element("line", align="center", size="2", bold="yes")
    mark.text = "补打"
    at = work.now.astimezone(work.zone).strftime("%Y-%m-%d %H:%M")
    receipt.insert(0, mark)
    receipt.insert(1, Element("pair", left="补打时间", right=at))
    marked: str = ElementTree.tostring(receipt, encoding="unicode")
    return marked

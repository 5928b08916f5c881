"""The code on a ticket's paper: which ticket it is."""

from urllib.parse import urlsplit

from sqlalchemy import select

from server.i18n import N_
from server.problems import NotFound
from server.queueing.models import Ticket
from server.work import Work

PAGE = "/t/"


def ticket_of_code(work: Work, text: str) -> int:
    """The ticket whose own page a scanned code leads to, by row number.

    Raises NotFound for the code of anything else.
    """
    _before, page, secret = urlsplit(text).path.rpartition(PAGE)
    ticket_id = work.session.scalar(
        select(Ticket.id).where(Ticket.secret == secret, Ticket.hall_id == work.hall_id)
    )
    if not page or ticket_id is None:
        raise NotFound(N_("这不是本大厅的号票，请扫号票上的二维码"))
    return ticket_id

"""Real-name tickets (实名取号): whose a number is, masked, for as long as it matters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ForeignKey, Index, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from server.catalogue.models import Service
from server.database import Base, Identified
from server.i18n import N_
from server.people.digests import digest
from server.people.masking import mask_name, mask_number
from server.problems import Conflict
from server.queueing.days import today
from server.queueing.models import Ticket
from server.queueing.states import TicketState
from server.work import Work

NOT_OVER = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD)


class CardNeeded(Conflict):
    """A number for this service is given for an identity card only."""

    code = "card-needed"
    title = N_("请刷身份证取号")


class AlreadyHolding(Conflict):
    """This person has a number for the service that is still to come."""

    code = "already-holding"
    title = N_("您已经取过号")


class TicketHolder(Identified, Base):
    """Whose a ticket is: name and number masked, and the digest by which a second one is told."""

    __tablename__ = "ticket_holders"
    __table_args__ = (Index("ix_ticket_holders_digest", "hall_id", "id_digest"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), unique=True)
    id_digest: Mapped[str]
    name: Mapped[str]
    number: Mapped[str]
    taken_at: Mapped[datetime]

    @property
    def words(self) -> str:
        """Name and number as they may be shown."""
        return f"{self.name} {self.number}"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who laid a card on the reader; not shown whole, not even in a log."""

    name: str = field(repr=False)
    number: str = field(repr=False)


_BY_CARD = select(Service.id).where(
    Service.id.in_(bindparam("services", expanding=True)), Service.real_name
)


def require_card(work: Work, service_ids: Sequence[int], holder: Holder | None) -> None:
    """Raises CardNeeded when a device asks without a card; people at the desk look at it."""
    if holder is not None or work.actor.is_person:
        return
    if work.ask(_BY_CARD, services=list(service_ids)).first() is not None:
        raise CardNeeded(N_("这个事项凭身份证取号，请将身份证放在读卡器上，或到导办台"))


def require_no_other(work: Work, service_id: int, holder: Holder) -> None:
    """Raises AlreadyHolding when this person has a number for the service that is not over."""
    label = work.session.scalar(
        select(Ticket.label)
        .join(TicketHolder, TicketHolder.ticket_id == Ticket.id)
        .where(
            TicketHolder.hall_id == work.hall_id,
            TicketHolder.id_digest == digest(work, holder.number),
            Ticket.business_date == today(work),
            Ticket.service_id == service_id,
            Ticket.state.in_(NOT_OVER),
        )
        .limit(1)
    )
    if label is not None:
        raise AlreadyHolding(N_("您已取过 {label} 号，请留意叫号；需要帮助请到导办台"), label=label)


def write_holder(work: Work, ticket: Ticket, holder: Holder) -> str:
    """Keep whose a fresh ticket is; the words for it as they may be shown."""
    row = TicketHolder(
        hall_id=work.hall_id,
        ticket_id=ticket.id,
        id_digest=digest(work, holder.number),
        name=mask_name(holder.name),
        number=mask_number(holder.number),
        taken_at=work.now,
    )
    work.session.add(row)
    return row.words


def holder_words(work: Work, ticket_id: int) -> str:
    """Name and number as they may be shown; '' for a ticket without a card."""
    row = work.session.scalar(select(TicketHolder).where(TicketHolder.ticket_id == ticket_id))
    return row.words if row is not None else ""

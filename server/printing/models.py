"""Print jobs."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified
from server.printing.states import JobState


class PrintJob(Identified, Base):
    """One paper to come out of one printer; written in the transaction that needs it.

    `markup` is the receipt in the printers' markup; `attempt` numbers the claims, so that a late
    report of an earlier claim is told from the present one's.
    """

    __tablename__ = "print_jobs"
    __table_args__ = (Index("ix_print_jobs_open", "printer_id", "state", "id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    printer_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    markup: Mapped[str]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    detail: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

"""Print jobs, rolls of paper, and the picture at the head of receipts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified
from server.printing.states import JobState


class PrintJob(Identified, Base):
    """One paper to come out of one printer; written in the transaction that needs it.

    `title` is what a person calls it, `markup` the receipt in the printers' markup. `attempt`
    numbers the claims, so that a late report of an earlier claim is told from the present one's.
    `reprint_of` is the job whose paper this one replaces (补打), `settled_at` when a person dealt
    with a job that needed one, `paper_mm` the length of the paper.
    """

    __tablename__ = "print_jobs"
    __table_args__ = (
        UniqueConstraint("reprint_of"),
        Index("ix_print_jobs_open", "printer_id", "state", "id"),
        Index("ix_print_jobs_day", "hall_id", "created_at"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    printer_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    markup: Mapped[str]
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    detail: Mapped[str] = mapped_column(default="")
    reprint_of: Mapped[int | None] = mapped_column(ForeignKey("print_jobs.id"))
    settled_at: Mapped[datetime | None]
    paper_mm: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class PaperRoll(Identified, Base):
    """A roll of paper put into a printer; the latest one is in it."""

    __tablename__ = "paper_rolls"
    __table_args__ = (Index("ix_paper_rolls_printer", "printer_id", "id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    printer_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    loaded_at: Mapped[datetime]


class ReceiptLogo(Identified, Base):
    """The picture that `<logo/>` prints, known to agents by its digest."""

    __tablename__ = "receipt_logos"
    __table_args__ = (UniqueConstraint("hall_id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    digest: Mapped[str]
    picture: Mapped[bytes] = mapped_column(LargeBinary)

"""The log of questions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.catalogue.models import Service
from server.database import Base, Identified
from server.people.models import Account


class Outcome(StrEnum):
    """What the person who was asked first did."""

    ANSWERED = "answered"  # 当场答复
    LED = "led"  # 带到窗口
    FOLLOW_UP = "follow_up"  # 待答复


class Question(Identified, Base):
    """A question, and who was asked first: that person answers for it (第一篇 二).

    Nothing is kept of who asked. `closed_at` is None while an answer is owed.
    """

    __tablename__ = "questions"
    __table_args__ = (
        Index("ix_questions_day", "hall_id", "asked_at"),
        Index("ix_questions_open", "hall_id", "closed_at"),
    )

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    asked_at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    service_id: Mapped[int | None] = mapped_column(ForeignKey("services.id"))
    text: Mapped[str]
    outcome: Mapped[Outcome]
    answer: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    account: Mapped[Account] = relationship()
    service: Mapped[Service | None] = relationship()

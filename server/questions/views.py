"""Questions as staff see them."""

from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from server.people.models import Account
from server.printing.jobs import start_of_day
from server.questions.models import Outcome, Question
from server.work import Work

MOST_SHOWN = 200


class QuestionView(BaseModel):
    """A question, who was asked first, and whether an answer is owed (`open`)."""

    id: int
    asked_at: datetime
    first_asked: str
    service: str
    service_en: str
    text: str
    outcome: Outcome
    answer: str
    open: bool


def questions_now(work: Work) -> list[QuestionView]:
    """Those that are still owed an answer and all of today, the newest first."""
    rows = work.session.scalars(
        select(Question)
        .where(
            Question.hall_id == work.hall_id,
            or_(Question.closed_at.is_(None), Question.asked_at >= start_of_day(work)),
        )
        .order_by(Question.closed_at.is_not(None), Question.id.desc())
        .limit(MOST_SHOWN)
        .options(
            joinedload(Question.account).joinedload(Account.person), joinedload(Question.service)
        )
    )
    return [question_view(work, question) for question in rows]


def question_view(work: Work, question: Question) -> QuestionView:
    """One of them."""
    service, account = question.service, question.account
    return QuestionView(
        id=question.id,
        asked_at=question.asked_at.astimezone(work.zone),
        first_asked=account.person.name if account.person is not None else account.username,
        service=service.name if service is not None else "",
        service_en=service.name_en if service is not None else "",
        text=question.text,
        outcome=question.outcome,
        answer=question.answer,
        open=question.closed_at is None,
    )

"""Writing a question down, and closing it with its answer."""

from dataclasses import dataclass

from server.catalogue.models import Service
from server.i18n import N_
from server.problems import Conflict, NotAllowed, NotFound
from server.questions.models import Outcome, Question
from server.work import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, about which service if one is known, and what was done about it."""

    text: str
    outcome: Outcome
    service_id: int | None = None
    answer: str = ""


def write_down(work: Work, asked: Asked) -> Question:
    """Log a question; the acting person is the one who was asked first.

    Raises NotFound for a service of another hall, NotAllowed when no person acts.
    """
    if work.actor.account_id is None:
        raise NotAllowed(N_("首问责任人必须是工作人员"))
    service = work.session.get(Service, asked.service_id) if asked.service_id else None
    if asked.service_id and (service is None or service.hall_id != work.hall_id):
        raise NotFound(N_("没有这个事项"))
    question = Question(
        hall_id=work.hall_id,
        asked_at=work.now,
        account_id=work.actor.account_id,
        service=service,
        text=asked.text,
        outcome=asked.outcome,
        answer=asked.answer,
        closed_at=None if asked.outcome is Outcome.FOLLOW_UP else work.now,
    )
    work.session.add(question)
    work.session.flush()
    work.audit("question.write", f"question:{question.id}", outcome=asked.outcome.value)
    return question


def close(work: Work, question_id: int, answer: str) -> Question:
    """The answer was given; the same answer again changes nothing. Raises NotFound, Conflict."""
    question = work.session.get(Question, question_id, with_for_update=True)
    if question is None or question.hall_id != work.hall_id:
        raise NotFound(N_("没有这个问题"))
    if question.closed_at is not None:
        if question.answer == answer:
            return question
        raise Conflict(N_("这个问题已经答复"))
    question.answer = answer
    question.closed_at = work.now
    work.audit("question.close", f"question:{question.id}")
    return question

"""The log of questions at the desk (首问责任)."""

from typing import Annotated, Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server.edge.access import access, allow
from server.edge.context import reading, writing
from server.edge.fields import Body, CommandHeaders, RowNumber, Text
from server.idempotency import once
from server.people.models import Role
from server.questions.asking import Asked, close, write_down
from server.questions.models import Outcome
from server.questions.views import QuestionView, question_view, questions_now

blueprint = APIBlueprint("desk_questions", __name__, url_prefix="/api/desk/questions")

ASKED = allow(Role.GUIDANCE_DESK, Role.CLERK, Role.SUPERVISOR)
LONGEST = 500

Words = Annotated[Text, Field(max_length=LONGEST)]
SomeWords = Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class Questions(BaseModel):
    """The questions that are owed an answer, and today's."""

    questions: list[QuestionView]


class AskedBody(Body):
    """What was asked and what was done; nothing about who asked."""

    text: SomeWords
    outcome: Outcome
    service_id: RowNumber | None = None
    answer: Words = ""


class AnswerBody(Body):
    """The answer that was owed."""

    answer: SomeWords


@blueprint.get("")
@access(ASKED)
@blueprint.output(Questions)
def questions() -> Questions:
    """What was asked today, and what is still to be answered."""
    with reading() as work:
        return Questions(questions=questions_now(work))


@blueprint.post("")
@access(ASKED)
@blueprint.input(CommandHeaders, location="headers", arg_name="headers")
@blueprint.input(AskedBody, arg_name="body")
@blueprint.output(QuestionView, status_code=201)
@blueprint.doc(responses=[404, 422])
def ask(headers: CommandHeaders, body: AskedBody) -> dict[str, Any]:
    """Write a question down; whoever does was asked first."""

    def perform() -> dict[str, Any]:
        question = write_down(work, Asked(body.text, body.outcome, body.service_id, body.answer))
        return question_view(work, question).model_dump(mode="json")

    with writing() as work:
        return once(work, headers.idempotency_key, "write_question", body.model_dump(), perform)


@blueprint.post("/<row:question_id>/close")
@access(ASKED)
@blueprint.input(AnswerBody, arg_name="body")
@blueprint.output(QuestionView)
@blueprint.doc(responses=[404, 409, 422])
def answer(question_id: int, body: AnswerBody) -> QuestionView:
    """The answer was given."""
    with writing() as work:
        return question_view(work, close(work, question_id, body.answer))

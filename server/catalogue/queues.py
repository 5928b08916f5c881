"""Queues and their number series, as an administrator edits them."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from sqlalchemy import select

from server.catalogue.editing import Part, check_free, give_names, own_english
from server.catalogue.models import Queue
from server.filling import Filling, Name, Words
from server.i18n import N_
from server.work import Work

LARGEST_NUMBER = 99_999
LEAST_WIDTH, MOST_WIDTH = 2, 5
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]


def _letter(text: str) -> str:
    letter = text.upper()
    if len(letter) != 1 or not ("A" <= letter <= "Z"):
        raise ValueError(N_("请填写一个英文字母"))
    return letter


class QueueForm(Filling):
    """A queue's names and its numbers: letter, first, last (none: no end), digits."""

    name: Name
    name_en: Words = ""
    prefix: Annotated[str, AfterValidator(_letter)]
    first_number: Number = 1
    last_number: Number | None = None
    width: Annotated[int, Field(ge=LEAST_WIDTH, le=MOST_WIDTH)] = 3

    @field_validator("last_number")
    @classmethod
    def _runs_forward(cls, last: int | None, info: ValidationInfo) -> int | None:
        if last is not None and last < info.data.get("first_number", last):
            raise ValueError(N_("最后的号码不能小于起始号码"))
        return last


def _read(_work: Work, queue: Queue) -> QueueForm:
    return QueueForm(
        name=queue.name,
        name_en=own_english(queue),
        prefix=queue.prefix,
        first_number=queue.first_number,
        last_number=queue.last_number,
        width=queue.width,
    )


def _write(work: Work, queue: Queue, form: QueueForm) -> None:
    check_free(work, queue, "prefix", Queue.prefix == form.prefix, N_("这个字头已有队列在用"))
    give_names(queue, form.name, form.name_en)
    queue.prefix, queue.width = form.prefix, form.width
    queue.first_number, queue.last_number = form.first_number, form.last_number


QUEUE = Part("queue", Queue, QueueForm, N_("没有这个队列"), _read, _write)


def queues(work: Work) -> Sequence[Queue]:
    """The hall's queues by letter."""
    return work.session.scalars(
        select(Queue).where(Queue.hall_id == work.hall_id).order_by(Queue.prefix)
    ).all()

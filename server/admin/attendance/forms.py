"""Forms of the attendance pages: fields read into typed values, a command carried out, the answer.

A form that cannot be carried out is shown again with what was wrong.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, ValidationError

from server.edge.context import writing
from server.edge.fields import LARGEST_ROW_NUMBER
from server.edge.language import _
from server.i18n import N_
from server.problems import Invalid, Problem
from server.work import Work


class Form(BaseModel):
    """Parent of forms; a field left blank is one that was not given."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True)


FormT = TypeVar("FormT", bound=Form)


def read_form(form: type[FormT]) -> FormT:
    """The submitted fields. Raises Invalid."""
    fields: dict[str, object] = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.form.lists()
        if values[0].strip()
    }
    try:
        return form.model_validate(fields)
    except ValidationError as error:
        names = ", ".join(sorted({str(each["loc"][0]) for each in error.errors()}))
        raise Invalid(N_("有内容没有填或填得不对：{names}"), names=names) from error


def row_number(name: str) -> int:
    """A row number that the page itself put into the form. Raises Invalid."""
    text = request.form.get(name, "")
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST_ROW_NUMBER:
        raise Invalid(N_("请刷新页面后重试"))
    return int(text)


def uploaded(name: str) -> bytes | None:
    """The content of an uploaded file; None where none was chosen."""
    file = request.files.get(name)
    return file.read() if file is not None and file.filename else None


def carried_out(
    act: Callable[[Work], object],
    *,
    done: str,
    again: Callable[[], str],
    told: str = "",
) -> ResponseReturnValue:
    """Carry out a command and go to `done`, saying `told`; or show the page again with the error.

    `again` draws the page, which shows what was said.
    """
    try:
        with writing() as work:
            act(work)
    except Problem as problem:
        flash(_(problem.detail, **problem.parameters), "bad")
        return again(), problem.status
    if told:
        flash(_(told), "good")
    return redirect(done)

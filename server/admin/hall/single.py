"""One page for changing what a hall has once: its rules, its own particulars."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, told
from server.admin.hall.editor import SAVED
from server.edge.context import reading, writing
from server.edge.language import _
from server.filling import Filling
from server.problems import Problem, Stale
from server.work import Work


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields that belong together, under a heading."""

    words: str
    fields: Sequence[FormField]


@dataclass(frozen=True, slots=True)
class Single:
    """How one thing is edited: its page, headings and fields; `more` is what the template needs."""

    endpoint: str
    template: str
    groups: Sequence[FieldGroup]
    load: Callable[[Work], Filling]
    change: Callable[[Work, Mapping[str, object], str], object]
    more: Callable[[Work], Mapping[str, object]]

    def show(self) -> str:
        """The page as things are."""
        with reading() as work:
            form = self.load(work)
            return self._page(work, form.shown(), form.mark(), {})

    def save(self) -> ResponseReturnValue:
        """Change it; the form once more with what is wrong."""
        values = request.form.to_dict()
        seen = values.get("seen", "")
        try:
            with writing() as work:
                self.change(work, values, seen)
        except Problem as problem:
            with reading() as work:
                mark = self.load(work).mark() if isinstance(problem, Stale) else seen
                return self._page(work, values, mark, told(problem)), problem.status
        flash(_(SAVED), "good")
        return redirect(url_for(self.endpoint), code=303)

    def _page(
        self, work: Work, values: Mapping[str, str], seen: str, errors: Mapping[str, str]
    ) -> str:
        return render_template(
            self.template,
            groups=self.groups,
            values=values,
            seen=seen,
            errors=errors,
            **self.more(work),
        )

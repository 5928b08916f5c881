"""One page for adding and changing any part of the hall's description.

A form carries the mark of what it began with: whoever saves over somebody else's change is told,
keeps what was typed, and may save again knowingly.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, told
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.catalogue.editing import Part, add_part, change_part, form_of
from server.edge.access import access
from server.edge.context import reading, writing
from server.edge.language import _
from server.i18n import N_
from server.problems import Problem, Stale
from server.work import Work

SAVED = N_("已保存")
WITHOUT: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Press:
    """Something else that can be done with a part: a button that posts to `endpoint`."""

    endpoint: str
    words: str
    lead: str


@dataclass(frozen=True, slots=True)
class Editor:
    """How one kind of part is edited: its word in addresses, its titles, fields and list page.

    `beginning` fills in a new form, `presses` are what else can be done with a part; a `template`
    of its own shows what `more` tells it.
    """

    name: str
    part: Part[Any, Any]
    new: str
    title: str
    back: str
    fields: Callable[[Work], Sequence[FormField]]
    beginning: Callable[[Work], Mapping[str, str]] = lambda _work: WITHOUT
    presses: Callable[[Work, int], Sequence[Press]] = lambda _work, _row_id: ()
    template: str = "admin/hall/edit.html"
    more: Callable[[Work, int], Mapping[str, object]] = lambda _work, _row_id: WITHOUT

    def install(self) -> None:
        """Add this kind's addresses to the hall's pages."""
        for rule, view, methods in (
            (f"/{self.name}/add", self._new, ["GET"]),
            (f"/{self.name}/add", self._add, ["POST"]),
            (f"/{self.name}/<row:row_id>", self._edit, ["GET"]),
            (f"/{self.name}/<row:row_id>", self._save, ["POST"]),
        ):
            endpoint = f"{view.__name__.strip('_')}_{self.name}"
            blueprint.add_url_rule(rule, endpoint, _guarded(view), methods=methods)

    def _new(self) -> str:
        with reading() as work:
            values = {**self.beginning(work), **request.args.to_dict()}
            return self._page(work, _Shown(values))

    def _add(self) -> ResponseReturnValue:
        try:
            with writing() as work:
                add_part(work, self.part, request.form.to_dict())
        except Problem as problem:
            return self._again(problem, None)
        return self._done()

    def _edit(self, row_id: int) -> str:
        with reading() as work:
            form = form_of(work, self.part, row_id)
            return self._page(work, _Shown(form.shown(), form.mark(), row_id))

    def _save(self, row_id: int) -> ResponseReturnValue:
        values = request.form.to_dict()
        try:
            with writing() as work:
                change_part(work, self.part, row_id, values, values.get("seen", ""))
        except Problem as problem:
            return self._again(problem, row_id)
        return self._done()

    def _done(self) -> ResponseReturnValue:
        flash(_(SAVED), "good")
        return redirect(url_for(self.back), code=303)

    def _again(self, problem: Problem, row_id: int | None) -> ResponseReturnValue:
        """The form once more, with what is wrong; after another's change with the new mark."""
        seen = request.form.get("seen", "")
        with reading() as work:
            if isinstance(problem, Stale) and row_id is not None:
                seen = form_of(work, self.part, row_id).mark()
            shown = _Shown(request.form.to_dict(), seen, row_id, told(problem))
            return self._page(work, shown), problem.status

    def _page(self, work: Work, shown: "_Shown") -> str:
        own = shown.row_id
        return render_template(
            self.template,
            editor=self,
            shown=shown,
            fields=self.fields(work),
            presses=self.presses(work, own) if own is not None else (),
            more=self.more(work, own) if own is not None else WITHOUT,
        )

    def page_with(self, row_id: int, errors: Mapping[str, str], **typed: str) -> str:
        """A part's page, with what is wrong in another form on it and what was typed there."""
        with reading() as work:
            form = form_of(work, self.part, row_id)
            return self._page(work, _Shown({**typed, **form.shown()}, form.mark(), row_id, errors))


@dataclass(frozen=True, slots=True)
class _Shown:
    values: Mapping[str, str]
    seen: str = ""
    row_id: int | None = None
    errors: Mapping[str, str] = field(default_factory=dict)


def _guarded(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """The view of one editor as a function of its own that says who may use it."""

    def guarded(**parts: int) -> ResponseReturnValue:
        return view(**parts)

    return access(ADMINISTRATORS)(guarded)


def pressed(
    act: Callable[[Work], object], back: str, told_as: str, row_id: int | None = None
) -> ResponseReturnValue:
    """Do what a button says and go back to the list; what hinders it is said there."""
    try:
        with writing() as work:
            act(work)
    except Problem as problem:
        flash(_(problem.detail, **problem.parameters), "bad")
    else:
        flash(_(told_as), "good")
    return redirect(url_for(back, row_id=row_id), code=303)

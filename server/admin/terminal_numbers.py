"""Whose the numbers on a terminal are."""

from collections.abc import Callable
from datetime import date

from apiflask import APIBlueprint
from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from server.admin.attendance.forms import Form, carried_out, read_form
from server.admin.terminals import ADMINISTRATORS, READERS
from server.attendance.terminals.commands import find_terminal
from server.attendance.terminals.numbers import (
    end_number,
    give_number,
    numbers_given,
    stray_numbers,
)
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.staff import active_people
from server.work import Work

blueprint = APIBlueprint("terminal_numbers", __name__, enable_openapi=False)


class GiveForm(Form):
    """A number that is somebody's from a day on."""

    pin: str
    person_id: int
    since: date


class EndForm(Form):
    """The last day on which a number is somebody's."""

    identity_id: int
    last_day: date


@blueprint.get("/admin/terminals/<row:terminal_id>/numbers")
@access(READERS)
def page(terminal_id: int) -> str:
    """Whose the numbers are and were, and which punch without being anybody's."""
    with reading() as work:
        return render_template(
            "admin/terminal_numbers.html",
            terminal=find_terminal(work, terminal_id),
            given=numbers_given(work, terminal_id),
            strays=stray_numbers(work, terminal_id),
            people=active_people(work),
            today=work.business_date,
        )


@blueprint.post("/admin/terminals/<row:terminal_id>/numbers")
@access(ADMINISTRATORS)
def give(terminal_id: int) -> ResponseReturnValue:
    """Give a number to a person."""

    def act(work: Work) -> None:
        form = read_form(GiveForm)
        give_number(work, terminal_id, form.pin, form.person_id, form.since)

    return _done(terminal_id, act)


@blueprint.post("/admin/terminals/<row:terminal_id>/numbers/end")
@access(ADMINISTRATORS)
def end(terminal_id: int) -> ResponseReturnValue:
    """End whose a number is."""

    def act(work: Work) -> None:
        form = read_form(EndForm)
        end_number(work, form.identity_id, form.last_day)

    return _done(terminal_id, act)


def _done(terminal_id: int, act: Callable[[Work], None]) -> ResponseReturnValue:
    return carried_out(
        act,
        done=url_for("terminal_numbers.page", terminal_id=terminal_id),
        again=lambda: page(terminal_id),
        told=N_("已保存，受影响的考勤会重新判定"),
    )

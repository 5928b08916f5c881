"""Timetables of single units and persons instead of the hall's."""

from datetime import date, time

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field, ValidationError, field_validator

from server.admin.attendance.blueprint import OFFICE, blueprint
from server.admin.attendance.forms import Form, carried_out, read_form, row_number
from server.attendance.hours.timetables import (
    add_timetable,
    remove_timetable,
    special_timetables,
)
from server.attendance.timetable import Season, Timetable
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.staff import active_people, units
from server.problems import Invalid
from server.work import Work

Hours = tuple[time, time]


class TimetableForm(Form):
    """Hours of one unit or person; a season may have other ones."""

    whose: str = Field(pattern="^(unit|person):[0-9]{1,18}$")
    since: date
    until: date | None = None
    clause: str
    weekdays: list[int]
    punches_per_day: int
    morning_from: time | None = None
    morning_to: time | None = None
    afternoon_from: time | None = None
    afternoon_to: time | None = None
    season_name: str = ""
    season_first: str = ""
    season_last: str = ""
    season_morning_from: time | None = None
    season_morning_to: time | None = None
    season_afternoon_from: time | None = None
    season_afternoon_to: time | None = None

    @field_validator("weekdays", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return value if isinstance(value, list) else [value]

    def timetable(self) -> Timetable:
        """The hours as a setting. Raises Invalid."""
        try:
            return Timetable.model_validate(
                {
                    "since": self.since,
                    "clause": self.clause,
                    "weekdays": tuple(self.weekdays),
                    "punches_per_day": self.punches_per_day,
                    "morning": _span(self.morning_from, self.morning_to),
                    "afternoon": _span(self.afternoon_from, self.afternoon_to),
                    "season": self._seasons(),
                }
            )
        except ValidationError as error:
            raise Invalid(N_("作息时间不对：请检查上下班时间的先后和季节的起止日期")) from error

    def _seasons(self) -> tuple[Season, ...]:
        if not self.season_name:
            return ()
        season = Season(
            name=self.season_name,
            first_day=self.season_first,
            last_day=self.season_last,
            morning=_span(self.season_morning_from, self.season_morning_to),
            afternoon=_span(self.season_afternoon_from, self.season_afternoon_to),
        )
        return (season,)


def _span(start: time | None, end: time | None) -> Hours | None:
    return None if start is None or end is None else (start, end)


@blueprint.get("/admin/attendance/timetables")
@access(OFFICE)
def timetables() -> str:
    """Units and persons with hours of their own."""
    return _timetables_page()


@blueprint.post("/admin/attendance/timetables")
@access(OFFICE)
def change_timetables() -> ResponseReturnValue:
    """Give hours to a unit or a person, or take them back."""
    return carried_out(
        _remove_timetable if "row_id" in request.form else _add_timetable,
        done=url_for("attendance.timetables"),
        again=_timetables_page,
        told=N_("已保存；受影响的日子会重新判定"),
    )


def _timetables_page() -> str:
    with reading() as work:
        return render_template(
            "attendance/timetables.html",
            rows=special_timetables(work),
            people=active_people(work),
            units=units(work),
            today=work.business_date,
        )


def _add_timetable(work: Work) -> None:
    form = read_form(TimetableForm)
    kind, _, number = form.whose.partition(":")
    whose = {f"{kind}_id": int(number)}
    add_timetable(work, form.timetable(), until=form.until, **whose)


def _remove_timetable(work: Work) -> None:
    remove_timetable(work, row_number("row_id"))

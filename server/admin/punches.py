"""Today's punches by person."""

from datetime import date

from apiflask import APIBlueprint
from flask import render_template
from pydantic import BaseModel

from server.admin.entrance import blueprint
from server.attendance.views import PersonPunches, punches_of_day
from server.edge.access import access, allow
from server.edge.context import reading
from server.people.models import Role

api = APIBlueprint("punches", __name__)

READERS = allow(Role.SUPERVISOR, Role.ADMINISTRATOR)


class PunchesOfDay(BaseModel):
    """A business date's punches."""

    day: date
    people: list[PersonPunches]


@blueprint.get("/admin/punches")
@access(READERS)
def punches() -> str:
    """The table of today's punches."""
    today_ = _today()
    return render_template("admin/punches.html", day=today_.day, people=today_.people)


@api.get("/api/punches/today")
@access(READERS)
@api.output(PunchesOfDay)
def today() -> PunchesOfDay:
    """The same, for a page that follows along."""
    return _today()


def _today() -> PunchesOfDay:
    with reading() as work:
        day = work.business_date
        return PunchesOfDay(day=day, people=punches_of_day(work, day))

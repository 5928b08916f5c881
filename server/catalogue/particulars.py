"""The hall's own names and hours, as an administrator edits them."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from server.catalogue.editing import give_names, note_change, own_english
from server.catalogue.models import Hall, OpeningHours
from server.catalogue.weeks import WeekForm, days_of
from server.filling import Name, Words, check_unchanged, filled
from server.work import Work


class HallForm(WeekForm):
    """The hall's names, and the hours in which it gives tickets."""

    name: Name
    name_en: Words = ""


def hall_form(work: Work) -> HallForm:
    """The hall as a form."""
    hours = work.session.scalars(select(OpeningHours).where(OpeningHours.hall_id == work.hall_id))
    names = {"name": work.hall.name, "name_en": own_english(work.hall)}
    return HallForm.model_validate({**names, **days_of(hours)})


def change_hall(work: Work, values: Mapping[str, object], seen: str | None = None) -> None:
    """Change names and hours. Raises Stale, WrongFields."""
    hall = work.session.get_one(Hall, work.hall_id, with_for_update=True, populate_existing=True)
    before, form = hall_form(work), filled(HallForm, values)
    if seen is not None:
        check_unchanged(before, seen)
    if form == before:
        return
    give_names(hall, form.name, form.name_en)
    work.session.execute(delete(OpeningHours).where(OpeningHours.hall_id == work.hall_id))
    work.session.add_all(
        OpeningHours(hall_id=work.hall_id, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in form.spans()
    )
    work.session.flush()
    note_change(work, "hall.change", f"hall:{work.hall_id}", before, form)

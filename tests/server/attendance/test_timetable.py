"""Hours by season, and whose timetable holds."""

from dataclasses import replace
from datetime import date, time

import pytest

from server.attendance.timetable import HalfDay, Season, TimetableOverride, timetable_for

DAY = date(2026, 3, 2)


def override(hall, since, *, until=None, punches=2, **whose):
    """A timetable for a unit or a person from a date on."""
    timetable = hall.preset.attendance.timetable[0].model_copy(
        update={"since": date.fromisoformat(since), "punches_per_day": punches}
    )
    return TimetableOverride(timetable, until=until, **whose)


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("10-31", False),
        ("11-01", True),
        ("12-31", True),
        ("01-01", True),
        ("03-31", True),
        ("04-01", False),
    ],
)
def test_a_season_may_run_over_the_new_year(day, inside):
    winter = Season(name="冬季作息", first_day="11-01", last_day="03-31")

    assert winter.covers(date.fromisoformat(f"2026-{day}")) is inside


def test_a_season_keeps_the_hours_it_does_not_name(hall):
    summer = dict(hall.preset.attendance.timetable[0].hours(date(2026, 7, 1)))

    assert summer == {
        HalfDay.MORNING: (time(8), time(12)),
        HalfDay.AFTERNOON: (time(15), time(18)),
    }


def test_without_an_override_the_halls_timetable_holds(hall):
    own = hall.preset.attendance.timetable[0]

    assert timetable_for(DAY, own, person_id=1, unit_id=2) is own


def test_a_person_comes_before_the_unit(hall):
    own = hall.preset.attendance.timetable[0]
    unit, person = (
        override(hall, "2026-02-01", unit_id=2),
        override(hall, "2026-01-01", person_id=1),
    )

    assert timetable_for(DAY, own, [unit, person], person_id=1, unit_id=2) is person.timetable
    assert timetable_for(DAY, own, [unit, person], person_id=9, unit_id=2) is unit.timetable
    assert timetable_for(DAY, own, [unit, person], person_id=9, unit_id=9) is own


def test_of_several_the_one_that_began_last_holds(hall):
    own = hall.preset.attendance.timetable[0]
    older, newer = override(hall, "2026-01-01", unit_id=2), override(hall, "2026-02-01", unit_id=2)

    assert timetable_for(DAY, own, [newer, older], person_id=1, unit_id=2) is newer.timetable


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_an_override_holds_between_its_dates(hall, day, holds):
    each = override(hall, "2026-03-01", until=date(2026, 3, 31), person_id=1)

    assert each.covers(date.fromisoformat(day)) is holds


def test_an_override_is_for_one_unit_or_one_person(hall):
    with pytest.raises(ValueError, match="unit or for a person"):
        override(hall, "2026-03-01")


def test_a_person_who_works_mornings_only_signs_in_and_out_there(hall):
    mornings = hall.preset.attendance.timetable[0].model_copy(
        update={"afternoon": None, "season": ()}
    )
    judged = replace(hall, timetable=mornings).judge("07:55", "12:03")

    assert [verdict.half for verdict in judged.verdicts] == [HalfDay.MORNING]

"""A regulation in force, a new version of it, and timetables of single units and persons."""

from datetime import date, time, timedelta

import pytest

from server.attendance.hours.plans import load_plans
from server.attendance.hours.regulation import (
    NoRegulation,
    WrongRegulation,
    adopt_regulation,
    first_difference,
    preset_in_force,
)
from server.attendance.hours.timetables import add_timetable, remove_timetable
from server.attendance.presets.files import parse_preset
from server.attendance.timetable import Timetable
from server.attendance.verdicts import VerdictKind
from server.database import Database
from server.people.staff import find_person
from server.problems import NotFound
from tests.builders.clock import HandClock
from tests.server.attendance.kept_hall import MONDAY, PRESETS, TUESDAY, KeptHall, built_hall

PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind
TEXT = (PRESETS / "zichang.toml").read_text(encoding="utf-8")
STRICTER = TEXT + (
    '\n[[attendance.lateness]]\nsince = 2026-09-15\nclause = "本厅 2026 年第 3 号通知"\n'
    "grace_minutes = 5\n"
)
HALF_DAYS = Timetable(
    since=MONDAY,
    clause="哺乳期照顾",
    weekdays=(1, 2, 3, 4, 5),
    punches_per_day=4,
    morning=(time(8), time(12)),
)


def test_a_hall_without_a_regulation_judges_nothing(database: Database, clock: HandClock) -> None:
    hall = built_hall(database, clock)
    assert hall.go_to(TUESDAY, "08:00") == []


def test_a_hall_without_a_regulation_says_so(database: Database, clock: HandClock) -> None:
    hall = built_hall(database, clock)
    with pytest.raises(NoRegulation), hall.work("admin") as work:
        preset_in_force(work)


def test_a_wrong_file_is_refused_with_what_to_correct(kept: KeptHall) -> None:
    with pytest.raises(WrongRegulation) as refused, kept.work("admin") as work:
        adopt_regulation(work, TEXT.replace("lapses = 5", "lapses = 0").encode(), MONDAY)
    assert "attendance.accumulation 第1项 lapses" in str(refused.value.parameters["problems"])


def test_a_setting_must_hold_on_every_day_that_is_judged(kept: KeptHall) -> None:
    later = TEXT.replace("since = 2024-01-01", "since = 2026-09-15", 1)
    with pytest.raises(WrongRegulation) as refused, kept.work("admin") as work:
        adopt_regulation(work, later.encode(), MONDAY)
    assert refused.value.parameters["name"] == "timetable"


def test_a_new_version_holds_from_its_date_on(kept: KeptHall) -> None:
    for day in (MONDAY, TUESDAY):
        kept.punch("li", day, "08:10", "12:03", "14:52", "18:04")
    kept.go_to(TUESDAY + timedelta(days=1), "07:00")
    with kept.work("admin") as work:
        adopt_regulation(work, STRICTER.encode(), MONDAY)
    changed = {change.change.day for change in kept.judge()}
    assert (kept.kinds("li", MONDAY), kept.kinds("li", TUESDAY)) == (
        [PRESENT, PRESENT],
        [LATE, PRESENT],
    )
    assert changed == {TUESDAY}


def test_the_first_difference_is_the_earliest_date_that_changes() -> None:
    old, new = (parse_preset(text.encode()).attendance for text in (TEXT, STRICTER))
    assert first_difference(old, new) == date(2026, 9, 15)


def test_the_same_settings_do_not_differ() -> None:
    settings = parse_preset(TEXT.encode()).attendance
    assert first_difference(settings, settings) is None


def test_a_person_keeps_hours_of_their_own(kept: KeptHall) -> None:
    with kept.work("admin") as work:
        add_timetable(work, HALF_DAYS, person_id=kept.people["li"])
    kept.go_to(TUESDAY, "08:00")
    assert (kept.kinds("li", MONDAY), len(kept.kinds("wang", MONDAY))) == ([ABSENT], 2)


def test_special_hours_given_later_judge_the_days_they_touch(kept: KeptHall) -> None:
    kept.go_to(TUESDAY, "08:00")
    with kept.work("admin") as work:
        row = add_timetable(work, HALF_DAYS, person_id=kept.people["li"])
    kept.judge()
    shorter = kept.kinds("li", MONDAY)
    with kept.work("admin") as work:
        remove_timetable(work, row.id)
    kept.judge()
    assert (shorter, kept.kinds("li", MONDAY)) == ([ABSENT], [ABSENT, ABSENT])


def test_special_hours_need_somebody_to_keep_them(kept: KeptHall) -> None:
    with pytest.raises(NotFound), kept.work("admin") as work:
        add_timetable(work, HALF_DAYS, unit_id=999_999)


def test_people_with_the_same_hours_share_a_plan(kept: KeptHall) -> None:
    with kept.work("admin") as work:
        plans = load_plans(work)
        people = [find_person(work, kept.people[name]) for name in ("li", "wang")]
        assert plans.plan(people[0], MONDAY) is plans.plan(people[1], MONDAY)

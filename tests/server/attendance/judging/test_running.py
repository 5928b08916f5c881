"""Judging from rows: days are opened, punches and deadlines followed, old versions kept."""

from datetime import timedelta
from itertools import pairwise

import pytest

from server.attendance.judging import running
from server.attendance.judging.asking import ask_to_judge
from server.attendance.judging.models import JudgingCause, VerdictVersion
from server.attendance.judging.running import run_judging
from server.attendance.judging.views import history
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.attendance.wording import change_sentences
from server.people.models import Person
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, TUESDAY, KeptHall

PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind


def test_a_day_that_has_begun_is_pending_for_everybody(kept: KeptHall) -> None:
    kept.go_to(MONDAY, "07:00")
    assert all(kept.kinds(who, MONDAY) == [PENDING, PENDING] for who in kept.people)


def test_a_second_run_has_nothing_to_do(kept: KeptHall) -> None:
    kept.go_to(MONDAY, "07:00")
    assert kept.judge() == []


def test_punches_make_a_full_day(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    assert kept.kinds("li", MONDAY) == [PRESENT, PRESENT]


def test_the_deadline_of_a_half_day_decides_it(kept: KeptHall) -> None:
    kept.go_to(MONDAY, "07:00")
    kept.go_to(MONDAY, "14:59")
    before = kept.kinds("li", MONDAY)
    kept.go_to(MONDAY, "15:00")
    assert (before, kept.kinds("li", MONDAY)) == ([PENDING, PENDING], [ABSENT, PENDING])


def test_a_pending_half_day_leaves_no_version_behind(kept: KeptHall) -> None:
    kept.go_to(MONDAY, "07:00")
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    assert [record.version for record in kept.records("li", MONDAY)] == [1, 1]


def test_a_late_punch_judges_again_and_keeps_the_old_version(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, "12:03", "14:52", "18:04")
    kept.go_to(TUESDAY, "08:00")
    kept.punch("li", MONDAY, "07:55")
    kept.judge()
    with kept.work("admin") as work:
        versions = history(work, kept.people["li"], MONDAY, HalfDay.MORNING)
    assert [(each.record.verdict.kind, each.cause) for each in versions] == [
        (LATE, JudgingCause.DAY_OPENED),
        (PRESENT, JudgingCause.PUNCH),
    ]
    assert change_sentences(versions[1].change)[0] == "2026-09-14 上午：由迟到改为出勤。"


def test_a_late_punch_judges_nobody_else(kept: KeptHall) -> None:
    kept.go_to(TUESDAY, "08:00")
    kept.punch("li", MONDAY, *GOOD_DAY)
    assert {change.person_id for change in kept.judge()} == {kept.people["li"]}


def test_days_on_which_nothing_ran_are_judged_afterwards(kept: KeptHall) -> None:
    kept.go_to(MONDAY + timedelta(days=3), "07:00")
    assert kept.kinds("wang", MONDAY + timedelta(days=2)) == [ABSENT, ABSENT]


def test_days_before_the_hall_began_are_not_judged(kept: KeptHall) -> None:
    kept.punch("li", MONDAY - timedelta(days=3), *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    assert kept.kinds("li", MONDAY - timedelta(days=3)) == []


def test_a_weekend_asks_nothing(kept: KeptHall) -> None:
    kept.go_to(MONDAY + timedelta(days=7), "07:00")
    assert kept.kinds("li", MONDAY + timedelta(days=5)) == []


def test_a_number_that_is_nobodys_yet_does_no_harm(kept: KeptHall) -> None:
    kept.go_to(TUESDAY, "08:00")
    kept.punch("nobody", MONDAY, *GOOD_DAY)
    assert kept.judge() == []


def test_a_day_is_opened_in_slices_between_which_others_have_their_turn(
    kept: KeptHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "REQUESTS_AT_ONCE", 3)
    judged: list[int] = []
    kept.clock.set(kept.at(MONDAY, "07:00"))

    def rest() -> None:
        judged.append(kept.built.count(VerdictVersion))

    run_judging(kept.built.workplace, kept.built.id, rest)
    steps = [after - before for before, after in pairwise([0, *judged])]
    assert max(steps) == 3 * 2
    assert sum(steps) == 2 * len(kept.people)


def test_a_run_that_was_cut_off_between_slices_is_continued(
    kept: KeptHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "REQUESTS_AT_ONCE", 3)

    def cut_off() -> None:
        if kept.built.count(VerdictVersion):
            raise KeyboardInterrupt

    kept.clock.set(kept.at(MONDAY, "07:00"))
    with pytest.raises(KeyboardInterrupt):
        run_judging(kept.built.workplace, kept.built.id, cut_off)
    kept.judge()
    assert all(kept.kinds(who, MONDAY) == [PENDING, PENDING] for who in kept.people)


def test_who_has_left_is_judged_again_only_for_the_days_judged_before(kept: KeptHall) -> None:
    kept.go_to(TUESDAY, "08:00")
    with kept.work("admin") as work:
        work.session.get_one(Person, kept.people["li"]).active = False
    wednesday = TUESDAY + timedelta(days=1)
    kept.go_to(wednesday, "08:00")
    with kept.work("admin") as work:
        ask_to_judge(work, JudgingCause.REGULATION, MONDAY, wednesday)
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.judge()
    assert (kept.kinds("li", MONDAY), kept.kinds("li", wednesday)) == ([PRESENT, PRESENT], [])

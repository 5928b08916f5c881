"""Whose a number is, by day; what it changes is judged again in the same breath."""

from datetime import date, timedelta

import pytest

from server.attendance.terminals.numbers import (
    StrayNumber,
    end_number,
    give_number,
    numbers_given,
    stray_numbers,
)
from server.attendance.verdicts import VerdictKind
from server.problems import Invalid, NotFound
from tests.server.attendance.kept_hall import GOOD_DAY, LONG_AGO, MONDAY, TUESDAY, KeptHall

PRESENT, ABSENT = VerdictKind.PRESENT, VerdictKind.ABSENT
NOBODY = "0"


def terminal(kept: KeptHall) -> int:
    return kept.built.devices["terminal"]


def give(kept: KeptHall, pin: str, who: str, since: date) -> None:
    with kept.work("admin") as work:
        give_number(work, terminal(kept), pin, kept.people[who], since)


def spans(kept: KeptHall, pin: str) -> list[tuple[int, date, date | None]]:
    with kept.work("admin") as work:
        rows = [row for row in numbers_given(work, terminal(kept)) if row.pin == pin]
        return [(row.person_id, row.valid_from, row.valid_until) for row in rows]


def test_a_number_given_afterwards_makes_its_punches_count(kept: KeptHall) -> None:
    kept.punch("nobody", MONDAY, *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    before = kept.kinds("li", MONDAY)
    give(kept, NOBODY, "li", MONDAY)
    kept.judge()
    assert (before, kept.kinds("li", MONDAY)) == ([ABSENT, ABSENT], [PRESENT, PRESENT])


def test_a_number_passed_on_takes_its_punches_along(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    give(kept, str(kept.people["li"]), "wang", MONDAY)
    changed = {change.person_id for change in kept.judge()}
    assert changed == {kept.people["li"], kept.people["wang"]}
    assert kept.kinds("li", MONDAY) == [ABSENT, ABSENT]
    assert kept.kinds("wang", MONDAY) == [PRESENT, PRESENT]


def test_whoever_had_it_has_it_until_the_day_before(kept: KeptHall) -> None:
    give(kept, str(kept.people["li"]), "wang", TUESDAY)
    assert spans(kept, str(kept.people["li"])) == [
        (kept.people["wang"], TUESDAY, None),
        (kept.people["li"], LONG_AGO, TUESDAY),
    ]


def test_a_number_given_into_the_past_ends_where_the_next_begins(kept: KeptHall) -> None:
    give(kept, NOBODY, "li", TUESDAY)
    give(kept, NOBODY, "wang", MONDAY)
    assert spans(kept, NOBODY) == [
        (kept.people["li"], TUESDAY, None),
        (kept.people["wang"], MONDAY, TUESDAY),
    ]


def test_given_again_for_the_same_day_it_is_the_last_ones(kept: KeptHall) -> None:
    give(kept, NOBODY, "li", MONDAY)
    give(kept, NOBODY, "wang", MONDAY)
    assert spans(kept, NOBODY) == [(kept.people["wang"], MONDAY, None)]


def test_a_number_that_ended_counts_until_its_last_day(kept: KeptHall) -> None:
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.punch("li", TUESDAY, *GOOD_DAY)
    kept.go_to(TUESDAY + timedelta(days=1), "08:00")
    with kept.work("admin") as work:
        pin = str(kept.people["li"])
        [row] = [row for row in numbers_given(work, terminal(kept)) if row.pin == pin]
        end_number(work, row.id, MONDAY)
    kept.judge()
    assert kept.kinds("li", MONDAY) == [PRESENT, PRESENT]
    assert kept.kinds("li", TUESDAY) == [ABSENT, ABSENT]


@pytest.mark.parametrize("last_day", [LONG_AGO - timedelta(days=1), MONDAY])
def test_a_number_ends_within_its_days(kept: KeptHall, last_day: date) -> None:
    with kept.work("admin") as work:
        row = numbers_given(work, terminal(kept))[0]
        end_number(work, row.id, MONDAY - timedelta(days=1))
    with pytest.raises(Invalid), kept.work("admin") as work:
        end_number(work, row.id, last_day)


def test_a_number_that_was_never_given_cannot_end(kept: KeptHall) -> None:
    with pytest.raises(NotFound), kept.work("admin") as work:
        end_number(work, 4711, MONDAY)


def test_numbers_that_punch_for_nobody_are_told(kept: KeptHall) -> None:
    kept.punch("nobody", MONDAY, *GOOD_DAY)
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.go_to(TUESDAY, "08:00")
    with kept.work("admin") as work:
        assert stray_numbers(work, terminal(kept)) == [StrayNumber(NOBODY, MONDAY, 4)]

"""What the `holidays` library knows of a year."""

import pytest

from server.attendance.calendar_seed import seed_year
from server.catalogue.calendar import DayKind


@pytest.mark.parametrize(
    ("year", "make_up"),
    [
        (2025, ["01-26", "02-08", "04-27", "09-28", "10-11"]),
        (2026, ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
    ],
)
def test_an_announced_year_has_its_make_up_days(year, make_up):
    seed = seed_year(year)

    days = [f"{each.day:%m-%d}" for each in seed.entries if each.kind is DayKind.MAKE_UP]

    assert (seed.announced, days) == (True, make_up)


def test_a_year_not_announced_yet_says_so():
    seed = seed_year(2090)

    assert not seed.announced
    assert {each.kind for each in seed.entries} == {DayKind.HOLIDAY}


def test_seeds_come_in_order_with_chinese_names():
    entries = seed_year(2026).entries

    assert [each.day for each in entries] == sorted(each.day for each in entries)
    assert entries[0].name == "元旦"

"""The calendar in rows: seeded, edited, imported, confirmed; changes judge the days they touch."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from server.attendance.hours.day_files import read_days, write_days
from server.attendance.hours.days import (
    confirm_year,
    remove_day,
    seed_calendar,
    set_days,
    year_of_days,
)
from server.attendance.verdicts import VerdictKind
from server.catalogue.calendar import CalendarEntry, DayKind
from server.catalogue.calendar_days import load_calendar
from server.database import Database
from server.problems import Conflict, Invalid, NotFound
from tests.builders.clock import HandClock
from tests.server.attendance.kept_hall import (
    GOOD_DAY,
    MONDAY,
    TUESDAY,
    KeptHall,
    adopt,
    built_hall,
)

PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind
NATIONAL_DAY = date(2026, 10, 1)
STORM = CalendarEntry(MONDAY, DayKind.HOLIDAY, "暴雨停工")


@pytest.fixture
def empty(database: Database, clock: HandClock) -> KeptHall:
    """A hall without calendar and regulation."""
    return built_hall(database, clock)


def test_a_seeded_year_has_the_holidays(empty: KeptHall) -> None:
    with empty.work("admin") as work:
        seed_calendar(work, 2026)
        assert load_calendar(work).entries[NATIONAL_DAY].kind is DayKind.HOLIDAY


def test_a_seeded_year_waits_for_a_person(empty: KeptHall) -> None:
    with empty.work("admin") as work:
        seed_calendar(work, 2026)
        assert not load_calendar(work).is_confirmed(NATIONAL_DAY)


def test_a_year_that_nobody_filled_cannot_be_confirmed(empty: KeptHall) -> None:
    with pytest.raises(Conflict), empty.work("admin") as work:
        confirm_year(work, 2026)


def test_a_year_not_confirmed_is_flagged_and_not_judged(empty: KeptHall) -> None:
    adopt(empty)
    empty.punch("li", MONDAY, *GOOD_DAY)
    empty.go_to(TUESDAY, "08:00")
    assert empty.kinds("li", MONDAY) == [PENDING, PENDING]


def test_confirming_a_year_judges_it(empty: KeptHall) -> None:
    adopt(empty)
    empty.punch("li", MONDAY, *GOOD_DAY)
    empty.go_to(TUESDAY, "08:00")
    with empty.work("admin") as work:
        seed_calendar(work, 2026)
        confirm_year(work, 2026)
    empty.judge()
    assert empty.kinds("li", MONDAY) == [PRESENT, PRESENT]


def test_an_edit_must_be_confirmed_before_it_judges(kept: KeptHall) -> None:
    kept.go_to(TUESDAY, "08:00")
    with kept.work("admin") as work:
        set_days(work, [STORM])
    kept.judge()
    before = kept.kinds("li", MONDAY)
    with kept.work("admin") as work:
        confirm_year(work, 2026)
    kept.judge()
    assert (before, kept.kinds("li", MONDAY)) == ([ABSENT, ABSENT], [])


def test_a_day_goes_back_into_the_weekly_pattern(kept: KeptHall) -> None:
    with kept.work("admin") as work:
        set_days(work, [STORM])
        remove_day(work, MONDAY)
        year = year_of_days(work, 2026)
    assert (STORM in year.entries, year.confirmed) == (False, False)


def test_a_day_that_is_not_there_cannot_be_removed(kept: KeptHall) -> None:
    with pytest.raises(NotFound), kept.work("admin") as work:
        remove_day(work, MONDAY)


def test_a_written_file_reads_back_the_same() -> None:
    entries = [STORM, CalendarEntry(date(2026, 9, 20), DayKind.MAKE_UP, "国庆调休")]
    assert read_days(write_days(entries)) == entries


def test_a_spreadsheet_is_read() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["日期", "性质", "名称"])
    book.active.append([date(2026, 9, 14), "节假日", "暴雨停工"])
    content = BytesIO()
    book.save(content)
    assert read_days(content.getvalue()) == [STORM]


def test_a_file_in_the_encoding_of_chinese_spreadsheets_is_read() -> None:
    content = "日期,性质,名称\r\n2026/9/14,节假日,暴雨停工\r\n".encode("gb18030")
    assert read_days(content) == [STORM]


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        ("日期,性质,名称\n九月十四,节假日,\n", "日期认不出来"),
        ("2026-09-14,半天,\n", "性质应为"),
        ("日期,性质,名称\n", "文件里没有日期"),
        ("PK\x03\x04broken", "打不开"),
    ],
)
def test_a_mistake_in_a_file_is_named(content: str, detail: str) -> None:
    with pytest.raises(Invalid, match=detail):
        read_days(content.encode())

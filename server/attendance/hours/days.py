"""The calendar of a hall: seeded, edited, imported, and confirmed year by year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from server.attendance.calendar_seed import seed_year
from server.attendance.judging.asking import JudgingCause, ask_to_judge
from server.catalogue.calendar import CalendarEntry
from server.catalogue.calendar_days import CalendarDay, CalendarYear, load_calendar
from server.i18n import N_
from server.problems import Conflict, Invalid, NotFound
from server.work import Work

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class YearOfDays:
    """A year as the office sees it; `known` is False until it was seeded or edited."""

    year: int
    known: bool
    announced: bool
    confirmed: bool
    entries: tuple[CalendarEntry, ...]


def year_of_days(work: Work, year: int) -> YearOfDays:
    """One year's days and whether it is confirmed."""
    row = _year(work, year)
    entries = sorted(
        (entry for day, entry in load_calendar(work).entries.items() if day.year == year),
        key=lambda entry: entry.day,
    )
    return YearOfDays(
        year=year,
        known=row is not None,
        announced=row is not None and row.announced,
        confirmed=row is not None and row.confirmed_at is not None,
        entries=tuple(entries),
    )


def seed_calendar(work: Work, year: int) -> None:
    """Fill a year with the known holidays and make-up days; days edited before are replaced."""
    seed = seed_year(_in_range(year))
    work.session.execute(
        delete(CalendarDay).where(
            CalendarDay.hall_id == work.hall_id,
            CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31)),
        )
    )
    _write(work, seed.entries)
    _reopen(work, year).announced = seed.announced
    work.audit("calendar.seed", f"year:{year}", days=len(seed.entries), announced=seed.announced)


def set_days(work: Work, entries: Iterable[CalendarEntry]) -> int:
    """Enter days, one by hand or many from a file; their years must be confirmed again."""
    given = {entry.day: entry for entry in entries}
    for year in sorted({_in_range(day.year) for day in given}):
        _reopen(work, year)
    work.session.execute(
        delete(CalendarDay).where(
            CalendarDay.hall_id == work.hall_id, CalendarDay.day.in_(list(given))
        )
    )
    _write(work, given.values())
    work.audit(
        "calendar.set",
        "calendar",
        days=[f"{entry.day} {entry.kind.value} {entry.name}" for entry in given.values()],
    )
    return len(given)


def remove_day(work: Work, day: date) -> None:
    """Put a day back into the weekly pattern. Raises NotFound."""
    row = work.session.scalar(
        select(CalendarDay).where(CalendarDay.hall_id == work.hall_id, CalendarDay.day == day)
    )
    if row is None:
        raise NotFound(N_("日历里没有这一天"))
    work.session.delete(row)
    _reopen(work, day.year)
    work.audit("calendar.remove", f"day:{day}")


def confirm_year(work: Work, year: int) -> None:
    """Say that a year agrees with the State Council's notice (五.1). Raises Conflict."""
    row = _year(work, year)
    if row is None:
        raise Conflict(N_("请先填入 {year} 年的节假日，再确认"), year=year)
    row.confirmed_at = work.now
    row.confirmed_by = work.actor.account_id
    ask_to_judge(work, JudgingCause.CALENDAR, date(year, 1, 1), date(year, 12, 31))
    work.audit("calendar.confirm", f"year:{year}")


def _year(work: Work, year: int) -> CalendarYear | None:
    return work.session.scalar(
        select(CalendarYear).where(CalendarYear.hall_id == work.hall_id, CalendarYear.year == year)
    )


def _reopen(work: Work, year: int) -> CalendarYear:
    """The year's row, no longer confirmed; its days are judged anew once it is again."""
    row = _year(work, year)
    if row is None:
        row = CalendarYear(hall_id=work.hall_id, year=year)
        work.session.add(row)
    row.confirmed_at = None
    row.confirmed_by = None
    return row


def _write(work: Work, entries: Iterable[CalendarEntry]) -> None:
    work.session.add_all(
        CalendarDay(hall_id=work.hall_id, day=entry.day, kind=entry.kind, name=entry.name)
        for entry in entries
    )


def _in_range(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(N_("年份应在 {first} 至 {last} 之间"), first=FIRST_YEAR, last=LAST_YEAR)
    return year

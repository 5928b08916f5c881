"""Weeks, months, quarters and years."""

from datetime import date

import pytest

from server.attendance.periods import Period, period_of
from server.attendance.presets.judging import PeriodKind


@pytest.mark.parametrize(
    ("day", "kind", "first", "last"),
    [
        ("2026-03-02", PeriodKind.WEEK, "2026-03-02", "2026-03-08"),
        ("2026-03-08", PeriodKind.WEEK, "2026-03-02", "2026-03-08"),
        ("2026-02-15", PeriodKind.MONTH, "2026-02-01", "2026-02-28"),
        ("2028-02-15", PeriodKind.MONTH, "2028-02-01", "2028-02-29"),
        ("2026-03-31", PeriodKind.QUARTER, "2026-01-01", "2026-03-31"),
        ("2026-04-01", PeriodKind.QUARTER, "2026-04-01", "2026-06-30"),
        ("2026-12-31", PeriodKind.QUARTER, "2026-10-01", "2026-12-31"),
        ("2026-07-01", PeriodKind.YEAR, "2026-01-01", "2026-12-31"),
    ],
)
def test_the_period_a_day_lies_in(day, kind, first, last):
    period = period_of(date.fromisoformat(day), kind)

    assert period == Period(date.fromisoformat(first), date.fromisoformat(last))

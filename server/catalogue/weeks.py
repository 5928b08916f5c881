"""The hours of a week, a field for each day."""

from collections.abc import Iterable, Iterator
from datetime import time
from typing import Protocol

from server.catalogue.spans import Span, Spans
from server.filling import Filling

WEEKDAYS = range(7)


class WeekSpan(Protocol):
    """A row with a span of a weekday (Monday = 0)."""

    weekday: int
    opens: time
    closes: time


class WeekForm(Filling):
    """Parent of forms with hours: `day_0` is Monday, `day_6` Sunday."""

    day_0: Spans = ()
    day_1: Spans = ()
    day_2: Spans = ()
    day_3: Spans = ()
    day_4: Spans = ()
    day_5: Spans = ()
    day_6: Spans = ()

    def spans(self) -> Iterator[tuple[int, time, time]]:
        """Weekday, from, until, of every span."""
        for day in WEEKDAYS:
            for opens, closes in getattr(self, f"day_{day}"):
                yield day, opens, closes


def days_of(rows: Iterable[WeekSpan]) -> dict[str, list[Span]]:
    """The fields of a week from its rows."""
    days: dict[str, list[Span]] = {f"day_{day}": [] for day in WEEKDAYS}
    for row in sorted(rows, key=lambda row: row.opens):
        days[f"day_{row.weekday}"].append((row.opens, row.closes))
    return days

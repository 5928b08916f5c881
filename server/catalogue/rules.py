"""When tickets are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """A span of a weekday (Monday = 0): from `opens` up to, not including, `closes`."""

    weekday: int
    opens: time
    closes: time


def is_open(spans: Iterable[OpenSpan], local: datetime) -> bool:
    """Whether the hall gives tickets at this local time."""
    moment = local.time()
    return any(
        span.weekday == local.weekday() and span.opens <= moment < span.closes for span in spans
    )

"""SIMULATED terminal: a wall clock that can be wrong, and how it is packed."""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo


class WallClock:
    """Shows `now` in a zone, ahead by an offset that grows with `drift` (seconds per day)."""

    def __init__(self, now: Callable[[], datetime], zone: tzinfo) -> None:
        self._now = now
        self._zone = zone
        self._ahead = timedelta()
        self._since = now()
        self._drift = 0.0

    def read(self) -> datetime:
        """What the clock shows, in its zone."""
        return (self._now() + self.ahead()).astimezone(self._zone)

    def ahead(self) -> timedelta:
        """How far it is ahead of `now`."""
        gone = (self._now() - self._since) / timedelta(days=1)
        return self._ahead + timedelta(seconds=gone * self._drift)

    def put(self, shown: datetime) -> None:
        """Make it show a time, as a client's command or a person at the menu does."""
        self._since = self._now()
        self._ahead = shown - self._since

    def run(self, drift: float) -> None:
        """Gain or lose `drift` seconds a day from now on."""
        self._ahead, self._since = self.ahead(), self._now()
        self._drift = drift

    def from_code(self, code: int) -> datetime:
        """The time that a packed code names in this clock's zone."""
        rest, second = divmod(code, 60)
        rest, minute = divmod(rest, 60)
        rest, hour = divmod(rest, 24)
        rest, day = divmod(rest, 31)
        year, month = divmod(rest, 12)
        return datetime(2000 + year, month + 1, day + 1, hour, minute, second, tzinfo=self._zone)


def to_code(shown: datetime) -> int:
    """The packed code of a wall clock's reading."""
    months = (shown.year % 100) * 12 + shown.month - 1
    days = months * 31 + shown.day - 1
    return ((days * 24 + shown.hour) * 60 + shown.minute) * 60 + shown.second


def to_six(shown: datetime) -> bytes:
    """The six bytes of an event."""
    return bytes((shown.year % 100, shown.month, shown.day, shown.hour, shown.minute, shown.second))

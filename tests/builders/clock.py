"""A clock that a test sets by hand."""

from datetime import UTC, datetime, timedelta

# A Monday, nine o'clock in a hall in Shanghai.
MORNING = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved; give it to whatever takes a `Clock`."""

    def __init__(self, at: datetime = MORNING) -> None:
        self._at = at

    def __call__(self) -> datetime:
        """The instant that it shows, in UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Show another instant, earlier or later."""
        self._at = at.astimezone(UTC)

    def move(self, **by: float) -> None:
        """Go on, or back with negative numbers: `move(minutes=5)`, `move(hours=-2)`."""
        self._at += timedelta(**by)
